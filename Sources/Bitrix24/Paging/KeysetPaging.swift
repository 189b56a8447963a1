import Wire

/// Reads a list in the order of its identifiers, each page beginning after the last identifier of the one before:
/// rows that appear or vanish meanwhile neither repeat nor hide others.
///
/// The first request brings the first page and, in the opposite order, the last identifier. That tells whether there
/// is more, which a page's length does not: rows may be hidden, pages may be shorter than documented. What is between
/// is divided into stretches of identifiers, read at once, given out in order. Each stretch is a batch: its last
/// identifier, then pages, each taking the last identifier of the one before by reference:
/// `filter[>ID]=$result[c1][49][ID]`. After the last page there is no such row; what a portal puts in its place is not
/// documented, and with nothing the pages would start from the beginning. So each page has a second condition made of
/// the same reference with nine zeros behind it, `filter[<ID]=…000000000`: true for every later row, and for none
/// when the reference is empty. It only saves work: a stretch is complete when its last identifier was read, and
/// is gone on with from the plain number when it was not.
/// Source: https://apidocs.bitrix24.com/settings/performance/huge-data.html
struct KeysetPaging: Sendable {
    /// Why the rows stop following the order asked for.
    enum Trouble: Error { case unordered, ignoresFilter }

    /// Stretches read at once.
    static let stretchesMax = 9
    /// Bytes of replies asked for at once and kept until their turn.
    static let bytesMax = 20 << 20
    /// Bytes of one reply: it must fit into memory several times.
    static let replyBytesMax = 4 << 20
    /// A portal ends a request after 60 s: a chain is made as long as should take half of that.
    static let chainSeconds = 30.0
    /// Identifiers of one stretch; two of them are more than there are.
    static let widthMax = Double(Int64(1) << 62)
    /// Requests in a row that bring a stretch no further before the list is given up.
    static let stallsMax = 5

    let query: KeysetQuery
    var scan: RowScan
    /// The rows given out first, for going on by offset.
    var firstPage: RowPage?
    var profile: PagingProfile
    /// What is being read, in order.
    var stretches: [KeysetStretch] = []
    /// The identifier that ends the list, once it is known.
    var top: Int64?
    /// The last identifier that belongs to a stretch.
    var divided: Int64?
    /// The last stretch had no row: where the next one stands is not known.
    var isInGap = false
    var isFirst = true
    var isDone = false
    var rowsPerPage = PageAddress.rowsUsual
    var commandsMax = Batch.commandsPerRequestMax
    var bytesPerRow = 1
    var identifiersPerRow = 1.0
    /// The places of the stretches on their way, with their batches; nil for a call of its own.
    var pending: [(place: Int, request: BatchRequest?)] = []
    /// How the references on their way were made, and how many rows they count on.
    var sent = (reference: KeysetReference.inText, rows: PageAddress.rowsUsual)
    var rowCount = 0
    var pagesAccepted = 0

    /// - Returns: nil when the caller's own order, start or filter does not go with it.
    init?(_ method: MethodFacts, _ parameters: PageParameters, _ profile: PagingProfile) {
        guard profile.keepsKeyset, let query = KeysetQuery(method, parameters) else { return nil }
        self.query = query
        self.profile = profile
        divided = query.ownCursor
        scan = RowScan(
            key: method.pages.rowsKey ?? method.resultKey, idField: query.facts.rowField,
            keepsIdentities: true)
    }

    /// The next chains take half as long.
    mutating func tookTooLong() { commandsMax = max(2, commandsMax / 2) }

    // -- What to send -------------------------------------------------------------------------------------------------

    mutating func next() throws(Failure) -> Pager.Step {
        if isDone { return .finished }
        pending = []
        sent = (references, rowsPerPage)
        if isFirst {
            stretches = [KeysetStretch(after: query.ownCursor, upTo: nil)]
            guard query.mayBatch, profile.keepsRanges else { return try single(0) }
            let commands = [
                query.page(after: cursorValue(0), upTo: nil), query.last(after: query.ownCursor, upTo: nil),
            ]
            // Whether the order can be turned round is not known yet: the page may not depend on it.
            return .calls([batch(commands, for: 0)])
        }
        divide()
        let isAlone = !query.mayBatch || !profile.chains || stretches[0].mayBeOver
        guard !isAlone else { return try single(0) }
        var calls: [Call] = []
        var bytes = stretches.reduce(0) { $0 + $1.bytesHeld }
        for place in stretches.indices where !stretches[place].isComplete {
            let commands = chain(stretches[place])
            bytes += commands.count * rowsPerPage * bytesPerRow
            guard calls.isEmpty || bytes <= KeysetPaging.bytesMax else { break }
            calls.append(batch(commands, for: place))
        }
        return .calls(calls)
    }

    private mutating func single(_ place: Int) throws(Failure) -> Pager.Step {
        pending = [(place, nil)]
        let page = query.page(after: cursorValue(place), upTo: stretches[place].bound)
        return .calls([try Call(query.method, api: .classic, parameters: page)])
    }

    private func cursorValue(_ place: Int) -> JSONValue? { stretches[place].cursor.map { .integer($0) } }

    private mutating func batch(_ commands: [JSONObject], for place: Int) -> Call {
        let request = BatchRequest(
            commands.indices.map { BatchCommand(BatchRequest.key($0), query.method) },
            texts: commands.map { "\(query.method)?\(String(decoding: Form.encode($0), as: UTF8.self))" },
            // A page that fails leaves those after it without their reference: stop there.
            halt: true)
        pending.append((place, request))
        return request.call
    }

    /// Makes stretches of what no stretch has yet, as long as should fill a batch each.
    private mutating func divide() {
        guard profile.keepsRanges, let top else { return }
        let rows = Double(chainLengthMax * rowsPerPage)
        // With a tenth to spare where identifiers are missing: a stretch that does not fit needs a request more.
        let width = min(max(rows, (rows * 0.9 * identifiersPerRow).rounded()), KeysetPaging.widthMax)
        while stretches.count < KeysetPaging.stretchesMax {
            let after = divided ?? 0
            guard after < top else { break }
            let isLast = isInGap || Double(top) - Double(after) <= width
            let bound = isLast ? top : after + Int64(width)
            stretches.append(KeysetStretch(after: after, upTo: bound))
            divided = bound
        }
        isInGap = false
    }

    /// How references are made now.
    var references: KeysetReference { query.mayBound && profile.replacesInTexts ? .inText : .plain }

    /// Pages that fit into one request's time and bytes.
    private var chainLengthMax: Int {
        let fitting = KeysetPaging.replyBytesMax / max(1, rowsPerPage * bytesPerRow)
        return max(1, min(commandsMax - 1, fitting))
    }

    /// The last identifier of a stretch, then its pages.
    private func chain(_ stretch: KeysetStretch) -> [JSONObject] {
        var length = chainLengthMax
        if let bound = stretch.bound, let cursor = stretch.cursor {
            // So many identifiers have no more rows.
            let (span, overflows) = bound.subtractingReportingOverflow(cursor)
            if !overflows { length = max(1, min(length, (Int(span) - 1) / rowsPerPage + 1)) }
        }
        var commands = profile.keepsRanges ? [query.last(after: stretch.cursor, upTo: stretch.bound)] : []
        let offset = commands.count
        for place in 0..<length {
            guard place > 0 else {
                commands.append(query.page(after: stretch.cursor.map { .integer($0) }, upTo: stretch.bound))
                continue
            }
            let way = (scan.key.map { [$0] } ?? []) + [String(rowsPerPage - 1), query.facts.rowField]
            let last =
                "\(BatchReference.portalMarker)\(BatchRequest.key(offset + place - 1))]"
                + way.map { "[\($0)]" }.joined()
            let below: JSONValue? = references == .inText ? .string(last + "000000000") : nil
            commands.append(query.page(after: .string(last), upTo: stretch.bound, below: below))
        }
        return commands
    }
}
