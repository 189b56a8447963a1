/// What is documented about the methods of the Bitrix24 REST platform (https://apidocs.bitrix24.com).
///
/// The facts lie in the program as sorted text and are never read whole: a look-up is a binary search of about
/// eleven comparisons. Names are compared without regard to letter case, as portals do.
public enum Catalog {
    /// Number of methods known.
    public static var count: Int { catalogRowCount }

    /// The facts of a method, or nil when it is not documented. Portals may know more methods than the documentation.
    ///
    /// - Parameters:
    ///   - name: such as `crm.deal.list`, in any letter case.
    ///   - api: which form is meant; nil prefers the classic one, as seven names exist in both.
    public static func lookup(_ name: String, api: RESTVersion? = nil) -> MethodFacts? {
        var name = name
        return name.withUTF8 { key in
            let rows = CatalogRows()
            // The first row whose name is not before the key.
            var low = 0
            var high = rows.bytes.count
            while low < high {
                let start = rows.lineStart(at: (low + high) / 2)
                if rows.compareName(at: start, with: key) < 0 {
                    low = rows.lineEnd(from: start) + 1
                } else {
                    high = start
                }
            }
            var start = low
            while start < rows.bytes.count, rows.compareName(at: start, with: key) == 0 {
                let facts = MethodFacts(row: start..<rows.lineEnd(from: start))
                if api == nil || facts.api == api { return facts }
                start = facts.row.upperBound + 1
            }
            return nil
        }
    }

    /// All methods in the order of their names.
    public static var all: some Sequence<MethodFacts> {
        sequence(state: 0) { start -> MethodFacts? in
            let rows = CatalogRows()
            guard start < rows.bytes.count else { return nil }
            let facts = MethodFacts(row: start..<rows.lineEnd(from: start))
            start = facts.row.upperBound + 1
            return facts
        }
    }

    /// The methods whose name contains `word`, or whose scope is `word`; all of them when it is empty.
    public static func search(_ word: String) -> [MethodFacts] {
        let word = word.asciiLowercased()
        if word.isEmpty { return Array(all) }
        let bytes = Array(word.utf8)
        return all.filter { facts in
            facts.withLowercasedName { contains($0, bytes) } || facts.scopes.contains(word)
        }
    }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard text.count >= word.count else { return false }
        return (0...(text.count - word.count)).contains { text[$0..<($0 + word.count)].elementsEqual(word) }
    }
}

/// Which of the two forms of the REST platform a method belongs to.
public enum RESTVersion: Sendable, Equatable {
    /// `/rest/{method}`, the older and larger one.
    case classic
    /// `/rest/api/{method}`, REST 3.0.
    case v3
}

/// The embedded text and the few ways of moving about in it.
struct CatalogRows {
    let bytes = UnsafeBufferPointer(start: catalogRows.utf8Start, count: catalogRows.utf8CodeUnitCount)

    static let newline = UInt8(ascii: "\n")
    static let tab = UInt8(ascii: "\t")

    func lineStart(at position: Int) -> Int {
        var start = position
        while start > 0, bytes[start - 1] != Self.newline { start -= 1 }
        return start
    }

    func lineEnd(from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != Self.newline { end += 1 }
        return end
    }

    /// Negative, zero or positive as the name of the row is before, at or after the key.
    func compareName(at start: Int, with key: UnsafeBufferPointer<UInt8>) -> Int {
        var position = start
        for byte in key {
            let mine = bytes[position].asciiLowercased()
            if mine == Self.tab { return -1 }
            let theirs = byte.asciiLowercased()
            if mine != theirs { return Int(mine) - Int(theirs) }
            position += 1
        }
        return bytes[position] == Self.tab ? 0 : 1
    }
}

extension UInt8 {
    func asciiLowercased() -> UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

extension StringProtocol {
    func asciiLowercased() -> String {
        String(decoding: utf8.map { $0.asciiLowercased() }, as: UTF8.self)
    }
}
