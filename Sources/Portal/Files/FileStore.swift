internal import Storage
internal import Wire

/// The bytes of files, apart from the records that show them.
struct FileStore {
    static let schema = [
        """
        CREATE TABLE IF NOT EXISTS file (
          id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, size INTEGER NOT NULL, bytes BLOB NOT NULL
        )
        """
    ]

    /// What chats and comments take; requests are bounded by the server besides.
    /// https://apidocs.bitrix24.com/limits.html
    static let fileBytesMax = 100 << 20

    let state: PortalState

    /// - Returns: The number under which CRM and Drive keep the file.
    func add(_ content: FileContent) throws(PortalFailure) -> Int {
        try state.execute(
            "INSERT INTO file (name, size, bytes) VALUES (?, ?, ?)",
            [.text(content.name), .integer(Int64(content.bytes.count)), .blob(content.bytes)])
        return Int(state.database.lastInsertID)
    }

    func content(_ id: Int) throws(PortalFailure) -> FileContent? {
        try state.first("SELECT name, bytes FROM file WHERE id = ?", [.integer(Int64(id))]) { row in
            FileContent(name: row.text(0), bytes: row.blob(1))
        }
    }

    func name(_ id: Int) throws(PortalFailure) -> String? {
        try state.first("SELECT name FROM file WHERE id = ?", [.integer(Int64(id))]) { $0.text(0) }
    }

    func remove(_ id: Int) throws(PortalFailure) {
        try state.execute("DELETE FROM file WHERE id = ?", [.integer(Int64(id))])
    }
}

extension PortalState {
    var files: FileStore { FileStore(state: self) }
}

/// A file as it travels: its name and its bytes.
struct FileContent: Sendable, Equatable {
    var name: String
    var bytes: [UInt8]

    /// Reads `["name.pdf", "<Base64>"]`, which is how nearly every method takes a file, or `{"fileData": […]}` around
    /// it, as classic CRM wants it.
    ///
    /// https://apidocs.bitrix24.com/api-reference/files/how-to-upload-files.html
    /// - Returns: nil when the value is of another shape, such as the number of a file that is there already.
    /// - Throws: when it has the shape but the content is no Base64.
    init?(_ value: JSONValue?) throws(PortalFailure) {
        let list = value?.phpObject?["fileData"]?.phpList ?? value?.phpList ?? []
        guard list.count == 2, let name = list[0].stringValue, let text = list[1].stringValue else { return nil }
        try self.init(name: name, base64: text)
    }

    /// - Parameter base64: line breaks are ignored, as PHP ignores them; a `data:` prefix is not understood.
    init(name: String, base64: String) throws(PortalFailure) {
        let text = base64.utf8.filter { $0 > 0x20 }
        guard let bytes = Base64.decode(text, isPaddingOptional: true) else {
            throw PortalFailure("ERROR_ARGUMENT", "The content of the file \(name) is not Base64.")
        }
        self.init(name: name, bytes: bytes)
    }

    init(name: String, bytes: [UInt8]) {
        // A name never leads anywhere: it is what is shown.
        let shown = name.split(separator: "/").last.map(String.init) ?? "file"
        self.name = String(shown.prefix(255))
        self.bytes = bytes
    }

    /// By the name's ending, as a web server tells it.
    var mediaType: String {
        switch name.split(separator: ".").last?.lowercased() {
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "pdf": "application/pdf"
        case "txt", "csv": "text/plain; charset=utf-8"
        case "mp3": "audio/mpeg"
        case "wav": "audio/x-wav"
        default: "application/octet-stream"
        }
    }
}
