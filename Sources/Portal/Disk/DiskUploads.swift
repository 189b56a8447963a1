internal import Wire

/// Files that come in: at once in Base64, or in a second step by a link.
///
/// https://apidocs.bitrix24.com/api-reference/disk/folder/disk-folder-upload-file.html
enum DiskUploads {
    /// Uploads whose bytes have not come yet.
    static let waiting = Documents(kind: "disk.upload")

    /// `disk.folder.uploadFile` and `disk.storage.uploadFile`.
    static func begin(into folder: Documents.Entry, _ call: MethodCall, in state: PortalState) throws(PortalFailure)
        -> MethodReply
    {
        let name = try call.object("data")?["NAME"]?.phpText ?? ""
        let isUnique = call.parameter("generateUniqueName")?.isTruthy ?? false
        if let given = call.parameter("fileContent"), !given.isNull {
            let content: FileContent
            if let pair = try FileContent(given) {
                content = pair
            } else if let text = given.stringValue {
                content = try FileContent(name: name, base64: text)
            } else {
                throw DiskFailure.argument("fileContent")
            }
            return try store(content, named: name.isEmpty ? content.name : name, in: folder, isUnique, call, state)
        }
        guard !name.isEmpty else {
            throw PortalFailure("DISK_BASE_SERVICE_22001", "The field NAME is required.")
        }
        let number = try waiting.insert(
            ["folder": .integer(Int64(folder.id)), "name": .string(name), "unique": .bool(isUnique)], in: state)
        return MethodReply([
            "field": .string(FileFamily.uploadField),
            "uploadUrl": .string(try state.fileLinks.url("upload", .upload(number), for: call)),
        ])
    }

    /// The bytes of an upload that was announced. A second file by the same link is a file of its own.
    static func finish(
        _ number: Int, _ content: FileContent, _ call: MethodCall, in state: PortalState
    ) throws(PortalFailure) -> MethodReply {
        guard let fields = try waiting.get(number, in: state), let folder = fields["folder"]?.lenientInteger else {
            throw DiskFailure.notFound(number)
        }
        let entry = try DiskObject.find(folder, .folder, in: state)
        let name = fields["name"]?.stringValue ?? content.name
        return try store(content, named: name, in: entry, fields["unique"]?.isTruthy ?? false, call, state)
    }

    private static func store(
        _ content: FileContent, named name: String, in folder: Documents.Entry, _ isUnique: Bool, _ call: MethodCall,
        _ state: PortalState
    ) throws(PortalFailure) -> MethodReply {
        guard content.bytes.count <= FileStore.fileBytesMax else {
            throw PortalFailure("ERROR_COULD_NOT_SAVE_FILE", "Could not save file.")
        }
        let free = try DiskObject.freeName(name, in: folder.id, isUnique: isUnique, state)
        let file = (id: try state.files.add(FileContent(name: free, bytes: content.bytes)), size: content.bytes.count)
        let id = try DiskObject.add(
            .file, named: free, in: folder.id, storage: DiskObject.storage(folder), by: call.userID, file: file, state)
        return MethodReply(try DiskObject.row(try DiskObject.find(id, .file, in: state), for: call, in: state))
    }

    /// `disk.file.uploadVersion`: new bytes under the old number.
    static func version(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let entry = try DiskMethods.object(.file, call, in: state)
        guard let content = try FileContent(call.parameter("fileContent")) else {
            throw DiskFailure.argument("fileContent")
        }
        let file = try state.files.add(FileContent(name: DiskObject.name(entry), bytes: content.bytes))
        let version = (entry.fields["GLOBAL_CONTENT_VERSION"]?.lenientInteger ?? 1) + 1
        try DiskObject.update(
            entry,
            [
                "FILE_ID": .string(String(file)), "SIZE": .string(String(content.bytes.count)),
                "GLOBAL_CONTENT_VERSION": .string(String(version)),
            ], by: call.userID, in: state)
        return MethodReply(try DiskObject.row(try DiskObject.find(entry.id, .file, in: state), for: call, in: state))
    }
}
