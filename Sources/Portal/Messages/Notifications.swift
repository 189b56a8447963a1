internal import Wire

/// Notifications. All three methods differ only in who is shown as the sender.
///
/// https://apidocs.bitrix24.com/api-reference/chats/notifications/im-notify-system-add.html
enum Notifications {
    static let documents = Documents(kind: "notification")

    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let to = call.integer("USER_ID") ?? call.integer("TO") ?? 0
        guard to > 0 else { throw PortalFailure("USER_ID_EMPTY", "User ID can't be empty") }
        guard let text = call.text("MESSAGE"), !text.asciiTrimmed.isEmpty else {
            throw PortalFailure("MESSAGE_EMPTY", "Message can't be empty")
        }
        // Nobody to notify is no error: the method says false.
        guard let user = try UserRecord.find(to, in: state), UserRecord.isActive(user) else {
            return MethodReply(false)
        }
        let isSystem = call.name == "im.notify.system.add" || call.text("TYPE")?.uppercased() == "SYSTEM"
        let tag = call.text("TAG") ?? ""
        if !tag.isEmpty {
            // A newer notification with the same tag takes the older one's place.
            for old in try documents.owned(by: "user:\(to)", in: state) where old.fields["tag"]?.phpText == tag {
                try documents.delete(old.id, in: state)
            }
        }
        let fields: JSONObject = [
            "to": .integer(Int64(to)), "from": .integer(Int64(isSystem ? 0 : call.userID)), "text": .string(text),
            "tag": .string(tag), "date": .string(state.now),
        ]
        return MethodReply(.integer(Int64(try documents.insert(fields, owner: "user:\(to)", in: state))))
    }
}
