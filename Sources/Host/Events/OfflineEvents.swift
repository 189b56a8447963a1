import Bitrix24
import Bridge
import Storage
import Wire

/// What portals kept for us while we were away: on start, the queues of offline events of portals that an application
/// speaks to are taken into the inbox.
///
/// A batch is reserved, each event is on disk, and only then the batch is cleared: a crash in between brings it again,
/// and the digests of its events tell. Source: https://apidocs.bitrix24.com/api-reference/events/offline-events.html
struct OfflineEvents {
    private let service: HostService

    /// Events of one request.
    static let batchMax = 50
    /// Requests of one portal at one start; what is left comes with the next.
    static let batchesMax = 2_000

    init(_ service: HostService) { self.service = service }

    /// To be run as a task, once.
    func drain() async {
        for portal in service.portals.values where portal.authorization != nil {
            guard !service.isStopping else { return }
            do throws(EffectFailure) {
                let count = try await drain(portal)
                if count > 0 {
                    service.log.say(
                        .info, "took events that came while the host was away",
                        ["portal": .string(portal.name), "events": .integer(Int64(count))])
                }
            } catch {
                service.log.say(
                    .warn, "the offline events of a portal were not taken: \(LuaFailure(error).message)",
                    ["portal": .string(portal.name)])
            }
        }
    }

    private func drain(_ portal: ServedPortal) async throws(EffectFailure) -> Int {
        var taken = 0
        for _ in 0..<Self.batchesMax {
            guard !service.isStopping else { break }
            let reserved = try await call(
                portal, "event.offline.get", ["clear": 0, "limit": .integer(Int64(Self.batchMax))])
            let events = reserved["events"]?.arrayValue ?? []
            guard !events.isEmpty, let process = reserved["process_id"]?.stringValue else { break }
            for event in events { try await accept(event, of: portal) }
            _ = try await call(portal, "event.offline.clear", ["process_id": .string(process)])
            taken += events.count
        }
        return taken
    }

    private func accept(_ event: JSONValue, of portal: ServedPortal) async throws(EffectFailure) {
        guard let name = event["EVENT_NAME"]?.stringValue?.uppercased() else { return }
        // Without data the event says only that something of its kind changed.
        let data = event["EVENT_DATA"]?.objectValue.map(JSONValue.object) ?? .object(JSONObject())
        var print = EffectPrint()
        print.add(portal.name)
        print.add(name)
        print.add(event["MESSAGE_ID"]?.stringValue ?? event["ID"]?.text ?? "")
        let arrival = Inbox.Arrival(
            portal: portal.name, name: name, source: .offline, data: data.encoded(),
            lane: RecordLane.of(portal: portal.name, event: name, data: data), digest: print.value)
        if case .refused(_, let failure) = await service.inbox.accept(arrival) { throw .host(failure) }
    }

    private func call(
        _ portal: ServedPortal, _ method: String, _ parameters: JSONObject
    ) async throws(EffectFailure) -> JSONValue {
        let made = try EffectFailure.wrapping { () throws(Failure) in try Call(method, parameters: parameters) }
        let reply = try await portal.connection.reply(to: made, for: RunTicket())
        return reply.withResult { (try? JSONValue(parsing: UnsafeRawBufferPointer($0))) ?? .null }
    }
}
