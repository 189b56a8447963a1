/// What somebody may have meant who wrote a name that is none.
public enum Spelling {
    /// The name most like `given`, without regard to letter case: at most a third of its letters, or two, to insert,
    /// remove, change or swap. Nil when there is none.
    public static func nearest(to given: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(given.asciiLowercased().utf8.prefix(Catalog.nameBytesMax))
        var best: (distance: Int, name: String)?
        for name in names {
            let limit = min(max(2, wanted.count / 3), (best?.distance ?? .max) - 1)
            guard limit >= 0,
                let distance = Catalog.editDistance(wanted, name.utf8.map { $0.asciiLowercased() }, atMost: limit)
            else { continue }
            best = (distance, name)
        }
        return best?.name
    }
}
