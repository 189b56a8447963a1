internal import Wire

/// What operators set on their conversations: pinned, silent, rated; and sessions that begin at a message.
///
/// https://apidocs.bitrix24.com/api-reference/imopenlines/openlines/sessions/index.html
enum LineModes {
    static let methods = [
        LineMethods.method("session.mode.pin", mode("pinned")),
        LineMethods.method("session.mode.silent", mode("silent")),
        LineMethods.method("session.mode.pinAll", allPinned(true)),
        LineMethods.method("session.mode.unpinAll", allPinned(false)),
        LineMethods.method("session.head.vote", vote),
        LineMethods.method("message.session.start", startAtMessage),
        LineMethods.method("message.quick.save", saveAnswer),
        LineMethods.method("revision.get") { _, _ in MethodReply(["rest": 4, "web": 1, "mobile": 1]) },
        LineMethods.method("config.path.get") { state, _ in
            MethodReply([
                "SERVER_ADDRESS": .string(String(state.site.portalURL.dropLast())),
                "PUBLIC_PATH": "/contact_center/openlines/",
            ])
        },
    ]

    private static func mode(_ field: String) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            var (session, _) = try LineMethods.running(call, state)
            session.fields[field] = .bool(call.text("ACTIVATE")?.uppercased() != "N")
            try session.save(in: state)
            return MethodReply(true)
        }
    }

    /// Of the conversations that the caller answers.
    private static func allPinned(_ isPinned: Bool) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            var changed: [JSONValue] = []
            for var session in try LineSession.all(in: state)
            where session.operatorID == call.userID && session.status != .closed
                && (session.fields["pinned"]?.isTruthy ?? false) != isPinned
            {
                session.fields["pinned"] = .bool(isPinned)
                try session.save(in: state)
                changed.append(.integer(Int64(session.id)))
            }
            return MethodReply(.array(changed))
        }
    }

    /// A supervisor's opinion of a conversation.
    private static func vote(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("SESSION_ID"), var session = try LineSession.find(id, in: state) else {
            throw PortalFailure("SESSION_ID", "Session ID can't be empty")
        }
        let (rating, comment) = (call.integer("RATING"), call.text("COMMENT"))
        guard rating != nil || comment != nil else { throw PortalFailure("RATING", "Rating can't be empty") }
        if let rating { session.fields["rating"] = .integer(Int64(min(max(rating, 1), 5))) }
        if let comment { session.fields["comment"] = .string(comment) }
        try session.save(in: state)
        return MethodReply(true)
    }

    private static func startAtMessage(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        _ = try message(call, state)
        return try LineMethods.start(state, call)
    }

    /// The message becomes a ready answer of the line.
    private static func saveAnswer(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let message = try message(call, state)
        try answers.insert(["text": .string(message.text)], owner: "chat:\(message.chatID)", in: state)
        return MethodReply(true)
    }

    private static let answers = Documents(kind: "open_line.answer")

    private static func message(_ call: MethodCall, _ state: PortalState) throws(PortalFailure) -> PostedMessage {
        guard let id = call.integer("CHAT_ID"), id > 0 else { throw PortalFailure("CHAT_ID", "Chat ID can't be empty") }
        guard try Chat.find(id, in: state)?.kind == .line else {
            throw PortalFailure("CHAT_TYPE", "Chat is not an open line")
        }
        guard let number = call.integer("MESSAGE_ID"), let message = try PostedMessage.find(number, in: state),
            message.chatID == id
        else { throw PortalFailure("MESSAGE_ID", "Message ID can't be empty") }
        return message
    }
}
