internal import Wire

/// What happens on the portal while a call runs, and who must be told when it is kept.
///
/// Writers emit; the engine settles at the end of the call, inside its transaction, and throws everything away when the
/// call fails. So no handler hears of what was undone, and an offline queue is as durable as the record.
final class PortalEvents {
    /// Who is acting.
    struct Cause: Equatable {
        /// nil when nobody can be named: robots, workflows, agents. Handlers then get no tokens.
        var userID: Int?
        /// The `auth_connector` of the call: that queue does not hear of what its own application does.
        var connector = ""
    }

    struct Raised {
        let name: String
        let data: JSONObject
        let cause: Cause
    }

    /// A POST that somebody must be sent.
    struct Outgoing {
        let name: String
        let url: String
        let fields: JSONObject
    }

    /// Events of one call; a call that raises more fails.
    static let raisedMax = 10_000

    var cause = Cause()
    private var isSilent = false
    private var raised: [Raised] = []
    private var outgoing: [Outgoing] = []
    private var bindings: [EventBinding]?
    /// When each handler of ONOFFLINEEVENT was last told, in nanoseconds, and who was told during this call.
    private var offlineToldAt: [Int: Int64] = [:]
    private var offlineToldNow: Set<Int> = []

    /// Says that something happened.
    ///
    /// - Parameters:
    ///   - name: upper case, such as `ONCRMDEALADD`.
    ///   - data: what its page shows under `data`.
    func emit(_ name: String, _ data: JSONObject) {
        if isSilent { return }
        if let bindings, !bindings.contains(where: { $0.event == name }) { return }
        raised.append(Raised(name: name, data: data, cause: cause))
    }

    /// Runs what puts data there before anybody could listen: seeds and bulk loads raise nothing.
    func silently<T>(_ body: () throws(PortalFailure) -> T) throws(PortalFailure) -> T {
        isSilent = true
        defer { isSilent = false }
        return try body()
    }

    /// Sends a POST that is no event: a robot's, a sender's.
    func post(_ name: String, to url: String, _ fields: JSONObject) {
        outgoing.append(Outgoing(name: name, url: url, fields: fields))
    }

    /// Matches what happened with who wants to hear of it. To be called inside the call's transaction.
    func settle(in state: PortalState) throws(PortalFailure) {
        guard !raised.isEmpty else { return }
        guard raised.count <= Self.raisedMax else {
            throw .local("one call raised more than raisedMax events, \(Self.raisedMax)")
        }
        let events = raised
        raised = []
        for event in events { try EventSettling(state: state, event: event).run() }
    }

    /// What is to be sent now that the call is kept.
    func takeOutgoing() -> [Outgoing] {
        defer {
            outgoing = []
            offlineToldNow = []
        }
        return outgoing
    }

    /// The call failed: nothing of it happened.
    func forget() {
        raised = []
        outgoing = []
        offlineToldNow = []
        bindings = nil
    }

    func known(in state: PortalState) throws(PortalFailure) -> [EventBinding] {
        if let bindings { return bindings }
        let found = try EventBinding.all(in: state)
        bindings = found
        return found
    }

    func forgetBindings() { bindings = nil }

    /// Whether a handler of ONOFFLINEEVENT is to be told now: once a call at most, and not before its pause is over.
    func mayTellOfQueue(_ binding: EventBinding, at now: Int64) -> Bool {
        if let last = offlineToldAt[binding.id], now - last < Int64(binding.minTimeout) * 1_000_000_000 { return false }
        guard offlineToldNow.insert(binding.id).inserted else { return false }
        offlineToldAt[binding.id] = now
        return true
    }
}

extension PortalEvents {
    /// `data[FIELDS][ID]`, the shape of most events of the CRM.
    func emit(_ name: String, id: Int) {
        emit(name, ["FIELDS": ["ID": .integer(Int64(id))]])
    }
}
