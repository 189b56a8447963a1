internal import Wire

/// Finds who must hear of one event: handlers get a POST, offline queues a row.
struct EventSettling {
    let state: PortalState
    let event: PortalEvents.Raised

    func run() throws(PortalFailure) {
        for binding in try state.events.known(in: state) where binding.event == event.name {
            try tell(binding)
        }
    }

    private func tell(_ binding: EventBinding) throws(PortalFailure) {
        guard let listener = EventListener(binding, in: state) else { return }
        if binding.isOffline {
            // Whoever names the queue in a call knows of what the call does.
            if !binding.connector.isEmpty, binding.connector == event.cause.connector { return }
            try OfflineQueue(state: state, clientID: binding.clientID).append(
                event.name, event.data, connector: binding.connector)
            try tellOfQueue(of: binding)
            return
        }
        let user = binding.authType > 0 ? binding.authType : event.cause.userID
        try post(event.name, event.data, to: binding, listener, user: user, hasRefreshToken: false)
    }

    /// ONOFFLINEEVENT: that the queue changed, not oftener than its handler asked for.
    private func tellOfQueue(of changed: EventBinding) throws(PortalFailure) {
        for binding in try state.events.known(in: state)
        where binding.clientID == changed.clientID && binding.event == "ONOFFLINEEVENT" && !binding.isOffline {
            guard let listener = EventListener(binding, in: state),
                state.events.mayTellOfQueue(binding, at: state.clock.nanoseconds)
            else { continue }
            let user = binding.authType > 0 ? binding.authType : event.cause.userID
            try post(
                binding.event, queueNotice(of: changed, to: binding), to: binding, listener, user: user,
                hasRefreshToken: true)
        }
    }

    private func queueNotice(of changed: EventBinding, to binding: EventBinding) -> JSONObject {
        guard state.settings.events.offlineNoticeHasData else { return JSONObject() }
        return [
            "type": "add", "event": .string(changed.event), "handler": .string(binding.handler),
            "minTimeout": .integer(Int64(binding.minTimeout)),
        ]
    }

    private func post(
        _ name: String, _ data: JSONObject, to binding: EventBinding, _ listener: EventListener, user: Int?,
        hasRefreshToken: Bool
    ) throws(PortalFailure) {
        let auth = try listener.auth(of: user, hasRefreshToken: hasRefreshToken, in: state)
        state.events.post(
            name, to: binding.handler,
            [
                "event": .string(name), "event_handler_id": .integer(Int64(binding.id)), "data": .object(data),
                "ts": 0, "auth": .object(auth),
            ])
    }
}
