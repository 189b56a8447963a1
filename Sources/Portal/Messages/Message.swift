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

    func insert(in state: PortalState) throws(PortalFailure) -> Int {
        let cut = text.count > Self.lengthMax ? text.prefix(Self.lengthMax) + " (...)" : Substring(text)
        let fields: JSONObject = [
            "chat_id": .integer(Int64(chatID)), "author_id": .integer(Int64(authorID)),
            "date": .string(state.now), "text": .string(String(cut)),
        ]
        return try Self.documents.insert(fields, owner: "chat:\(chatID)", in: state)
    }
}

/// Chats: private dialogs of two users, tasks' chats, and chats somebody made.
enum Chat {
    static let documents = Documents(kind: "chat")

    static func insertTaskChat(_ taskID: Int, in state: PortalState) throws(PortalFailure) -> Int {
        try documents.insert(["task": .integer(Int64(taskID))], in: state)
    }

    /// The chat a DIALOG_ID names: `5` a user, `chat12` a chat, `sg3` a group.
    ///
    /// - Throws: the refusal of `im.message.add`.
    static func resolve(_ dialog: String, for userID: Int, in state: PortalState) throws(PortalFailure) -> Int {
        guard !dialog.isEmpty else { throw PortalFailure("DIALOG_ID_EMPTY", "Dialog ID can't be empty") }
        if let partner = Int(dialog) {
            guard partner > 0 else { throw PortalFailure("USER_ID_EMPTY", "User ID can't be empty") }
            guard try UserRecord.find(partner, in: state) != nil else {
                throw PortalFailure("USER_NOT_FOUND", "User not found")
            }
            let pair = "pair:\(min(partner, userID)):\(max(partner, userID))"
            if let known = try documents.owned(by: pair, in: state).first { return known.id }
            return try documents.insert(["pair": .string(pair)], owner: pair, in: state)
        }
        let digits = dialog.hasPrefix("chat") ? dialog.dropFirst(4) : dialog.hasPrefix("sg") ? dialog.dropFirst(2) : ""
        guard let id = Int(digits), id > 0 else { throw PortalFailure("DIALOG_ID_EMPTY", "Dialog ID can't be empty") }
        guard dialog.hasPrefix("chat") else {
            // A group's chat comes to be with the first message.
            if let known = try documents.owned(by: dialog, in: state).first { return known.id }
            return try documents.insert(["group": .integer(Int64(id))], owner: dialog, in: state)
        }
        guard try documents.get(id, in: state) != nil else {
            throw PortalFailure("ACCESS_ERROR", "You don't have access to this chat")
        }
        return id
    }
}
