internal import Bitrix24
internal import Wire

/// Where links to files lead: `download`, `crm.controller.item.getFile` and `upload`.
enum FileFamily {
    static let family = PortalFamily(
        "files", schema: FileStore.schema + FileLinks.schema,
        methods: [
            PortalMethod("download", scope: "basic", handler: download),
            PortalMethod("crm.controller.item.getFile", scope: "crm", handler: download),
            PortalMethod("upload", scope: "basic", handler: upload),
        ])

    /// The bytes alone, without an envelope.
    private static func download(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard case .file(let id) = try state.fileLinks.target(of: call), let content = try state.files.content(id)
        else {
            throw PortalFailure("ERROR_NOT_FOUND", "Not found", status: 404)
        }
        return MethodReply(file: content)
    }

    /// The second step of an upload: the file as a part of a multipart body, in the field that the first step named.
    private static func upload(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard case .upload(let waiting) = try state.fileLinks.target(of: call) else {
            throw PortalFailure("ERROR_NOT_FOUND", "Not found", status: 404)
        }
        guard let content = call.files.first(where: { $0.field == uploadField })?.content else {
            throw PortalFailure("ERROR_ARGUMENT", "There is no file in the field '\(uploadField)'.")
        }
        return try DiskUploads.finish(waiting, content, call, in: state)
    }

    static let uploadField = "file"

    /// Whether a method uploads or downloads a file, which a batch refuses.
    ///
    /// https://apidocs.bitrix24.com/settings/how-to-call-rest-api/batch.html
    static func movesFiles(_ method: String) -> Bool {
        if let facts = Catalog.lookup(method, api: .classic) { return facts.movesFiles }
        return method == "download" || method == "upload"
    }
}
