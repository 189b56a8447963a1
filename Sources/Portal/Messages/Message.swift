internal import Wire

/// A chat message.
struct Message {
    static let documents = Documents(kind: "message")
    /// Longer texts are cut, and say so.
    static let lengthMax = 20_000

    var chatID: Int
    /// 0 for the portal itself.
    var authorID: Int
    var text: String
    /// `FILE_ID`, `KEYBOARD`, `ATTACH` and the like.
    var params = JSONObject()

    func insert(in state: PortalState) throws(PortalFailure) -> Int {
        let cut = text.count > Self.lengthMax ? text.prefix(Self.lengthMax) + " (...)" : Substring(text)
        var fields: JSONObject = [
            "chat_id": .integer(Int64(chatID)), "author_id": .integer(Int64(authorID)),
            "date": .string(state.now), "text": .string(String(cut)),
        ]
        if !params.isEmpty { fields["params"] = .object(params) }
        return try Self.documents.insert(fields, owner: "chat:\(chatID)", in: state)
    }
}

/// A message that is in its chat.
struct PostedMessage {
    let id: Int
    var fields: JSONObject

    var chatID: Int { fields["chat_id"]?.lenientInteger ?? 0 }
    var authorID: Int { fields["author_id"]?.lenientInteger ?? 0 }
    var text: String { fields["text"]?.stringValue ?? "" }
    var date: String { fields["date"]?.stringValue ?? "" }
    var params: JSONObject {
        get { fields["params"]?.objectValue ?? JSONObject() }
        set { fields["params"] = .object(newValue) }
    }

    var fileIDs: [Int] { (params["FILE_ID"]?.phpList ?? []).compactMap(\.lenientInteger) }

    static func find(_ id: Int, in state: PortalState) throws(PortalFailure) -> PostedMessage? {
        guard let fields = try Message.documents.get(id, in: state) else { return nil }
        return PostedMessage(id: id, fields: fields)
    }

    func save(in state: PortalState) throws(PortalFailure) {
        try Message.documents.replace(id, with: fields, in: state)
    }
}

/// What everybody who writes has in common: the message goes into its chat, and bots and customers hear of it.
enum ChatPosting {
    /// Parameters of a call that become the message's own.
    static func params(_ call: MethodCall) -> JSONObject { params { call.parameter($0) } }

    static func params(_ given: (String) -> JSONValue?) -> JSONObject {
        var params = JSONObject()
        for name in MessageParts.names {
            if let value = given(name), !MessageParts.isNone(value) { params[name] = value }
        }
        return params
    }

    static func post(_ message: Message, in chat: Chat, _ state: PortalState) throws(PortalFailure) -> PostedMessage {
        let id = try message.insert(in: state)
        let fields = try Message.documents.get(id, in: state) ?? JSONObject()
        let posted = PostedMessage(id: id, fields: fields)
        if chat.kind == .line { try OpenLine(state: state).said(posted, in: chat) }
        if message.authorID > 0 { try BotEvents(state: state).heard(posted, in: chat) }
        return posted
    }

    /// `plus`, `minus`, and `auto` for the other way round.
    static func like(_ call: MethodCall, by userID: Int, _ state: PortalState) throws(PortalFailure) {
        guard let id = call.integer("MESSAGE_ID"), var message = try PostedMessage.find(id, in: state) else {
            throw PortalFailure("MESSAGE_ID_ERROR", "Message ID can't be empty")
        }
        var likes = (message.params["LIKE"]?.phpList ?? []).compactMap(\.lenientInteger)
        let had = likes.contains(userID)
        let wants: Bool
        switch call.text("ACTION")?.lowercased() ?? "auto" {
        case "plus": wants = true
        case "minus": wants = false
        default: wants = !had
        }
        guard wants != had else { throw PortalFailure("WITHOUT_CHANGES", "Status of the like hasn't been changed") }
        if wants { likes.append(userID) } else { likes.removeAll { $0 == userID } }
        message.params["LIKE"] = .array(likes.map { .integer(Int64($0)) })
        try message.save(in: state)
    }

    /// Changes what was said. An empty text deletes.
    static func edit(
        _ message: PostedMessage, text: String?, _ params: JSONObject?, isMarked: Bool = true, _ state: PortalState
    ) throws(PortalFailure) {
        if let text, text.asciiTrimmed.isEmpty { return try delete(message, isComplete: false, state) }
        var edited = message
        if let text { edited.fields["text"] = .string(text) }
        if let params {
            for name in MessageParts.names { edited.params[name] = params[name] }
        }
        if text != nil { edited.params["IS_EDITED"] = isMarked ? "Y" : "N" }
        try edited.save(in: state)
        guard let chat = try Chat.find(message.chatID, in: state) else { return }
        try BotEvents(state: state).changed(edited, in: chat)
    }

    /// - Parameter isComplete: leaves nothing; else the message says that it was deleted.
    static func delete(_ message: PostedMessage, isComplete: Bool, _ state: PortalState) throws(PortalFailure) {
        if isComplete {
            try Message.documents.delete(message.id, in: state)
        } else {
            var left = message
            left.fields["text"] = "This message has been deleted."
            left.params = ["IS_DELETED": "Y"]
            try left.save(in: state)
        }
        guard let chat = try Chat.find(message.chatID, in: state) else { return }
        try BotEvents(state: state).deleted(message, in: chat)
    }
}
