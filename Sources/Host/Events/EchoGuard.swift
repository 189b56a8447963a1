import Bitrix24
import Synchronization
import Wire

/// Knows the events that the host's own writes raise, so that recipes with `echoes = false` are not woken by what they
/// did themselves.
///
/// A write of a record lets one event of that kind and record pass as an echo, for some minutes. It is kept in memory:
/// after a restart an echo may be taken for somebody else's change.
final class EchoGuard: Sendable {
    static let spanMS: Int64 = 300_000
    static let echoesMax = 50_000

    private struct State {
        var expected: [Echo: (count: Int, untilMS: Int64)] = [:]
    }

    private struct Echo: Hashable {
        let lane: Int64
        let event: String
    }

    private let state = Mutex(State())

    /// The host has made these calls on a portal.
    func wrote(_ writes: [(method: String, parameters: JSONObject, result: JSONValue?)], portal: String, nowMS: Int64) {
        let echoes = writes.compactMap { write -> Echo? in
            guard let event = Self.event(of: write.method),
                let id = Self.identifier(write.parameters) ?? write.result.flatMap(Self.identifier)
            else { return nil }
            let data: JSONValue = ["FIELDS": ["ID": .string(id)]]
            return Echo(lane: RecordLane.of(portal: portal, event: event, data: data), event: event)
        }
        guard !echoes.isEmpty else { return }
        state.withLock { state in
            if state.expected.count >= Self.echoesMax {
                state.expected = state.expected.filter { $0.value.untilMS > nowMS }
            }
            for echo in echoes where state.expected.count < Self.echoesMax {
                let count = state.expected[echo]?.count ?? 0
                state.expected[echo] = (count + 1, nowMS + Self.spanMS)
            }
        }
    }

    /// Whether the event is an echo; each write accounts for one.
    func consume(_ event: StoredEvent, nowMS: Int64) -> Bool {
        guard event.lane != 0, event.source == .portal else { return false }
        let echo = Echo(lane: event.lane, event: event.name)
        return state.withLock { state in
            guard let expected = state.expected[echo], expected.untilMS > nowMS else { return false }
            state.expected[echo] = expected.count > 1 ? (expected.count - 1, expected.untilMS) : nil
            return true
        }
    }

    /// `crm.deal.update` raises `ONCRMDEALUPDATE`, `tasks.task.add` `ONTASKADD`.
    /// Source: https://apidocs.bitrix24.com/api-reference/events/index.html
    private static func event(of method: String) -> String? {
        let parts = method.lowercased().split(separator: ".").map(String.init)
        guard parts.count == 3, ["add", "update", "delete"].contains(parts[2]) else { return nil }
        let kinds = ["deal", "lead", "contact", "company", "quote", "activity"]
        if parts[0] == "crm", kinds.contains(parts[1]) {
            return "ONCRM\(parts[1].uppercased())\(parts[2].uppercased())"
        }
        if parts[0] == "tasks", parts[1] == "task" { return "ONTASK\(parts[2].uppercased())" }
        return nil
    }

    private static func identifier(_ parameters: JSONObject) -> String? {
        for (key, value) in parameters where ["id", "taskid"].contains(key.lowercased()) {
            return value.stringValue ?? value.integerValue.map { String($0) }
        }
        return nil
    }

    /// Of an add: the number, or what a task's answer has it in.
    private static func identifier(_ result: JSONValue) -> String? {
        switch result {
        case .integer(let id): String(id)
        case .string(let id): id
        case .object(let object): (object["task"] ?? object["item"])?["id"].flatMap(identifier)
        default: nil
        }
    }
}
