/// How a page was told where the one before it ends.
enum KeysetReference: Sendable {
    /// By a reference alone.
    case plain
    /// And by the same reference inside a longer text.
    case inText
}

/// A stretch of identifiers of a list: how far it was read, and the pages that wait for those before them.
struct KeysetStretch: Sendable {
    /// Every row up to here was read; nil is the beginning.
    var cursor: Int64?
    /// The last identifier that belongs to it; nil is the list's end, wherever that is.
    var bound: Int64?
    var isComplete = false
    var pages: [Pager.Page] = []
    /// Requests in a row that brought it no further.
    var stalls = 0
    /// A reference led to an empty page: if there are rows after all, the portal does not replace it.
    var suspected: KeysetReference?
    /// A short page seems to be its last: a page asked for alone will tell.
    var mayBeOver = false

    init(after cursor: Int64?, upTo bound: Int64?) {
        self.cursor = cursor
        self.bound = bound
    }

    var bytesHeld: Int { pages.reduce(0) { $0 + $1.rows.count } }
}
