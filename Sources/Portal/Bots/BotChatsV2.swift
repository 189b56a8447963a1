internal import Wire

/// `imbot.v2.Chat.*`: groups as the second generation names them.
enum BotChatsV2 {
    private static let types: [Chat.Kind: String] = [
        .personal: "private", .closed: "chat", .open: "open", .line: "lines",
    ]

    /// The chat that `dialogId` names for a bot.
    static func chat(_ call: MethodCall, for bot: Bot, in state: PortalState) throws(PortalFailure) -> Chat {
        let id = try Chat.resolve(call.text("dialogId") ?? "", for: bot.id, in: state)
        guard let chat = try Chat.find(id, in: state), chat.memberIDs.contains(bot.id) else {
            throw PortalFailure("ACCESS_DENIED", "Access denied")
        }
        return chat
    }

    static func row(_ chat: Chat, for userID: Int) -> JSONValue {
        [
            "id": .integer(Int64(chat.id)), "dialogId": .string(chat.dialogID(for: userID)),
            "name": .string(chat.title), "type": .string(types[chat.kind] ?? "chat"),
            "messageType": .string(chat.kind.rawValue), "owner": .integer(Int64(chat.ownerID)),
            "color": chat.fields["color"] ?? "#ab7761", "avatar": chat.fields["avatar"] ?? "",
            "description": chat.fields["description"] ?? "", "entityType": .string(chat.entityType),
            "entityId": .string(chat.entityID), "entityData1": chat.fields["entity_data_1"] ?? "",
            "entityData2": chat.fields["entity_data_2"] ?? "", "entityData3": chat.fields["entity_data_3"] ?? "",
            "diskFolderId": chat.fields["folder"] ?? 0, "role": "member", "permissions": .object(JSONObject()),
        ]
    }

    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        let given = try call.object("fields") ?? JSONObject()
        let members = (given["userIds"]?.phpList ?? given["users"]?.phpList ?? []).compactMap(\.lenientInteger)
        var chat = try Chat.insert(
            given["type"]?.phpText == "open" ? .open : .closed,
            title: given["title"]?.phpText ?? given["name"]?.phpText ?? "New chat", owner: bot.id, members: [],
            [
                "description": given["description"] ?? "", "entity_type": given["entityType"] ?? "",
                "entity_id": given["entityId"] ?? "",
            ], in: state)
        try ChatMethods.add(members, to: chat, by: bot.id, state)
        chat = try Chat.find(chat.id, in: state) ?? chat
        return MethodReply(json: (["chat": row(chat, for: bot.id)] as JSONValue).encoded())
    }

    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        let chat = try chat(call, for: bot, in: state)
        return MethodReply(json: (["chat": row(chat, for: bot.id)] as JSONValue).encoded())
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        var chat = try chat(call, for: bot, in: state)
        for (key, value) in try call.object("fields") ?? JSONObject() {
            switch key {
            case "title", "name": chat.fields["title"] = value
            case "description", "color", "avatar": chat.fields[key] = value
            default: break
            }
        }
        try chat.save(in: state)
        return MethodReply(["result": true])
    }

    static func leave(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        try ChatMethods.remove(bot.id, from: try chat(call, for: bot, in: state), state)
        return MethodReply(["result": true])
    }

    static func setOwner(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        var chat = try chat(call, for: bot, in: state)
        guard let user = call.integer("userId"), chat.memberIDs.contains(user), chat.ownerID == bot.id else {
            throw PortalFailure("ACCESS_DENIED", "Access denied")
        }
        chat.fields["owner"] = .integer(Int64(user))
        try chat.save(in: state)
        return MethodReply(["result": true])
    }

    static func addUsers(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        let users = (call.parameter("userIds")?.phpList ?? []).compactMap(\.lenientInteger)
        try ChatMethods.add(users, to: try chat(call, for: bot, in: state), by: bot.id, state)
        return MethodReply(["result": true])
    }

    static func deleteUser(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        let chat = try chat(call, for: bot, in: state)
        guard let user = call.integer("userId"), chat.memberIDs.contains(user) else {
            throw PortalFailure("USER_NOT_FOUND", "User not found")
        }
        try ChatMethods.remove(user, from: chat, state)
        return MethodReply(["result": true])
    }

    static func users(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        let limit = min(max(call.integer("limit") ?? 50, 1), 200)
        var rows: [JSONValue] = []
        for id in try chat(call, for: bot, in: state).memberIDs.prefix(limit) {
            rows.append(try MessageMethods.person(id, in: state))
        }
        return MethodReply(.array(rows))
    }

    /// Who may manage a chat, beside its owner.
    static func managers(isAdded: Bool) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            let bot = try BotOwner.botV2(call, in: state)
            var chat = try chat(call, for: bot, in: state)
            let users = (call.parameter("userIds")?.phpList ?? []).compactMap(\.lenientInteger)
            try chat.setManagers(users, isAdded: isAdded, in: state)
            return MethodReply(["result": true])
        }
    }
}
