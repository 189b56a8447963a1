internal import Wire

// A customer at the other end of an open line, for tests.
//
//     POST /__portal/openline   {"line":1,"customer":"ann","name":"Ann Lee","text":"hi",
//                                "files":[{"name":"a.png","content":"…"}]}
//                               {"line":1,"customer":"ann","press":{"messageId":5,"command":"status","params":"17"}}
//     GET  /__portal/openline   the last sessions with what was said
extension PortalEngine {
    static let openLineSessionsShown = 50

    func lineControl(_ request: PortalRequest, path: String) throws(PortalFailure) -> JSONValue? {
        guard path == "openline" else { return nil }
        switch request.method {
        case "GET": return try sessionsReport()
        case "POST": return try speak(try controlBody(request))
        default: return nil
        }
    }

    private func speak(_ body: JSONObject) throws(PortalFailure) -> JSONValue {
        guard let line = (body["line"] ?? 1).lenientInteger else {
            throw PortalFailure("INVALID_REQUEST", "line must be the number of an open line.")
        }
        let customer = try controlText("customer", in: body)
        if let press = body["press"]?.phpObject { return try pressed(press, by: customer) }
        var files: [FileContent] = []
        for file in body["files"]?.phpList ?? [] {
            guard let name = file["name"]?.phpText, let content = file["content"]?.phpText else {
                throw PortalFailure("INVALID_REQUEST", "files must have name and content, the latter in Base64.")
            }
            files.append(try FileContent(name: name, base64: content))
        }
        let text = body["text"]?.phpText ?? ""
        guard !text.isEmpty || !files.isEmpty else { throw PortalFailure("INVALID_REQUEST", "text is missing.") }
        let session = try happening(as: nil) { () throws(PortalFailure) in
            try OpenLine(state: state)
                .speak(text, customer: customer, name: body["name"]?.phpText ?? "", line: line, files: files)
        }
        return try report(session)
    }

    /// A button of a keyboard that the customer was shown.
    private func pressed(_ press: JSONObject, by customer: String) throws(PortalFailure) -> JSONValue {
        guard let id = press["messageId"]?.lenientInteger, let message = try PostedMessage.find(id, in: state),
            try Bot.find(message.authorID, in: state) != nil,
            let person = try ChatMember.customers.owned(by: customer, in: state).first?.id
        else { throw PortalFailure("INVALID_REQUEST", "messageId must name a bot's message to this customer.") }
        let command = try controlText("command", in: press)
        try happening(as: nil) { () throws(PortalFailure) in
            try BotCommands.press(
                command, press["params"]?.phpText ?? "", on: message, by: person, botID: message.authorID, state)
        }
        return ["message": .integer(Int64(id))]
    }

    private func sessionsReport() throws(PortalFailure) -> JSONValue {
        var rows: [JSONValue] = []
        for session in try LineSession.all(in: state).suffix(Self.openLineSessionsShown) {
            rows.append(try report(session))
        }
        return ["sessions": .array(rows)]
    }

    private func report(_ session: LineSession) throws(PortalFailure) -> JSONValue {
        let messages = try Message.documents.owned(by: "chat:\(session.chatID)", in: state).map { entry -> JSONValue in
            let message = PostedMessage(id: entry.id, fields: entry.fields)
            return [
                "id": .integer(Int64(message.id)), "author": .integer(Int64(message.authorID)),
                "text": .string(message.text), "params": .object(message.params),
            ]
        }
        let members = try Chat.find(session.chatID, in: state)?.memberIDs ?? []
        return [
            "session": .integer(Int64(session.id)), "chat": .integer(Int64(session.chatID)),
            "line": .integer(Int64(session.lineID)), "status": .string(session.status.rawValue),
            "customer": .integer(Int64(session.customerID)), "operator": .integer(Int64(session.operatorID)),
            "code": .string(session.code), "members": .array(members.map { .integer(Int64($0)) }),
            "messages": .array(messages),
        ]
    }
}
