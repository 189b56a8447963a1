internal import Wire

/// A chat: a private dialog of two, a group that somebody made, a task's chat, or a customer's on an open line.
struct Chat {
    static let documents = Documents(kind: "chat")

    /// The letters of `MESSAGE_TYPE`.
    /// https://apidocs.bitrix24.com/api-reference/chat-bots/index.html
    enum Kind: String { case personal = "P", closed = "C", open = "O", line = "L" }

    let id: Int
    var fields: JSONObject

    var kind: Kind { (fields["type"]?.stringValue).flatMap(Kind.init) ?? (fields["pair"] == nil ? .closed : .personal) }
    var title: String { fields["title"]?.stringValue ?? "" }
    var ownerID: Int { fields["owner"]?.lenientInteger ?? 0 }
    var entityType: String { fields["entity_type"]?.stringValue ?? "" }
    var entityID: String { fields["entity_id"]?.stringValue ?? "" }

    var memberIDs: [Int] {
        get {
            guard let pair = fields["pair"]?.stringValue else {
                return (fields["members"]?.arrayValue ?? []).compactMap(\.lenientInteger)
            }
            return pair.split(separator: ":").compactMap { Int($0) }
        }
        set { fields["members"] = .array(newValue.map { .integer(Int64($0)) }) }
    }

    /// What this chat is called by one of its members: in a private dialog the number of the other one.
    func dialogID(for userID: Int) -> String {
        guard kind == .personal else { return "chat\(id)" }
        return String(memberIDs.first { $0 != userID } ?? userID)
    }

    static func find(_ id: Int, in state: PortalState) throws(PortalFailure) -> Chat? {
        guard let fields = try documents.get(id, in: state) else { return nil }
        return Chat(id: id, fields: fields)
    }

    func save(in state: PortalState) throws(PortalFailure) { try Chat.documents.replace(id, with: fields, in: state) }

    /// Who may manage the chat, beside its owner.
    mutating func setManagers(_ users: [Int], isAdded: Bool, in state: PortalState) throws(PortalFailure) {
        var managers = Set((fields["managers"]?.phpList ?? []).compactMap(\.lenientInteger))
        if isAdded { managers.formUnion(users) } else { managers.subtract(users) }
        fields["managers"] = .array(managers.sorted().map { .integer(Int64($0)) })
        try save(in: state)
    }

    /// The chat as `im.dialog.get` and `imopenlines.dialog.get` show it.
    func row(for userID: Int) -> JSONValue {
        let types: [Kind: String] = [.personal: "private", .closed: "chat", .open: "open", .line: "lines"]
        return [
            "id": .integer(Int64(id)), "dialog_id": .string(dialogID(for: userID)), "name": .string(title),
            "description": fields["description"] ?? "", "owner": .integer(Int64(ownerID)),
            "type": .string(types[kind] ?? "chat"), "message_type": .string(kind.rawValue),
            "color": fields["color"] ?? "#ab7761", "avatar": fields["avatar"] ?? "",
            "entity_type": .string(entityType), "entity_id": .string(entityID),
            "entity_data_1": fields["entity_data_1"] ?? "", "entity_data_2": fields["entity_data_2"] ?? "",
            "entity_data_3": fields["entity_data_3"] ?? "", "date_create": fields["date"] ?? "",
            "disk_folder_id": fields["folder"] ?? 0, "manager_list": fields["managers"] ?? [],
        ]
    }

    static func insertTaskChat(_ taskID: Int, in state: PortalState) throws(PortalFailure) -> Int {
        try documents.insert(["task": .integer(Int64(taskID))], in: state)
    }

    /// A group with its owner and members.
    static func insert(
        _ kind: Kind, title: String, owner: Int, members: [Int], _ more: JSONObject = JSONObject(), key: String = "",
        in state: PortalState
    ) throws(PortalFailure) -> Chat {
        let members = Array(Set(members + [owner])).filter { $0 > 0 }.sorted()
        var fields: JSONObject = [
            "type": .string(kind.rawValue), "title": .string(title), "owner": .integer(Int64(owner)),
            "members": .array(members.map { .integer(Int64($0)) }), "date": .string(state.now),
        ]
        for (name, value) in more { fields[name] = value }
        return Chat(id: try documents.insert(fields, owner: key, in: state), fields: fields)
    }

    /// The chat a DIALOG_ID names: `5` a user, `chat12` a chat, `sg3` a group.
    ///
    /// - Throws: the refusal of `im.message.add`.
    static func resolve(_ dialog: String, for userID: Int, in state: PortalState) throws(PortalFailure) -> Int {
        guard !dialog.isEmpty else { throw PortalFailure("DIALOG_ID_EMPTY", "Dialog ID can't be empty") }
        if let partner = Int(dialog) {
            guard partner > 0 else { throw PortalFailure("USER_ID_EMPTY", "User ID can't be empty") }
            guard try ChatMember.exists(partner, in: state) else {
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

/// Who writes in chats: an employee, a bot, or a customer who comes through a connector.
enum ChatMember {
    /// Customers of open lines; they have numbers as users have, and are in no list of employees.
    static let customers = Documents(kind: "chat.customer")

    static func exists(_ id: Int, in state: PortalState) throws(PortalFailure) -> Bool {
        if try UserRecord.find(id, in: state) != nil { return true }
        if try Bot.documents.get(id, in: state) != nil { return true }
        return try customers.get(id, in: state) != nil
    }

    /// An employee who works here, or a bot: who may act by a token.
    static func isActive(_ id: Int, in state: PortalState) throws(PortalFailure) -> Bool {
        if let user = try UserRecord.find(id, in: state) { return UserRecord.isActive(user) }
        return try Bot.documents.get(id, in: state) != nil
    }

    /// A number that no user, bot or customer has.
    static func newNumber(in state: PortalState) throws(PortalFailure) -> Int {
        try UserRecord.documents.reserveNumber(in: state)
    }

    struct Person {
        let id: Int
        let firstName: String
        let lastName: String
        let position: String
        let isActive: Bool
        let isBot: Bool
        let isConnector: Bool
        let gender: String

        var name: String { [firstName, lastName].filter { !$0.isEmpty }.joined(separator: " ") }
    }

    static func person(_ id: Int, in state: PortalState) throws(PortalFailure) -> Person {
        let bot = try Bot.documents.get(id, in: state)
        let customer = bot == nil ? try customers.get(id, in: state) : nil
        let user = try UserRecord.find(id, in: state)
        let fields = bot?["properties"]?.objectValue ?? customer ?? user ?? JSONObject()
        return Person(
            id: id, firstName: fields["NAME"]?.phpText ?? "", lastName: fields["LAST_NAME"]?.phpText ?? "",
            position: fields["WORK_POSITION"]?.phpText ?? "", isActive: user.map(UserRecord.isActive) ?? true,
            isBot: bot != nil, isConnector: customer != nil, gender: fields["PERSONAL_GENDER"]?.phpText ?? "")
    }
}
