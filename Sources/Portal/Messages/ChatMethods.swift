internal import Wire

/// Groups: `im.chat.*` for who calls, `imbot.chat.*` for a bot.
enum ChatMethods {
    /// Who acts: the calling employee, or the bot that is named.
    typealias Actor = @Sendable (MethodCall, PortalState) throws(PortalFailure) -> Int

    static let caller: Actor = { call, _ in call.userID }
    static let bot: Actor = { call, state throws(PortalFailure) in try BotOwner.bot(call, in: state).id }

    /// The methods of one family, such as `im.chat`.
    static func methods(_ family: String, scope: String, as actor: @escaping Actor) -> [PortalMethod] {
        func method(
            _ name: String,
            _ body: @escaping @Sendable (PortalState, MethodCall, Int) throws(PortalFailure) -> JSONValue
        ) -> PortalMethod {
            PortalMethod("\(family).\(name)", scope: scope) { state, call throws(PortalFailure) in
                MethodReply(try body(state, call, try actor(call, state)))
            }
        }
        return [
            method("add", add), method("get", get), method("leave", leave), method("setOwner", setOwner),
            method("updateTitle", change("TITLE", "title", empty: "TITLE_EMPTY")),
            method("updateColor", change("COLOR", "color", empty: "WRONG_COLOR")),
            method("updateAvatar", change("AVATAR", "avatar", empty: "AVATAR_ERROR")),
            method("user.add", addUsers), method("user.delete", deleteUser), method("user.list", users),
        ]
    }

    /// `im.dialog.get` and `imbot.dialog.get`.
    static func dialog(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        MethodReply(try seen(call, state).row(for: call.userID))
    }

    /// `im.dialog.users.list`
    static func people(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let limit = min(max(call.integer("LIMIT") ?? 50, 1), 200)
        var rows: [JSONValue] = []
        let members = try seen(call, state).memberIDs.dropFirst(max(0, call.integer("OFFSET") ?? 0))
        for id in members.prefix(limit) { rows.append(try MessageMethods.person(id, in: state)) }
        return MethodReply(.array(rows))
    }

    static func writing(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        _ = try seen(call, state)
        return MethodReply(true)
    }

    private static func seen(_ call: MethodCall, _ state: PortalState) throws(PortalFailure) -> Chat {
        let id = try Chat.resolve(call.text("DIALOG_ID") ?? "", for: call.userID, in: state)
        guard let chat = try Chat.find(id, in: state) else {
            throw PortalFailure("ACCESS_ERROR", "You don't have access to this chat")
        }
        return chat
    }

    /// `imbot.chat.setManager`
    static func setManager(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let actor = try bot(call, state)
        var chat = try own(call, actor, in: state)
        guard let user = call.integer("USER_ID"), chat.memberIDs.contains(user) else {
            throw PortalFailure("USER_ID_EMPTY", "User ID can't be empty")
        }
        try chat.setManagers([user], isAdded: call.text("IS_MANAGER")?.uppercased() != "N", in: state)
        return MethodReply(true)
    }

    static func add(_ state: PortalState, _ call: MethodCall, _ actor: Int) throws(PortalFailure) -> JSONValue {
        let members = (call.parameter("USERS")?.phpList ?? []).compactMap(\.lenientInteger)
        let chat = try Chat.insert(
            call.text("TYPE")?.uppercased() == "OPEN" ? .open : .closed, title: call.text("TITLE") ?? "New chat",
            owner: actor, members: members,
            [
                "description": .string(call.text("DESCRIPTION") ?? ""), "color": .string(call.text("COLOR") ?? "AZURE"),
                "entity_type": .string(call.text("ENTITY_TYPE") ?? ""),
                "entity_id": .string(call.text("ENTITY_ID") ?? ""),
            ], in: state)
        try welcome(chat.memberIDs, to: chat, by: actor, state)
        if let text = call.text("MESSAGE"), !text.isEmpty {
            _ = try ChatPosting.post(Message(chatID: chat.id, authorID: actor, text: text), in: chat, state)
        }
        return .integer(Int64(chat.id))
    }

    static func get(_ state: PortalState, _ call: MethodCall, _ actor: Int) throws(PortalFailure) -> JSONValue {
        let (type, id) = (call.text("ENTITY_TYPE") ?? "", call.text("ENTITY_ID") ?? "")
        for entry in try Chat.documents.all(in: state) {
            let chat = Chat(id: entry.id, fields: entry.fields)
            if !type.isEmpty, chat.entityType == type, chat.entityID == id {
                return ["ID": .integer(Int64(chat.id))]
            }
        }
        return .null
    }

    static func leave(_ state: PortalState, _ call: MethodCall, _ actor: Int) throws(PortalFailure) -> JSONValue {
        try remove(actor, from: try own(call, actor, in: state), state)
        return true
    }

    static func setOwner(_ state: PortalState, _ call: MethodCall, _ actor: Int) throws(PortalFailure) -> JSONValue {
        var chat = try own(call, actor, in: state)
        guard let user = call.integer("USER_ID"), chat.memberIDs.contains(user) else {
            throw PortalFailure("USER_ID_EMPTY", "User ID can't be empty")
        }
        guard chat.ownerID == actor else { throw PortalFailure("ACCESS_ERROR", "You are not the owner") }
        chat.fields["owner"] = .integer(Int64(user))
        try chat.save(in: state)
        return true
    }

    private static func change(
        _ parameter: String, _ field: String, empty code: String
    ) -> @Sendable (PortalState, MethodCall, Int) throws(PortalFailure) -> JSONValue {
        { state, call, actor throws(PortalFailure) in
            var chat = try own(call, actor, in: state)
            guard let value = call.text(parameter), !value.isEmpty else {
                throw PortalFailure(code, "\(parameter) can't be empty")
            }
            chat.fields[field] = .string(value)
            try chat.save(in: state)
            return true
        }
    }

    static func addUsers(_ state: PortalState, _ call: MethodCall, _ actor: Int) throws(PortalFailure) -> JSONValue {
        let users = (call.parameter("USERS")?.phpList ?? []).compactMap(\.lenientInteger)
        try add(users, to: try own(call, actor, in: state), by: actor, state)
        return true
    }

    static func deleteUser(_ state: PortalState, _ call: MethodCall, _ actor: Int) throws(PortalFailure) -> JSONValue {
        let chat = try own(call, actor, in: state)
        guard let user = call.integer("USER_ID"), chat.memberIDs.contains(user) else {
            throw PortalFailure("USER_NOT_FOUND", "User is not a member of the chat")
        }
        try remove(user, from: chat, state)
        return true
    }

    static func users(_ state: PortalState, _ call: MethodCall, _ actor: Int) throws(PortalFailure) -> JSONValue {
        .array(try own(call, actor, in: state).memberIDs.map { .integer(Int64($0)) })
    }

    // MARK: Shared with the second generation

    static func add(_ users: [Int], to chat: Chat, by actor: Int, _ state: PortalState) throws(PortalFailure) {
        for user in users {
            guard try ChatMember.exists(user, in: state) else {
                throw PortalFailure("USER_NOT_FOUND", "User not found")
            }
        }
        var chat = chat
        let newcomers = users.filter { !chat.memberIDs.contains($0) }
        chat.memberIDs = chat.memberIDs + newcomers
        try chat.save(in: state)
        try welcome(newcomers, to: chat, by: actor, state)
    }

    static func remove(_ user: Int, from chat: Chat, _ state: PortalState) throws(PortalFailure) {
        guard chat.kind != .personal else { throw PortalFailure("ACCESS_ERROR", "A private dialog has two members") }
        var chat = chat
        chat.memberIDs = chat.memberIDs.filter { $0 != user }
        if chat.ownerID == user { chat.fields["owner"] = .integer(Int64(chat.memberIDs.first ?? 0)) }
        try chat.save(in: state)
    }

    private static func welcome(
        _ users: [Int], to chat: Chat, by actor: Int, _ state: PortalState
    ) throws(PortalFailure) {
        for user in users where user != actor {
            if let bot = try Bot.find(user, in: state) { try BotEvents(state: state).joined(bot, chat, by: actor) }
        }
    }

    private static func own(_ call: MethodCall, _ actor: Int, in state: PortalState) throws(PortalFailure) -> Chat {
        let dialog = call.text("DIALOG_ID") ?? ""
        guard let id = call.integer("CHAT_ID") ?? Int(dialog.drop { !$0.isNumber }) else {
            throw PortalFailure("CHAT_ID_EMPTY", "Chat ID can't be empty")
        }
        guard let chat = try Chat.find(id, in: state), chat.memberIDs.contains(actor) else {
            throw PortalFailure("ACCESS_ERROR", "You don't have access to this chat")
        }
        return chat
    }
}
