internal import Wire

/// `event.bind`, `event.unbind`, `event.get`, `event.test` and `events`: for applications only.
///
/// https://apidocs.bitrix24.com/api-reference/events/index.html
enum EventMethods {
    static let methods: [PortalMethod] = [
        PortalMethod("event.bind", scope: "basic", handler: bind),
        PortalMethod("event.unbind", scope: "basic", handler: unbind),
        PortalMethod("event.get", scope: "basic", handler: get),
        PortalMethod("event.test", scope: "basic", handler: test),
        PortalMethod("events", scope: "basic", handler: list),
        PortalMethod("event.offline.get", scope: "basic", handler: OfflineMethods.get),
        PortalMethod("event.offline.list", scope: "basic", handler: OfflineMethods.list),
        PortalMethod("event.offline.clear", scope: "basic", handler: OfflineMethods.clear),
        PortalMethod("event.offline.error", scope: "basic", handler: OfflineMethods.error),
    ]

    private static func bind(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.requiredApplication(state)
        let name = try eventName(call, state)
        let isAdministrator = state.isAdministrator(call.userID)
        let authType = call.integer("auth_type") ?? 0
        var binding = EventBinding(
            clientID: application.clientID, userID: call.userID, event: name, handler: "", authType: authType)
        if call.text("event_type")?.lowercased() == "offline" {
            guard isAdministrator else {
                throw denied("Offline events binding requires administrator access rights")
            }
            binding.isOffline = true
            binding.connector = call.text("auth_connector") ?? ""
            try binding.insert(in: state)
            return MethodReply(true)
        }
        guard let handler = call.text("handler"), !handler.isEmpty else {
            throw PortalFailure("ERROR_ARGUMENT", "HANDLER was not passed", extra: ["argument": "HANDLER"])
        }
        try HandlerURL.check(handler, of: application)
        binding.handler = handler
        if !isAdministrator {
            guard authType == 0 || authType == call.userID else {
                throw denied("Event binding with AUTH_TYPE requires administrator access rights")
            }
            // An ordinary user's handler acts for that user only.
            binding.authType = call.userID
        }
        binding.minTimeout = max(0, try call.object("options")?["minTimeout"]?.lenientInteger ?? 1)
        try binding.insert(in: state)
        return MethodReply(true)
    }

    /// Every parameter that is not given matches all handlers.
    private static func unbind(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.requiredApplication(state)
        let name = try eventName(call, state)
        let isOffline = call.text("event_type")?.lowercased() == "offline"
        let isAdministrator = state.isAdministrator(call.userID)
        if isOffline, !isAdministrator { throw denied("Offline events binding requires administrator access rights") }
        let handler = call.text("handler") ?? ""
        var count: Int64 = 0
        for binding in try state.events.known(in: state)
        where binding.clientID == application.clientID && binding.event == name && binding.isOffline == isOffline {
            guard isAdministrator || binding.userID == call.userID else { continue }
            if !handler.isEmpty, binding.handler != handler { continue }
            if let wanted = call.parameter("auth_type"), binding.authType != wanted.lenientInteger ?? 0 { continue }
            if let connector = call.text("auth_connector"), isOffline, binding.connector != connector { continue }
            try binding.delete(in: state)
            count += 1
        }
        return MethodReply(["count": .integer(count)])
    }

    private static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.requiredApplication(state)
        let isAdministrator = state.isAdministrator(call.userID)
        let bindings = try state.events.known(in: state).filter {
            $0.clientID == application.clientID && (isAdministrator || $0.userID == call.userID)
        }
        let rows = bindings.map { binding in
            var row: JSONObject = ["event": .string(binding.event)]
            if binding.isOffline {
                row["connector_id"] = .string(binding.connector)
            } else {
                row["handler"] = .string(binding.handler)
                row["auth_type"] = .string(String(binding.authType))
            }
            row["offline"] = binding.isOffline ? 1 : 0
            return JSONValue.object(row)
        }
        return MethodReply(.array(rows))
    }

    /// Raises ONAPPTEST with whatever was sent.
    private static func test(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        _ = try call.requiredApplication(state)
        state.events.emit("ONAPPTEST", ["QUERY": .object(call.parameters)])
        return MethodReply(1)
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        _ = try call.requiredApplication(state)
        var names: [String] = []
        if let scope = call.text("SCOPE"), !scope.isEmpty {
            names = EventNames.byScope[scope.lowercased()] ?? []
        } else {
            let isFull = call.parameter("FULL")?.isTruthy ?? false
            for (scope, events) in EventNames.byScope.sorted(by: { $0.key < $1.key }) {
                if isFull || scope == "basic" || call.scopes?.contains(scope) ?? true { names += events }
            }
        }
        if names.contains("ONCRMDYNAMICITEMADD") {
            for type in try state.integers("SELECT entity_type_id FROM crm_type ORDER BY entity_type_id") {
                names += ["ADD", "UPDATE", "DELETE"].map { "ONCRMDYNAMICITEM\($0)_\(type)" }
            }
        }
        return MethodReply(.array(names.map { .string($0) }))
    }

    private static func eventName(_ call: MethodCall, _ state: PortalState) throws(PortalFailure) -> String {
        let name = (call.text("event") ?? "").uppercased()
        guard !name.isEmpty else {
            throw PortalFailure("ERROR_ARGUMENT", "EVENT was not passed", extra: ["argument": "EVENT"])
        }
        guard let scope = EventNames.scope(of: name), scope == "basic" || call.scopes?.contains(scope) ?? true else {
            throw PortalFailure("ERROR_EVENT_NOT_FOUND", "Event not found")
        }
        return name
    }

    private static func denied(_ text: String) -> PortalFailure { PortalFailure("ACCESS_DENIED", text, status: 403) }
}
