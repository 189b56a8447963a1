internal import Wire

/// One conversation of a customer on an open line, from the first message to its end. The chat stays; the next
/// conversation in it is another session.
///
/// https://apidocs.bitrix24.com/api-reference/imopenlines/openlines/index.html
struct LineSession {
    static let documents = Documents(kind: "open_line.session")
    /// The connector through which customers of the local portal write.
    static let connector = "local"

    enum Status: String { case new, answered, closed }

    let id: Int
    var fields: JSONObject

    var chatID: Int { fields["chat"]?.lenientInteger ?? 0 }
    var lineID: Int { fields["line"]?.lenientInteger ?? 0 }
    var customerID: Int { fields["customer"]?.lenientInteger ?? 0 }
    /// The employee who talks to the customer; 0 as long as nobody does.
    var operatorID: Int { fields["operator"]?.lenientInteger ?? 0 }
    var status: Status { (fields["status"]?.stringValue).flatMap(Status.init) ?? .new }
    /// `connector|line|chat outside|customer`, which other methods call USER_CODE.
    var code: String { fields["code"]?.stringValue ?? "" }

    static func find(_ id: Int, in state: PortalState) throws(PortalFailure) -> LineSession? {
        guard let fields = try documents.get(id, in: state) else { return nil }
        return LineSession(id: id, fields: fields)
    }

    /// The newest session of a chat.
    static func last(inChat chatID: Int, _ state: PortalState) throws(PortalFailure) -> LineSession? {
        try documents.owned(by: "chat:\(chatID)", in: state).last.map { LineSession(id: $0.id, fields: $0.fields) }
    }

    static func all(in state: PortalState) throws(PortalFailure) -> [LineSession] {
        try documents.all(in: state).map { LineSession(id: $0.id, fields: $0.fields) }
    }

    func save(in state: PortalState) throws(PortalFailure) {
        try Self.documents.replace(id, with: fields, in: state)
    }

    /// What the events of sessions tell.
    var eventData: JSONObject { ["DATA": [.object(card)]] }

    var card: JSONObject {
        [
            "connector": [
                "connector_id": .string(Self.connector), "line_id": .integer(Int64(lineID)),
                "chat_id": .integer(Int64(chatID)), "user_id": .integer(Int64(customerID)),
            ],
            "session": [
                "id": .integer(Int64(id)), "closed": status == .closed ? "Y" : "N", "parent_id": "",
                "close_term": "",
            ],
            "chat": ["id": .integer(Int64(chatID))], "user": ["id": .integer(Int64(operatorID))],
        ]
    }
}

/// What happens on a line: customers write, bots and employees take over and hand on.
struct OpenLine {
    let state: PortalState

    /// A customer writes, as through a site's widget: `POST /__portal/openline`.
    ///
    /// - Parameters:
    ///   - customer: what the connector calls the customer.
    /// - Returns: The chat and the session.
    func speak(
        _ text: String, customer: String, name: String, line lineID: Int, files: [FileContent] = []
    ) throws(PortalFailure) -> LineSession {
        guard let line = try OpenLineConfigs.documents.get(lineID, in: state) else {
            throw PortalFailure("NOT_FOUND", "There is no open line \(lineID).", status: 404)
        }
        let person = try self.customer(customer, name: name)
        var chat = try chat(of: person, customer, name: name, lineID)
        let session = try session(in: &chat, person, line, lineID)
        var params = JSONObject()
        for content in files {
            let file = try ChatFile.insert(content, in: chat, by: person, state)
            params["FILE_ID"] = .array((params["FILE_ID"]?.phpList ?? []) + [.integer(Int64(file.id))])
        }
        let message = Message(chatID: chat.id, authorID: person, text: text, params: params)
        _ = try ChatPosting.post(message, in: chat, state)
        return session
    }

    /// Somebody wrote into the chat of a line. An operator's first word is the answer that the customer waited for.
    func said(_ message: PostedMessage, in chat: Chat) throws(PortalFailure) {
        guard var session = try LineSession.last(inChat: chat.id, state) else { return }
        if session.status == .new, message.authorID == session.operatorID, session.operatorID > 0 {
            session.fields["status"] = .string(LineSession.Status.answered.rawValue)
            try session.save(in: state)
        }
        var data = session.card
        data["message"] = ["id": .integer(Int64(message.id)), "user_id": .integer(Int64(message.authorID))]
        state.events.emit("ONOPENLINEMESSAGEADD", ["DATA": [.object(data)]])
    }

    private func customer(_ code: String, name: String) throws(PortalFailure) -> Int {
        if let known = try ChatMember.customers.owned(by: code, in: state).first { return known.id }
        let words = name.split(separator: " ", maxSplits: 1).map(String.init)
        let fields: JSONObject = [
            "NAME": .string(words.first ?? code), "LAST_NAME": .string(words.count > 1 ? words[1] : ""),
        ]
        let number = try ChatMember.newNumber(in: state)
        return try ChatMember.customers.insert(fields, id: number, owner: code, in: state)
    }

    private func chat(
        of person: Int, _ customer: String, name: String, _ lineID: Int
    ) throws(PortalFailure) -> Chat {
        let code = "\(LineSession.connector)|\(lineID)|\(customer)|\(person)"
        if let known = try Chat.documents.owned(by: "line:\(code)", in: state).first {
            return Chat(id: known.id, fields: known.fields)
        }
        return try Chat.insert(
            .line, title: "\(name.isEmpty ? customer : name) - Open Channel", owner: 0, members: [person],
            ["entity_type": "LINES", "entity_id": .string(code)], key: "line:\(code)", in: state)
    }

    private func session(
        in chat: inout Chat, _ person: Int, _ line: JSONObject, _ lineID: Int
    ) throws(PortalFailure) -> LineSession {
        if let last = try LineSession.last(inChat: chat.id, state), last.status != .closed { return last }
        let fields: JSONObject = [
            "chat": .integer(Int64(chat.id)), "line": .integer(Int64(lineID)), "customer": .integer(Int64(person)),
            "operator": 0, "status": "new", "code": .string(chat.entityID), "date": .string(state.now),
        ]
        let id = try LineSession.documents.insert(fields, owner: "chat:\(chat.id)", in: state)
        let session = LineSession(id: id, fields: fields)
        chat.fields["entity_data_1"] = .string(
            "N|NONE|0|N|N|\(id)|\(state.clock.unixSeconds)|0|0|0")
        chat.fields["entity_data_2"] = "LEAD|0|COMPANY|0|CONTACT|0|DEAL|0"
        try chat.save(in: state)
        state.events.emit("ONSESSIONSTART", session.eventData)
        let botID = line["WELCOME_BOT_ID"]?.lenientInteger ?? 0
        if line["WELCOME_BOT_ENABLE"] == "Y", let bot = try Bot.find(botID, in: state), bot.takesLines {
            chat.memberIDs = chat.memberIDs + [bot.id]
            try chat.save(in: state)
            try BotEvents(state: state).joined(bot, chat, by: person)
        } else {
            try distribute(session, in: &chat)
        }
        return session
    }

    /// To the first of the line's queue who works here.
    func distribute(_ session: LineSession, in chat: inout Chat) throws(PortalFailure) {
        let line = try OpenLineConfigs.documents.get(session.lineID, in: state) ?? JSONObject()
        for user in (line["QUEUE"]?.phpList ?? []).compactMap(\.lenientInteger) {
            guard let record = try UserRecord.find(user, in: state), UserRecord.isActive(record) else { continue }
            return try give(session, to: user, in: &chat)
        }
    }

    func give(_ session: LineSession, to user: Int, in chat: inout Chat) throws(PortalFailure) {
        var session = session
        chat.memberIDs = chat.memberIDs.filter { $0 != session.operatorID || $0 == user }
        if !chat.memberIDs.contains(user) { chat.memberIDs = chat.memberIDs + [user] }
        chat.fields["owner"] = .integer(Int64(user))
        try chat.save(in: state)
        session.fields["operator"] = .integer(Int64(user))
        try session.save(in: state)
    }

    func close(_ session: LineSession, in chat: inout Chat) throws(PortalFailure) {
        var session = session
        session.fields["status"] = .string(LineSession.Status.closed.rawValue)
        session.fields["closed"] = .string(state.now)
        try session.save(in: state)
        chat.memberIDs = chat.memberIDs.filter { $0 == session.customerID }
        chat.fields["owner"] = 0
        try chat.save(in: state)
        state.events.emit("ONSESSIONFINISH", session.eventData)
    }

    /// Bots leave a chat that a person takes over.
    func dismissBots(from chat: inout Chat) throws(PortalFailure) {
        var staying: [Int] = []
        for id in chat.memberIDs where try Bot.find(id, in: state) == nil { staying.append(id) }
        chat.memberIDs = staying
        try chat.save(in: state)
    }
}
