internal import Wire

/// A file in a chat: a file of Drive that a message shows.
struct ChatFile {
    static let documents = Documents(kind: "chat.file")

    let id: Int
    let fields: JSONObject

    var chatID: Int { fields["chat"]?.lenientInteger ?? 0 }
    var name: String { fields["name"]?.stringValue ?? "" }
    var storedID: Int { fields["file"]?.lenientInteger ?? 0 }

    static func find(_ id: Int, in state: PortalState) throws(PortalFailure) -> ChatFile? {
        guard let fields = try documents.get(id, in: state) else { return nil }
        return ChatFile(id: id, fields: fields)
    }

    static func insert(
        _ content: FileContent, in chat: Chat, by authorID: Int, _ state: PortalState
    ) throws(PortalFailure) -> ChatFile {
        let fields: JSONObject = [
            "chat": .integer(Int64(chat.id)), "name": .string(content.name),
            "size": .integer(Int64(content.bytes.count)),
            "author": .integer(Int64(authorID)), "date": .string(state.now),
            "file": .integer(Int64(try state.files.add(content))),
        ]
        return ChatFile(id: try documents.insert(fields, owner: "chat:\(chat.id)", in: state), fields: fields)
    }

    /// file, image, video or audio.
    private var type: String {
        switch fileExtension {
        case "png", "jpg", "jpeg", "gif", "webp": "image"
        case "mp4", "mov", "webm": "video"
        case "mp3", "wav", "ogg": "audio"
        default: "file"
        }
    }

    private var fileExtension: String { name.split(separator: ".").last.map { $0.lowercased() } ?? "" }

    /// As the second generation shows it.
    func row(in state: PortalState) throws(PortalFailure) -> JSONValue {
        let author = fields["author"]?.lenientInteger ?? 0
        return [
            "id": .integer(Int64(id)), "chatId": .integer(Int64(chatID)), "date": fields["date"] ?? "",
            "type": .string(type), "name": .string(name), "extension": .string(fileExtension),
            "size": fields["size"] ?? 0, "image": type == "image" ? ["height": 10, "width": 10] : false,
            "authorId": .integer(Int64(author)), "authorName": .string(try ChatMember.person(author, in: state).name),
            "isTranscribable": .bool(type == "audio"), "isVideoNote": false, "isVoiceNote": false,
        ]
    }

    /// As `im.dialog.messages.get` shows it. Its addresses want a browser's session, no REST token.
    func classicRow(in state: PortalState) throws(PortalFailure) -> JSONValue {
        let author = fields["author"]?.lenientInteger ?? 0
        let action = "\(state.site.portalURL)bitrix/services/main/ajax.php?action=disk.api.file."
        return [
            "id": .integer(Int64(id)), "chatId": .integer(Int64(chatID)), "date": fields["date"] ?? "",
            "type": .string(type), "name": .string(name), "extension": .string(fileExtension),
            "size": fields["size"] ?? 0, "image": type == "image" ? ["height": 10, "width": 10] : false,
            "status": "done", "progress": 100, "authorId": .integer(Int64(author)),
            "authorName": .string(try ChatMember.person(author, in: state).name), "urlPreview": "",
            "urlShow": .string("\(action)showImage&fileId=\(id)"),
            "urlDownload": .string("\(action)download&fileId=\(id)"),
        ]
    }
}

/// `im.v2.File.*` and `imbot.v2.File.*`; `im.disk.folder.get` and `im.disk.file.commit` of old.
enum ChatFileMethods {
    static func upload(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let id = try Chat.resolve(call.text("dialogId") ?? "", for: call.userID, in: state)
        guard let chat = try Chat.find(id, in: state) else { throw PortalFailure("CHAT_NOT_FOUND", "Chat not found") }
        return try upload(to: chat, by: call.userID, call, state)
    }

    static func uploadByBot(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        return try upload(to: try BotChatsV2.chat(call, for: bot, in: state), by: bot.id, call, state)
    }

    private static func upload(
        to chat: Chat, by author: Int, _ call: MethodCall, _ state: PortalState
    ) throws(PortalFailure) -> MethodReply {
        let given = try call.object("fields") ?? JSONObject()
        guard let name = given["name"]?.phpText, !name.isEmpty, let text = given["content"]?.stringValue, !text.isEmpty
        else { throw PortalFailure("FILE_EMPTY", "File name and content are required") }
        guard text.utf8.count / 4 * 3 <= FileStore.fileBytesMax else {
            throw PortalFailure("FILE_TOO_LARGE", "File is too large")
        }
        let content: FileContent
        do { content = try FileContent(name: name, base64: text) } catch {
            throw PortalFailure("FILE_INVALID_CONTENT", "File content is not Base64")
        }
        let file = try ChatFile.insert(content, in: chat, by: author, state)
        let message = Message(
            chatID: chat.id, authorID: author, text: given["message"]?.phpText ?? "",
            params: ["FILE_ID": [.integer(Int64(file.id))]])
        let posted = try ChatPosting.post(message, in: chat, state)
        return MethodReply([
            "file": try file.row(in: state), "messageId": .integer(Int64(posted.id)),
            "chatId": .integer(Int64(chat.id)), "dialogId": .string(chat.dialogID(for: author)),
        ])
    }

    static func download(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try download(for: call.userID, module: "im", call, state)
    }

    static func downloadByBot(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try download(for: try BotOwner.botV2(call, in: state).id, module: "imbot", call, state)
    }

    /// The link is good for one download.
    private static func download(
        for userID: Int, module: String, _ call: MethodCall, _ state: PortalState
    ) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("fileId"), let file = try ChatFile.find(id, in: state),
            let chat = try Chat.find(file.chatID, in: state), chat.memberIDs.contains(userID)
        else { throw PortalFailure("FILE_NOT_FOUND", "File not found") }
        let url = try state.fileLinks.url("download", .file(file.storedID), module: module, for: call, isOnce: true)
        return MethodReply(["downloadUrl": .string(url)])
    }

    /// The folder of Drive where a chat's files are uploaded.
    static func folder(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        MethodReply(["ID": .integer(Int64(try folder(of: try chat(call, state), state)))])
    }

    /// Shows a file of Drive in a chat.
    static func commit(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let chat = try chat(call, state)
        guard let given = call.integer("UPLOAD_ID") ?? call.integer("FILE_ID") else {
            throw PortalFailure("FILES_ERROR", "Files are not specified")
        }
        let entry = try DiskObject.find(given, .file, in: state)
        guard let stored = entry.fields["FILE_ID"]?.lenientInteger, let content = try state.files.content(stored) else {
            throw PortalFailure("FILES_ERROR", "File not found")
        }
        let file = try ChatFile.insert(content, in: chat, by: call.userID, state)
        let message = Message(
            chatID: chat.id, authorID: call.userID, text: call.text("MESSAGE") ?? "",
            params: ["FILE_ID": [.integer(Int64(file.id))]])
        let posted = try ChatPosting.post(message, in: chat, state)
        return MethodReply([
            "FILES": .object(["upload\(given)": try file.classicRow(in: state)]),
            "DISK_ID": [.string(String(given))], "FILE_MODELS": .object(JSONObject()),
            "MESSAGE_ID": .integer(Int64(posted.id)),
        ])
    }

    private static func folder(of chat: Chat, _ state: PortalState) throws(PortalFailure) -> Int {
        if let known = chat.fields["folder"]?.lenientInteger { return known }
        let storage = try DiskStorage.number(of: .company, in: state)
        let root = DiskStorage.root(try DiskStorage.find(storage, in: state))
        let folder = try DiskObject.add(.folder, named: "chat \(chat.id)", in: root, storage: storage, by: 1, state)
        var chat = chat
        chat.fields["folder"] = .integer(Int64(folder))
        try chat.save(in: state)
        return folder
    }

    private static func chat(_ call: MethodCall, _ state: PortalState) throws(PortalFailure) -> Chat {
        let dialog = call.text("DIALOG_ID") ?? call.text("CHAT_ID").map { "chat\($0)" } ?? ""
        guard !dialog.isEmpty else { throw PortalFailure("CHAT_ID_EMPTY", "Chat ID can't be empty") }
        let id = try Chat.resolve(dialog, for: call.userID, in: state)
        guard let chat = try Chat.find(id, in: state) else { throw PortalFailure("ACCESS_ERROR", "No such chat") }
        return chat
    }
}
