internal import Storage
internal import Wire

/// Links to files, for downloading and uploading. A link holds the credential it was made for and lives as long as
/// that: whoever has a webhook's link has a key to the portal that does not expire.
///
/// https://apidocs.bitrix24.com/api-reference/files/index.html
struct FileLinks {
    static let schema = [
        """
        CREATE TABLE IF NOT EXISTS file_link (
          token TEXT PRIMARY KEY, target INTEGER NOT NULL, purpose TEXT NOT NULL, expires INTEGER, uses INTEGER
        ) WITHOUT ROWID
        """
    ]

    /// What a link opens.
    enum Target: Equatable {
        /// The bytes of a file of the store.
        case file(Int)
        /// A new file in a folder of Drive, named in advance: the number of the upload that waits.
        case upload(Int)
    }

    /// How long a link from an open chat is good for. Seconds.
    static let onceSecondsMax = 60

    let state: PortalState

    /// - Parameters:
    ///   - method: `download` or `upload`, or the method of the module that owns the file.
    ///   - module: stands before the sign in the token, such as `disk`.
    ///   - isOnce: the link dies when it is used, and after a minute.
    func url(
        _ method: String, _ target: Target, module: String = "disk", for call: MethodCall, isOnce: Bool = false
    ) throws(PortalFailure) -> String {
        let token = "\(module)|\(state.random.hexadecimal(digits: 40))"
        let (purpose, number) = Self.stored(target)
        let expires = isOnce ? SQLValue.integer(state.clock.unixSeconds + Int64(Self.onceSecondsMax)) : .null
        try state.execute(
            "INSERT INTO file_link VALUES (?, ?, ?, ?, ?)",
            [.text(token), .integer(Int64(number)), .text(purpose), expires, isOnce ? .integer(1) : .null])
        var query = "token=\(PercentCoding.encode(token))"
        if let auth = call.credential.linkToken { query = "auth=\(PercentCoding.encode(auth))&\(query)" }
        return "\(state.site.clientEndpoint)\(call.credential.linkPath)\(method).json?\(query)"
    }

    /// What the link of this request opens.
    ///
    /// - Throws: 404, as nginx answers for a link it does not know.
    func target(of call: MethodCall) throws(PortalFailure) -> Target {
        let unknown = PortalFailure("ERROR_NOT_FOUND", "Not found", status: 404)
        guard let token = call.text("token") else { throw unknown }
        let row = try state.first(
            "SELECT target, purpose, expires, uses FROM file_link WHERE token = ?", [.text(token)]
        ) { row in
            (row.int(0), row.text(1), row.isNull(2) ? nil : row.integer(2), row.isNull(3) ? nil : row.int(3))
        }
        guard let (number, purpose, expires, uses) = row, expires ?? .max > state.clock.unixSeconds else {
            throw unknown
        }
        if uses != nil { try state.execute("DELETE FROM file_link WHERE token = ?", [.text(token)]) }
        switch purpose {
        case "file": return .file(number)
        default: return .upload(number)
        }
    }

    private static func stored(_ target: Target) -> (String, Int) {
        switch target {
        case .file(let id): ("file", id)
        case .upload(let id): ("upload", id)
        }
    }
}

extension PortalState {
    var fileLinks: FileLinks { FileLinks(state: self) }
}
