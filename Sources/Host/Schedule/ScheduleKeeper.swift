import Storage
import Synchronization
import Wire

/// Raises the events of recipes' schedules when they are due, each time once, whatever processes share the store.
///
/// When the host was down at some of a schedule's times, it fires once for all of them when it is back.
final class ScheduleKeeper: Sendable {
    private let dispatcher: EventDispatcher
    private let clock: @Sendable () -> Timestamp
    private let alarm = Alarm()

    /// Looks at least so often: recipes change, and clocks jump.
    private static let lookMSMax: Int64 = 30_000

    init(_ dispatcher: EventDispatcher, clock: @escaping @Sendable () -> Timestamp) {
        self.dispatcher = dispatcher
        self.clock = clock
    }

    /// The recipes have changed, or the host stops.
    func look() { alarm.ring() }

    /// To be run as a task, until the host stops.
    func run() async {
        let stopping = dispatcher.performer.surroundings.stopping
        while !stopping.isSet {
            let nowMS = clock().unixMilliseconds
            var nextMS = nowMS + Self.lookMSMax
            for recipe in dispatcher.recipes.recipes {
                for schedule in recipe.schedules {
                    do throws(HostFailure) {
                        nextMS = min(nextMS, try await keep(schedule, of: recipe, nowMS))
                    } catch {
                        dispatcher.log.say(.error, error.message, ["recipe": .string(recipe.name)])
                        nextMS = min(nextMS, nowMS + 1_000)
                    }
                }
            }
            await alarm.wait(milliseconds: nextMS - nowMS)
        }
    }

    /// Fires when it is due; returns when it is due next.
    private func keep(
        _ schedule: RecipeDeclaration.Schedule, of recipe: ServedRecipe, _ nowMS: Int64
    ) async throws(HostFailure) -> Int64 {
        let key: [SQLValue] = [.text(recipe.name), SQLValue(schedule.index)]
        let spec = "\(schedule.schedule.expression.text) \(schedule.schedule.zone.name)"
        let store = dispatcher.store
        let lastMS = try await store.result { (database) throws(DatabaseFailure) -> Int64 in
            let rows = try database.query("SELECT spec, last_ms FROM schedule WHERE recipe = ? AND place = ?", key) {
                (row) throws(DatabaseFailure) in (row.text(0), row.integer(1))
            }
            if let (known, lastMS) = rows.first, known == spec { return lastMS }
            // A schedule that is new begins now.
            try database.run(
                """
                INSERT INTO schedule(recipe, place, spec, last_ms) VALUES (?, ?, ?, ?)
                ON CONFLICT(recipe, place) DO UPDATE SET spec = excluded.spec, last_ms = excluded.last_ms
                """, key + [.text(spec), .integer(nowMS)])
            return nowMS
        }
        guard let dueMS = schedule.schedule.nextMS(after: lastMS) else { return .max }
        guard dueMS <= nowMS else { return dueMS }
        // The last of the times that were missed is the one that is fired for.
        let firedMS = lastDue(schedule.schedule, from: dueMS, nowMS)
        let data = JSONValue.object(["at": .integer(firedMS / 1000)]).encoded()
        let event = StoredEvent(
            id: TimeOrderedID.next(nowMS: nowMS), portal: recipe.portal ?? "",
            name: schedule.event, recipe: recipe.name, source: .schedule, lane: 0,
            digest: nil, receivedMS: nowMS, dueMS: nowMS, data: data)
        let row = EventTable.Row(
            event: event, state: .open, owner: 0, sealed: try store.sealer.seal(data, StoredEvent.context))
        // Of several processes the one that finds the time as it was is the one that fires.
        let isOurs = try await store.result { (database) throws(DatabaseFailure) -> Bool in
            let changed = try database.run(
                "UPDATE schedule SET last_ms = ? WHERE recipe = ? AND place = ? AND last_ms = ?",
                [.integer(firedMS)] + key + [.integer(lastMS)])
            guard changed == 1 else { return false }
            try EventTable.insert(row, in: database)
            return true
        }
        if isOurs { dispatcher.inbox.arrived(row) }
        return schedule.schedule.nextMS(after: firedMS) ?? .max
    }

    private func lastDue(_ schedule: CronSchedule, from dueMS: Int64, _ nowMS: Int64) -> Int64 {
        var lastMS = dueMS
        for _ in 0..<Self.missedMax {
            guard let next = schedule.nextMS(after: lastMS), next <= nowMS else { return lastMS }
            lastMS = next
        }
        // More than a week of minutes: no need to count them.
        return nowMS / 1000 * 1000
    }

    private static let missedMax = 10_080
}

extension CronSchedule {
    /// In milliseconds since 1970.
    fileprivate func nextMS(after ms: Int64) -> Int64? {
        next(after: Timestamp(unixSeconds: ms / 1000))?.unixMilliseconds
    }
}
