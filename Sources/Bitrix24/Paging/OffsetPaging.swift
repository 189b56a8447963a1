import Wire

/// Reads a list by where its pages begin, counted in rows: for methods and orders that cannot go by identifier.
///
/// Rows that appear or vanish meanwhile shift the others. So each page begins with the last row of the one before: as
/// long as a page holds a row that was given out already, all that stood before it were, and what comes after it is
/// new. A page without such a row begins too far on: the one before it is asked for again. Some methods begin a page
/// only where the portal would begin one; their pages do not overlap unless `total` tells that the list moved.
///
/// What remains impossible: rows without an identifier, where a list that moves is a failure; a row whose place in the
/// order changes; and, where pages cannot overlap, as many rows coming as going between two requests.
/// Source: https://apidocs.bitrix24.com/settings/how-to-call-rest-api/list-methods-pecularities.html
struct OffsetPaging: Sendable {
    private let scan: RowScan
    private let call: Call
    private let address: PageAddress
    private let mayBatch: Bool
    private let origin: Int
    private var parameters: PageParameters
    private var seen: SeenRows
    /// Rows before the first that was not given out, when the last page was read.
    private var expected: Int
    /// Where the next page begins.
    private var target: Int
    /// Rows in a full page, as the portal gives them.
    private var pageRows: Int?
    private var rowsAskedFor: Int?
    /// A shorter page than the longest is the last one.
    private var pageRowsSeen: Int
    private let hasOwnLimit: Bool
    private var total: Int?
    private var isFirst = true
    private var isDone = false
    /// Rows can be told apart; not known before the first page.
    private var hasIdentities = true
    private var commandsMax = Batch.commandsPerRequestMax
    private var pending: (request: BatchRequest, offsets: [Int])?
    private var firstPage: Int?
    /// Pages in a row that brought nothing new.
    private var idlePages = 0
    private(set) var profile: PagingProfile

    /// Pages without a new row before the list is given up.
    static let idlePagesMax = 200

    /// - Parameter seen: rows given out already, of which the page at the caller's `start` holds the last.
    init(
        _ call: Call, _ parameters: PageParameters, _ address: PageAddress, _ profile: PagingProfile,
        seen: SeenRows = SeenRows()
    ) {
        self.call = call
        self.address = address
        self.profile = profile
        self.parameters = parameters
        self.seen = seen
        let facts = call.facts
        scan = RowScan(
            key: facts?.pages.rowsKey ?? facts?.resultKey, idField: facts?.keyset?.rowField, keepsIdentities: true)
        mayBatch =
            address == .start && call.api == .classic && facts != nil && facts?.movesFiles == false
            && !parameters.looksLikeReference
        let given = address.given(in: parameters)
        rowsAskedFor = given.rows ?? facts?.pages.rowsMax
        hasOwnLimit = given.rows != nil
        pageRowsSeen = hasOwnLimit ? 0 : profile.pageRowsSeen
        if rowsAskedFor == nil, call.api == .v3 { rowsAskedFor = PageAddress.rowsUsual }
        origin = seen.isEmpty ? given.offset : 0
        expected = given.offset + (seen.isEmpty ? 0 : 1)
        target = given.offset
        if address.isNumbered { self.profile.beginsAnywhere = false }
    }

    mutating func next() throws(Failure) -> Pager.Step {
        if isDone { return .finished }
        pending = nil
        if isFirst {
            if address != .start { address.write(offset: target, rows: rowsAskedFor, into: &parameters) }
            return .calls([try call(parameters)])
        }
        let offsets = offsets()
        var commands: [BatchCommand] = []
        for offset in offsets {
            address.write(offset: offset, rows: rowsAskedFor ?? pageRowsForNumbers, into: &parameters)
            commands.append(BatchCommand(BatchRequest.key(commands.count), call.method, parameters.object))
        }
        guard commands.count > 1 else { return .calls([try call(parameters)]) }
        let request = try BatchRequest(commands, halt: true)
        pending = (request, offsets)
        return .calls([request.call])
    }

    mutating func tookTooLong() { commandsMax = max(1, commandsMax / 2) }

    private func call(_ parameters: PageParameters) throws(Failure) -> Call {
        try Call(call.method, api: call.api, parameters: parameters.object)
    }

    private var pageRowsForNumbers: Int? { address.isNumbered ? pageRows : nil }

    /// Rows that a page has in common with the one before it.
    private var overlap: Int { hasIdentities && profile.beginsAnywhere != false && pageRows != 1 ? 1 : 0 }

    private func offsets() -> [Int] {
        let step = (pageRows ?? PageAddress.rowsUsual) - overlap
        guard mayBatch, let total, total > target + step, idlePages == 0, step > 0 else { return [target] }
        return Array(stride(from: target, to: total - overlap, by: step).prefix(commandsMax))
    }

    mutating func receive(_ reply: Reply) throws(Failure) -> [Pager.Page] {
        guard let pending else {
            guard let page = scan.page(of: reply) else { throw Pager.notAList(call.method) }
            let taken = try take(page, at: target, reply.next, reply.total, reply.bytes)
            isFirst = false
            return taken.rows.map { [$0] } ?? []
        }
        let (batch, pages) = try scan.pages(of: reply, to: pending.request)
        var accepted: [Pager.Page] = []
        for (place, entry) in batch.entries.enumerated() {
            if case .failed(let failure) = entry.outcome, place == 0 { throw failure }
            guard case .result = entry.outcome, let page = pages[place] else {
                if place == 0 { throw Pager.notAList(call.method) }
                target = pending.offsets[place]
                break
            }
            let taken = try take(page, at: pending.offsets[place], entry.next, entry.total, reply.bytes)
            if let rows = taken.rows { accepted.append(rows) }
            if isDone || !taken.fits { break }
        }
        return accepted
    }

    // -- One page -----------------------------------------------------------------------------------------------------

    /// Takes the new rows of a page, and decides what to ask for next.
    ///
    /// - Returns: the rows, and whether pages asked for after this one are of use.
    private mutating func take(
        _ page: RowPage, at offset: Int, _ next: Int?, _ total: Int?, _ bytes: [UInt8]
    ) throws(Failure) -> (rows: Pager.Page?, fits: Bool) {
        let claimsMore = next != nil || (total.map { $0 > max(expected, offset + page.count) } ?? false)
        if isFirst, seen.isEmpty {
            hasIdentities = page.count == 0 || !page.identities.isEmpty
            pageRows = next.map { $0 - offset }.flatMap { $0 > 0 ? $0 : nil } ?? max(1, page.count)
            if case .start = address, let next, next <= offset {
                throw Pager.broken(call.method, "the next page would begin at \(next), not after \(offset)")
            }
        }
        pageRows = pageRows ?? max(1, page.count)
        defer { self.total = total }
        if hasIdentities, page.count > 0, page.identities.isEmpty {
            guard seen.isEmpty else {
                throw Pager.broken(call.method, "some of its rows have an identifier and some have none")
            }
            hasIdentities = false
        }
        if !hasIdentities { try refuseMoves(total) }
        try refuseRepetition(page, at: offset, claimsMore, bytes)
        guard !isDone else { return (nil, false) }
        guard let place = firstNewRow(of: page, at: offset, total) else { return (nil, try goBack(page, from: offset)) }
        if !learnsAlignment(page, at: offset, place, claimsMore) { return (nil, false) }

        let rows = page.rows(from: place, in: bytes)
        for identity in page.identities.dropFirst(place) { seen.insert(identity) }
        let wasShort = page.count < pageRowsSeen
        pageRowsSeen = max(pageRowsSeen, page.count)
        if !hasOwnLimit { profile.pageRowsSeen = pageRowsSeen }
        expected = offset + page.count
        target = max(origin, expected - overlap)
        if profile.beginsAnywhere == false, let pageRows, !isFirst || address.isNumbered {
            target = origin + (expected - origin) / pageRows * pageRows
            // A page that was not full would be asked for for ever.
            if target <= offset, rows == nil { target = offset + pageRows }
        }
        // Rows that came in front are no way towards the end: a list that grows faster than it is read ends here too.
        let isBackAtStart = !isFirst && offset <= origin
        idlePages = rows == nil || isBackAtStart ? idlePages + 1 : 0
        guard idlePages <= OffsetPaging.idlePagesMax else { throw Pager.moving(call.method) }
        isDone = isEnd(next, total, page, found: rows != nil, wasShort)
        return (rows, true)
    }

    /// Whether this page, which was fitted to those before it, is the last one.
    private func isEnd(_ next: Int?, _ total: Int?, _ page: RowPage, found: Bool, _ wasShort: Bool) -> Bool {
        if next != nil { return false }
        if let total { return expected >= total || !found }
        // Nothing is said about the end: it is where nothing new comes, or where a page is shorter than others.
        if !found || page.count == 0 || wasShort { return true }
        return address == .start && page.count < PageAddress.rowsUsual
    }

    /// The place of the first row that was not given out; nil when the page cannot be fitted to those before it.
    private func firstNewRow(of page: RowPage, at offset: Int, _ total: Int?) -> Int? {
        if let last = page.identities.lastIndex(where: seen.contains) { return last + 1 }
        if offset <= origin { return 0 }
        guard overlap == 0 else { return nil }
        // Without overlap, pages fit when nothing tells that the list moved.
        return offset >= expected && (self.total == total || !hasIdentities) ? 0 : nil
    }

    /// Asks for the page before one that begins too far on.
    private mutating func goBack(_ page: RowPage, from offset: Int) throws(Failure) -> Bool {
        idlePages += 1
        guard idlePages <= OffsetPaging.idlePagesMax, offset > 0 else { throw Pager.moving(call.method) }
        target = max(origin, offset - max(1, (pageRows ?? PageAddress.rowsUsual) - overlap))
        return false
    }

    /// Finds out with the second page whether a page may begin anywhere: a portal that begins them only at multiples
    /// of their length gives the page before again. Returns whether the page is of use.
    private mutating func learnsAlignment(_ page: RowPage, at offset: Int, _ place: Int, _ claimsMore: Bool) -> Bool {
        guard profile.beginsAnywhere == nil, overlap == 1, offset > origin, page.count > 0 else { return true }
        if page.identities.first == seen.last {
            profile.beginsAnywhere = true
        } else if place == page.count, claimsMore, page.count > 1 {
            profile.beginsAnywhere = false
            target = expected
            return false
        }
        return true
    }

    private func refuseMoves(_ total: Int?) throws(Failure) {
        guard !isFirst, let before = self.total, let total, before != total else { return }
        throw Failure(
            local: "PAGING_MOVED", "rows came or went while the list was read, and they have no identifier",
            method: call.method, hint: "Read it again, or select the field with the rows' identifier.")
    }

    /// A portal that takes no notice of where a page begins would give its first page for ever.
    private mutating func refuseRepetition(
        _ page: RowPage, at offset: Int, _ claimsMore: Bool, _ bytes: [UInt8]
    ) throws(Failure) {
        guard page.count > 0 else { return }
        let hash = Pager.hash(bytes[page.range])
        guard let firstPage else {
            self.firstPage = hash
            return
        }
        guard firstPage == hash, offset > origin, overlap == 0 else { return }
        guard claimsMore else {
            isDone = true
            return
        }
        throw Pager.broken(call.method, "the portal gives its first page again")
    }
}
