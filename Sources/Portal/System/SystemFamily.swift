internal import Bitrix24
internal import Wire

/// Methods about the portal and the credential themselves.
enum SystemFamily {
    static let family = PortalFamily(
        "system",
        methods: [
            PortalMethod("server.time", scope: "basic") { state, _ throws(PortalFailure) in
                MethodReply(.string(state.now))
            },
            PortalMethod("scope", scope: "basic") { _, call throws(PortalFailure) in
                scope(call)
            },
            PortalMethod("methods", scope: "basic") { _, call throws(PortalFailure) in
                methods(call)
            },
            PortalMethod("method.get", scope: "basic") { _, call throws(PortalFailure) in
                try methodGet(call)
            },
        ])

    /// Scopes that some played method needs; what the credential has, or with `full` all of them.
    private static func scope(_ call: MethodCall) -> MethodReply {
        let isFull = call.parameter("full")?.isTruthy ?? false
        let scopes = isFull ? known.sorted() : granted(call)
        return MethodReply(.array(scopes.map { .string($0) }))
    }

    /// The credential's scopes, of those that played methods need.
    static func granted(_ call: MethodCall) -> [String] {
        known.intersection(call.scopes ?? known).sorted()
    }

    private static let known: Set<String> = Set(
        PortalMethods.all.flatMap { $0.narrowerScopes.union([$0.scope]) }
    ).subtracting(["basic"])

    /// Names of the classic methods the credential may call; `scope` narrows, `full` ignores the grant.
    private static func methods(_ call: MethodCall) -> MethodReply {
        let isFull = call.parameter("full")?.isTruthy ?? false
        let wanted = call.parameter("scope").flatMap(\.phpText).flatMap { $0.isEmpty ? nil : $0.lowercased() }
        let names = PortalMethods.all.filter { method in
            guard method.api == .classic else { return false }
            if let wanted { return method.scope == wanted || method.narrowerScopes.contains(wanted) }
            return isFull || method.isOpen(to: call.scopes)
        }
        return MethodReply(.array(names.map(\.name).sorted().map { .string($0) }))
    }

    /// Whether a method exists, and whether this credential may call it. The name is taken as it
    /// stands: the documentation wants lower case.
    private static func methodGet(_ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let name = call.text("name"), !name.isEmpty else {
            throw PortalFailure("ERROR_METHOD_NOT_FOUND", "Method not found!", status: 404)
        }
        let method = PortalMethods.lookup(name, api: .classic)
        var reply = JSONObject()
        reply["isExisting"] = .bool(method != nil)
        reply["isAvailable"] = .bool(
            method?.isOpen(to: call.scopes) ?? false)
        return MethodReply(.object(reply))
    }
}
