import Wire

/// What became of each command of one batch request, in the order of the commands.
public struct BatchReply: Sendable {
    public struct Entry: Sendable {
        public let name: String
        public fileprivate(set) var outcome: Outcome = .notRun
        /// The `start` of the command's next page.
        public fileprivate(set) var next: Int?
        public fileprivate(set) var total: Int?
        public fileprivate(set) var time: Timing?
    }

    public enum Outcome: Sendable {
        /// Where the JSON text of the command's result stands in the reply's bytes.
        case result(Range<Int>)
        case failed(Failure)
        /// Not reached, as an earlier command failed and the batch halts.
        case notRun
    }

    /// The reply to the request as a whole.
    public let reply: Reply
    public private(set) var entries: [Entry]

    /// - Throws: a failure when the reply is no answer to a batch.
    public init(_ reply: Reply, to request: BatchRequest) throws(Failure) {
        try self.init(reply, to: request) { (scanner, _) throws(JSONFailure) in try scanner.skipValue() }
    }

    /// - Parameter readResult: reads the result of the command at a place, where `scanner` stands, and returns its
    ///   range: the pager counts rows while the bytes are at hand anyway.
    init(
        _ reply: Reply, to request: BatchRequest,
        readResult: (inout JSONScanner, _ place: Int) throws(JSONFailure) -> Range<Int>
    ) throws(Failure) {
        self.reply = reply
        entries = request.commands.map { Entry(name: $0.name) }
        do throws(JSONFailure) {
            if request.api == .v3 { try readList() } else { try read(request, readResult) }
        } catch {
            throw BatchReply.notABatch(request)
        }
    }

    /// REST 3.0 answers with the results alone, in the commands' order.
    private mutating func readList() throws(JSONFailure) {
        let reply = reply
        let base = reply.resultRange.lowerBound
        try reply.withResult { (buffer) throws(JSONFailure) in
            var scanner = try JSONScanner(buffer)
            guard case .beginArray = try scanner.next() else { throw BatchReply.shape }
            var place = 0
            while let range = try scanner.skipElement() {
                guard entries.indices.contains(place) else { throw BatchReply.shape }
                entries[place].outcome = .result(range.lowerBound + base..<range.upperBound + base)
                place += 1
            }
            guard place == entries.count else { throw BatchReply.shape }
        }
    }

    private mutating func read(
        _ request: BatchRequest,
        _ readResult: (inout JSONScanner, Int) throws(JSONFailure) -> Range<Int>
    ) throws(JSONFailure) {
        let reply = reply
        let base = reply.resultRange.lowerBound
        try reply.withResult { (buffer) throws(JSONFailure) in
            var scanner = try JSONScanner(buffer)
            guard case .beginObject = try scanner.next() else { throw BatchReply.shape }
            while case .key(let part) = try scanner.next() {
                let part = part.string
                try BatchReply.eachMember(&scanner, request) { (scanner, place) throws(JSONFailure) in
                    switch part {
                    case "result":
                        let range = try readResult(&scanner, place)
                        // A null among the results stands for a command that failed.
                        if case .failed = entries[place].outcome { break }
                        entries[place].outcome = .result(range.lowerBound + base..<range.upperBound + base)
                    case "result_error":
                        // Null and false say that there is none: what became of the command is told elsewhere.
                        guard let error = try PortalError(&scanner, buffer) else { break }
                        entries[place].outcome = .failed(BatchReply.failure(error, request.commands[place]))
                    case "result_next": entries[place].next = try scanner.scalarCount()
                    case "result_total": entries[place].total = try scanner.scalarCount()
                    case "result_time": entries[place].time = try Timing(&scanner)
                    default: _ = try scanner.skipValue()
                    }
                }
            }
        }
    }

    /// Goes through the members of an object, or the elements of a list, which is how PHP writes what has no keys or
    /// the keys 0, 1, 2 …
    private static func eachMember(
        _ scanner: inout JSONScanner, _ request: BatchRequest,
        _ read: (inout JSONScanner, Int) throws(JSONFailure) -> Void
    ) throws(JSONFailure) {
        switch try scanner.next() {
        case .beginObject:
            while case .key(let key) = try scanner.next() {
                if let place = request.place(of: key) {
                    try read(&scanner, place)
                } else {
                    _ = try scanner.skipValue()
                }
            }
        case .beginArray:
            // We send no numeric keys, so that only the empty list is expected here.
            guard try scanner.skipElement() == nil else { throw shape }
        default: break
        }
    }

    private static let shape = JSONFailure(kind: .syntax, message: "no batch", offset: 0)

    private static func notABatch(_ request: BatchRequest) -> Failure {
        Failure(
            code: "NO_RESULT", message: "the answer to a batch has no results by command", method: "batch", status: 200,
            category: .unreadable, outcome: .unknown, access: request.access)
    }

    /// Inner errors carry no status. The one that the code has alone stands in for it, so that a failure says the same
    /// whether its call was packed or not; of what has none, or several, the category is that of 400.
    private static func failure(_ error: PortalError, _ command: BatchCommand) -> Failure {
        let status = ErrorKind.documentedStatus(error.code)
        let kind = ErrorKind(code: error.code, message: error.message, status: status ?? 400)
        return Failure(
            code: error.code, message: error.fullMessage, method: command.method, status: status,
            category: kind.category, outcome: kind.outcome, access: command.access, argument: error.argument)
    }
}
