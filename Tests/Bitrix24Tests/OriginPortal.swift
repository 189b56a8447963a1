import Wire

@testable import Bitrix24

/// `crm.lead.add` and `crm.lead.list` on a portal that is played from memory, on a virtual clock, and loses answers.
struct OriginPortal {
    enum Fate: CaseIterable {
        case answered, refused, neverArrived, answerLost, workedOnLater, diedHalfWay
    }

    struct Lead {
        let id: Int
        let origin: String
        let system: String
    }

    var nowMS: UInt64 = 0
    private(set) var leads: [Lead] = []
    private(set) var requests = 0
    /// Whether `@ORIGIN_ID` means anything to it.
    var filters = true
    /// Whether the caller lacks the right to read.
    var hidesAll = false
    /// Work that goes on although its client is gone, and until when.
    private var working: [(dueMS: UInt64, adds: [JSONObject])] = []

    /// How long the portal may work on a request whose client is gone. Milliseconds.
    static let workMSMax: UInt64 = 60_000

    /// Whoever looks at the end sees what was still on its way too.
    mutating func finishWork(until nowMS: UInt64 = .max) {
        for work in working where work.dueMS <= nowMS {
            for fields in work.adds { _ = add(fields) }
        }
        working.removeAll { $0.dueMS <= nowMS }
    }

    mutating func answer(_ request: BatchRequest, fate: Fate, random: inout some RandomNumberGenerator) throws
        -> BatchAnswer
    {
        requests += 1
        finishWork(until: nowMS)
        let commands = try JSONValue(parsing: request.body)["cmd"]?.objectValue ?? JSONObject()
        let isRead = request.access == .read
        switch fate {
        case .refused: return .failed(refusal)
        case .neverArrived: return .failed(lost(request))
        case .answerLost:
            if !isRead { _ = try run(commands) }
            return .failed(lost(request))
        case .workedOnLater, .diedHalfWay:
            guard !isRead else { return .failed(lost(request)) }
            let adds = try commands.map { try Self.parameters($0.value)["fields"]?.objectValue ?? JSONObject() }
            let done = fate == .diedHalfWay ? Int.random(in: 0...adds.count, using: &random) : adds.count
            let dueMS = nowMS + UInt64.random(in: 0...Self.workMSMax, using: &random)
            working.append((dueMS, Array(adds.prefix(done))))
            return .failed(lost(request))
        case .answered:
            let result = try run(commands)
            let bytes = JSONValue.object(["result": ["result": .object(result), "result_error": []]]).encoded()
            guard case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: bytes), to: request.call) else {
                throw TestProblem(message: "no reply")
            }
            return .reply(try BatchReply(reply, to: request))
        }
    }

    private var refusal: Failure {
        Failure(
            code: "QUERY_LIMIT_EXCEEDED", message: "", method: "batch", status: 503, category: .throttled,
            outcome: .nothingDone, access: .write)
    }

    private func lost(_ request: BatchRequest) -> Failure {
        .noAnswer("the connection broke off", method: "batch", access: request.access, mayHaveBeenSent: true)
    }

    private mutating func run(_ commands: JSONObject) throws -> JSONObject {
        var results = JSONObject()
        for (key, command) in commands {
            let parameters = try Self.parameters(command)
            if command.stringValue?.hasPrefix("crm.lead.add") == true {
                results[key] = .integer(Int64(add(parameters["fields"]?.objectValue ?? JSONObject())))
            } else {
                results[key] = list(parameters["filter"]?.objectValue ?? JSONObject())
            }
        }
        return results
    }

    private static func parameters(_ command: JSONValue) throws -> JSONObject {
        let text = command.stringValue ?? ""
        guard let mark = text.firstIndex(of: "?") else { return JSONObject() }
        return try Form.decode(String(text[text.index(after: mark)...]))
    }

    @discardableResult
    mutating func add(_ fields: JSONObject) -> Int {
        leads.append(
            Lead(
                id: leads.count + 1, origin: fields["ORIGIN_ID"]?.stringValue ?? "",
                system: fields["ORIGINATOR_ID"]?.stringValue ?? ""))
        return leads.count
    }

    private func list(_ filter: JSONObject) -> JSONValue {
        let ids = filter["@ORIGIN_ID"]
        let wanted = Set((ids?.arrayValue ?? ids?.objectValue?.map(\.value) ?? []).compactMap(\.stringValue))
        let rows = leads.filter {
            !hidesAll && (!filters || wanted.contains($0.origin) && $0.system == filter["=ORIGINATOR_ID"]?.stringValue)
        }
        return .array(
            rows.prefix(50).map {
                [
                    "ID": .string(String($0.id)), "ORIGIN_ID": .string($0.origin), "ORIGINATOR_ID": .string($0.system),
                ]
            })
    }
}
