import Storage
public import Wire

extension RunHistory {
    /// Puts an event into the store, for the host that serves from it.
    ///
    /// - Parameter recipe: the only one it is for; nil for all that listen.
    /// - Returns: the event's identifier.
    public func fire(_ name: String, _ data: JSONValue, recipe: String?, portal: String) async throws(HostFailure)
        -> String
    {
        guard (1...EventModule.nameBytesMax).contains(name.utf8.count) else {
            throw HostFailure(.usage, "an event's name has 1 to \(EventModule.nameBytesMax) bytes")
        }
        let nowMS = clock().unixMilliseconds
        let bytes = data.encoded()
        // A portal's event reaches the recipes of that portal only, as a real one would.
        let event = StoredEvent(
            id: TimeOrderedID.next(nowMS: nowMS), portal: portal, name: name, recipe: recipe, source: .host, lane: 0,
            digest: nil, receivedMS: nowMS, dueMS: nowMS, data: bytes)
        let row = EventTable.Row(
            event: event, state: .open, owner: 0, sealed: try store.sealer.seal(bytes, StoredEvent.context))
        try await store.result { (database) throws(DatabaseFailure) in try EventTable.insert(row, in: database) }
        return event.id.description
    }

    /// What became of an event's runs, when they are over or asleep; nil when `milliseconds` came first.
    public func outcome(of event: String, within milliseconds: Int64) async throws(HostFailure) -> JSONValue? {
        guard let id = TimeOrderedID(event) else { throw Self.unknown(event) }
        let store = store
        let endMS = clock().unixMilliseconds + milliseconds
        while true {
            let runs = try await store.result { (database) throws(DatabaseFailure) -> [RunRecord]? in
                guard try EventTable.isSettled(id, in: database) else { return nil }
                return try RunTable.runs(of: id, store, in: database)
            }
            if let runs { return .array(runs.map { .object(Self.json($0)) }) }
            guard clock().unixMilliseconds < endMS else { return nil }
            do { try await Task.sleep(for: .milliseconds(Self.lookMS)) } catch { return nil }
        }
    }

    private static let lookMS = 100
}
