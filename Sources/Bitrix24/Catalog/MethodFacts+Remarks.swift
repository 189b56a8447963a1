extension MethodFacts {
    /// Parameters that every method takes, whatever its page says.
    private static let common: Set<String> = ["auth", "start"]

    /// What to tell somebody who gives the method a top-level parameter that its documentation does not have: the
    /// platform ignores it without a word. Nil for one that it has, in any letter case, and where the documentation
    /// does not name them all.
    public func remark(onParameter given: String) -> String? {
        // REST 3.0 refuses what it does not know by itself; methods by position take any name.
        guard api == .classic, !isPositional, keyset?.filtersBeside != true else { return nil }
        let known = parameters.map(\.name)
        let name = given.asciiLowercased()
        guard !known.isEmpty, !Self.common.contains(name), !takesPageParameter(name) else { return nil }
        for other in known.map({ $0.asciiLowercased() }) {
            if other.hasSuffix("*") ? name.hasPrefix(other.dropLast()) : name == other { return nil }
        }
        // What a form or a batch makes of a list of positions.
        guard Int(name) == nil else { return nil }
        return "\(self.name) knows no parameter '\(given.prefix(Catalog.nameBytesMax))'; "
            + (Spelling.nearest(to: name, among: known).map { "did you mean \($0)?" }
                ?? "it takes \(known.joined(separator: ", "))")
    }

    private func takesPageParameter(_ name: String) -> Bool {
        [pages.next?.parameter, pages.kind?.parameter, pages.path.first].contains { $0?.asciiLowercased() == name }
    }
}
