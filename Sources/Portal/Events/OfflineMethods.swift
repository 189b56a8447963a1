internal import Wire

/// `event.offline.*`: the queue an application reads when it likes.
///
/// https://apidocs.bitrix24.com/api-reference/events/offline-events.html
enum OfflineMethods {
    /// Rows of one `event.offline.get` when nothing else is asked for, and the most that are given.
    static let rowsDefault = 50
    static let rowsMax = 1_000

    /// Takes the oldest rows: deletes them, or with `clear=0` keeps them for this process until they are cleared.
    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let queue = OfflineQueue(state: state, clientID: try call.requiredApplication(state).clientID)
        let process = call.text("process_id") ?? ""
        let connector = call.text("auth_connector") ?? ""
        let wantsErrors = call.parameter("error")?.isTruthy ?? false
        let rows = try queue.rows().filter { row in
            row.isError == wantsErrors && row.connector == connector && (row.isError || row.processID == process)
        }
        let query = try OfflineQuery(call, state: state, names: ["ID", "TIMESTAMP_X", "EVENT_NAME", "MESSAGE_ID"])
        let limit = min(Self.rowsMax, max(1, call.integer("limit") ?? Self.rowsDefault))
        let taken = query.sorted(rows.filter { query.matches($0) }, byDefault: "TIMESTAMP_X").prefix(limit)
        let ids = taken.map(\.id)
        var reply: JSONObject = ["process_id": .null]
        if call.parameter("clear").map(\.isTruthy) ?? true {
            try queue.delete(ids)
        } else if !wantsErrors {
            let given = process.isEmpty ? try newProcess(state) : process
            try queue.reserve(ids, for: given)
            reply["process_id"] = .string(given)
        }
        reply["events"] = .array(taken.map { .object($0.fields) })
        return MethodReply(.object(reply))
    }

    static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let queue = OfflineQueue(state: state, clientID: try call.requiredApplication(state).clientID)
        let connector = call.text("auth_connector") ?? ""
        let names: Set<String> = ["ID", "TIMESTAMP_X", "EVENT_NAME", "MESSAGE_ID", "PROCESS_ID", "ERROR"]
        let query = try OfflineQuery(call, state: state, names: names)
        let rows = try queue.rows().filter { $0.connector == connector }.filter { query.matches($0) }
        return RowPage.reply(query.sorted(rows, byDefault: "ID").map { .object($0.listed) }, call, state)
    }

    static func clear(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let (queue, rows) = try reserved(state, call)
        try queue.delete(rows.map(\.id))
        return MethodReply(true)
    }

    /// The named rows failed: from now on only `error=1` shows them.
    static func error(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let (queue, rows) = try reserved(state, call)
        try queue.markFailed(rows.map(\.id))
        return MethodReply(true)
    }

    /// The rows of a process, of which `id` and `message_id` choose some.
    private static func reserved(
        _ state: PortalState, _ call: MethodCall
    ) throws(PortalFailure) -> (OfflineQueue, [OfflineQueue.Row]) {
        let queue = OfflineQueue(state: state, clientID: try call.requiredApplication(state).clientID)
        guard let process = call.text("process_id"), !process.isEmpty else {
            throw PortalFailure("ERROR_ARGUMENT", "PROCESS_ID was not passed", extra: ["argument": "PROCESS_ID"])
        }
        let ids = call.parameter("id").map { Set($0.phpList.compactMap(\.lenientInteger)) }
        let messages = call.parameter("message_id").map { Set($0.phpList.compactMap(\.phpText)) }
        let rows = try queue.rows().filter { row in
            row.processID == process && ids?.contains(row.id) ?? true
                && messages?.contains(row.fields["MESSAGE_ID"]?.phpText ?? "") ?? true
        }
        return (queue, rows)
    }

    /// Never the same twice on one portal, whatever the chance.
    private static func newProcess(_ state: PortalState) throws(PortalFailure) -> String {
        let number = try Documents(kind: "event_process").insert([:], in: state)
        return String(number, radix: 16) + "x" + state.random.hexadecimal(digits: 24)
    }
}

extension OfflineQueue.Row {
    /// What `event.offline.list` adds.
    var listed: JSONObject {
        var row = fields
        row["PROCESS_ID"] = .string(processID)
        row["ERROR"] = isError ? "1" : "0"
        return row
    }
}

/// `filter` and `order` of the queue's two readers.
struct OfflineQuery {
    private let state: PortalState
    private let filter: JSONObject
    private let order: (name: String, isDescending: Bool)?
    private let names: Set<String>

    init(_ call: MethodCall, state: PortalState, names: Set<String>) throws(PortalFailure) {
        self.state = state
        self.names = names
        filter = try call.object("filter") ?? JSONObject()
        let asked = try call.object("order") ?? JSONObject()
        order = asked.first { names.contains($0.key.uppercased()) }.map {
            ($0.key.uppercased(), $0.value.phpText?.uppercased() == "DESC")
        }
    }

    func matches(_ row: OfflineQueue.Row) -> Bool {
        let match = RowMatch(state: state)
        return filter.allSatisfy { key, value in
            let (operation, name) = FilterOperation.split(key)
            guard names.contains(name.uppercased()) else { return true }
            return match.matches(operation, value, row.listed[name.uppercased()], OfflineQuery.kind(name.uppercased()))
        }
    }

    func sorted(_ rows: [OfflineQueue.Row], byDefault name: String) -> [OfflineQueue.Row] {
        let (name, isDescending) = order ?? (name, false)
        let sorted = rows.sorted { left, right in
            let (one, other) = (key(left, name), key(right, name))
            return one == other ? left.id < right.id : one < other
        }
        return isDescending ? sorted.reversed() : sorted
    }

    private func key(_ row: OfflineQueue.Row, _ name: String) -> SortKey {
        let text = row.listed[name]?.phpText ?? ""
        switch OfflineQuery.kind(name) {
        case .time: return SortKey(number: Double(state.instant(text) ?? 0), text: "")
        case .number: return SortKey(number: Double(text) ?? 0, text: "")
        case .text, .flag, .list: return SortKey(number: 0, text: text)
        }
    }

    private struct SortKey: Comparable {
        let number: Double
        let text: String

        static func < (left: SortKey, right: SortKey) -> Bool {
            left.number == right.number ? left.text < right.text : left.number < right.number
        }
    }

    private static func kind(_ name: String) -> RowMatch.Kind {
        switch name {
        case "ID", "ERROR": .number
        case "TIMESTAMP_X": .time
        default: .text
        }
    }
}
