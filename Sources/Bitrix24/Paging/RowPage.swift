/// The rows of one page: a JSON array, not parsed further.
struct RowPage: Equatable {
    /// Where the array stands in the reply's bytes.
    var range: Range<Int>
    var count = 0
    /// Identifiers of the first and the last row, where they were asked for and are whole numbers.
    var firstID: Int64?
    var lastID: Int64?
    /// Every row has an identifier, each greater than the one before.
    var isAscending = true
    /// The same downwards.
    var isDescending = true
    /// One number a row, made of its identifier, whatever that is; empty when it was not asked for, or a row has none.
    var identities: [Int] = []
    /// Where each row begins, when identities were asked for.
    var starts: [Int] = []

    /// The same page, counted from further before.
    func shifted(by distance: Int) -> RowPage {
        var page = self
        page.range = range.lowerBound + distance..<range.upperBound + distance
        page.starts = starts.map { $0 + distance }
        return page
    }

    /// The rows from a place on as a JSON array of their own.
    func rows(from place: Int, in bytes: [UInt8]) -> Pager.Page? {
        guard place < count else { return nil }
        guard place > 0 else { return Pager.Page(rows: bytes[range], count: count) }
        return Pager.Page(rows: [UInt8(ascii: "[")] + bytes[starts[place]..<range.upperBound], count: count - place)
    }
}
