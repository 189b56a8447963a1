/// Where the events of one run go: into the inbox, under the run's portal.
struct EventTarget: Sendable {
    static let missing = HostFailure(
        .configuration, "nobody is here to take events", hint: "emit works in recipes that 'host serve' runs")

    let inbox: Inbox
    let portal: String

    /// An event that a journal keeps together with the step that emits it.
    func event(
        _ name: String, _ data: [UInt8], dueMS: Int64, nowMS: Int64
    ) throws(HostFailure) -> EventTable.Row {
        try inbox.emitted(name, data, portal: portal, dueMS: dueMS, nowMS: nowMS)
    }

    /// The portal will tell of them: see `EchoGuard`.
    func noteWrites(_ effect: Effect, _ result: EffectResult, nowMS: Int64) {
        inbox.echoes.note(effect, result, portal: portal, nowMS: nowMS)
    }

    func arrived(_ row: EventTable.Row) { inbox.arrived(row) }

    /// For a run without a journal.
    func emit(_ name: String, _ data: [UInt8], afterMS: Int) async throws(EffectFailure) {
        let arrival = Inbox.Arrival(
            portal: portal, name: name, source: .emit, data: data, afterMS: Int64(afterMS))
        if case .refused(_, let failure) = await inbox.accept(arrival) { throw .host(failure) }
    }
}
