import Bitrix24
import Bridge
import Storage
import Wire

/// What portals kept for us: on start and then from time to time, the queues of offline events of portals that an
/// application speaks to are gone through, and what never came online is taken into the inbox.
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

    /// How often it looks. Milliseconds.
    static let everyMS: Int64 = 600_000

    /// To be run as a task, until it is cancelled.
    func run() async {
        while !service.isStopping, !Task.isCancelled {
            await drain()
            await service.pause(Self.everyMS)
        }
    }

    private func drain() async {
        for portal in service.portals.values where portal.authorization != nil {
            guard !service.isStopping else { return }
            do throws(EffectFailure) {
                let count = try await drain(portal)
                if count > 0 {
                    service.log.say(
                        .info, "took events that had not come online",
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
            for event in events where try await accept(event, of: portal) { taken += 1 }
            _ = try await call(portal, "event.offline.clear", ["process_id": .string(process)])
        }
        return taken
    }

    /// False for an event that came online as well.
    private func accept(_ event: JSONValue, of portal: ServedPortal) async throws(EffectFailure) -> Bool {
        guard let name = event["EVENT_NAME"]?.stringValue?.uppercased() else { return false }
        // Without data the event says only that something of its kind changed.
        let data = event["EVENT_DATA"]?.objectValue.map(JSONValue.object) ?? .object(JSONObject())
        var print = EffectPrint()
        print.add(portal.name)
        print.add(name)
        print.add(event["MESSAGE_ID"]?.stringValue ?? event["ID"]?.text ?? "")
        let lane = RecordLane.of(portal: portal.name, event: name, data: data)
        if lane != 0, let at = event["TIMESTAMP_X"]?.stringValue.flatMap({ Timestamp(parsingISO8601: $0) }),
            try await came(name, lane, sinceMS: at.unixMilliseconds - Self.clockSlackMS)
        {
            return false
        }
        let arrival = Inbox.Arrival(
            portal: portal.name, name: name, source: .offline, data: data.encoded(), lane: lane, digest: print.value)
        if case .refused(_, let failure) = await service.inbox.accept(arrival) { throw .host(failure) }
        return true
    }

    /// What clocks of two machines may differ by.
    private static let clockSlackMS: Int64 = 5_000

    /// Whether an event of that record came since then. Identifiers are in order of time, so that few rows are read.
    private func came(_ name: String, _ lane: Int64, sinceMS: Int64) async throws(EffectFailure) -> Bool {
        let store = service.store
        let first = TimeOrderedID.first(atMS: sinceMS)
        return try await EffectFailure.wrapping { () async throws(HostFailure) in
            try await store.result { (database) throws(DatabaseFailure) in
                try !database.query(
                    "SELECT id FROM event WHERE id >= ? AND lane = ? AND name = ? LIMIT 1",
                    [.integer(first.value), .integer(lane), .text(name)]
                ) { (row) throws(DatabaseFailure) in row.integer(0) }.isEmpty
            }
        }
    }

    private func call(
        _ portal: ServedPortal, _ method: String, _ parameters: JSONObject
    ) async throws(EffectFailure) -> JSONValue {
        let made = try EffectFailure.wrapping { () throws(Failure) in try Call(method, parameters: parameters) }
        let reply = try await portal.connection.reply(to: made, for: RunTicket())
        return reply.withResult { (try? JSONValue(parsing: UnsafeRawBufferPointer($0))) ?? .null }
    }
}
