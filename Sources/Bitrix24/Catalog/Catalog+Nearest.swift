extension Catalog {
    /// The documented names most like `name`, best first, to be offered when a method does not exist.
    ///
    /// Likeness is the number of letters to insert, remove, change or swap; the same words in another order count
    /// as near. A name further away than a third of its length is not offered. Takes a few milliseconds.
    public static func nearest(to name: String, limit: Int = 3) -> [String] {
        let wanted = Array(name.asciiLowercased().utf8.prefix(nameBytesMax))
        guard !wanted.isEmpty else { return [] }
        let words = sortedWords(wanted)
        let distanceMax = max(2, wanted.count / 3)
        var found: [(distance: Int, order: Int, name: String)] = []
        for (order, facts) in all.enumerated() {
            let distance = facts.withLowercasedName { candidate in
                editDistance(wanted, candidate, atMost: distanceMax)
                    ?? (sortedWords(candidate) == words ? distanceMax : nil)
            }
            guard let distance else { continue }
            if found.last?.name == facts.name { continue }
            // A name of the past is offered after its equals of today.
            found.append((distance * 2 + (facts.isDeprecated ? 1 : 0), order, facts.name))
        }
        found.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
        return found.prefix(limit).map(\.name)
    }

    /// Longer names are cut before they are compared.
    static let nameBytesMax = 96

    private static func sortedWords(_ name: [UInt8]) -> [String] {
        name.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }.sorted()
    }

    /// The edits that make `left` out of `right`, or nil when there are more than `limit`.
    static func editDistance(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        var beforePrevious = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        var current = previous
        for i in 0..<left.count {
            current[0] = i + 1
            var least = current[0]
            for j in 0..<right.count {
                var cost = min(previous[j + 1], current[j]) + 1
                cost = min(cost, previous[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, beforePrevious[j - 1] + 1)
                }
                current[j + 1] = cost
                least = min(least, cost)
            }
            if least > limit { return nil }
            (beforePrevious, previous, current) = (previous, current, beforePrevious)
        }
        return previous[right.count] <= limit ? previous[right.count] : nil
    }
}
