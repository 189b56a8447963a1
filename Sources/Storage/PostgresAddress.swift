internal import CPQ

typealias LibPQ = UnsafePointer<cpq>

/// Where a PostgreSQL server is, as `postgres://user:password@host:port/database?sslmode=require` says it. Its messages
/// hold neither the user's nor the URL's password.
struct PostgresAddress {
    let url: String
    /// How a message names the database.
    let name: String
    let library: LibPQ
    private let password: String

    /// Loads libpq and checks the URL's form; nothing is connected.
    init(_ url: String) throws(DatabaseFailure) {
        guard let library = cpq_load() else { throw DatabaseFailure(.cannotOpen, String(cString: cpq_load_error())) }
        guard PostgresAddress.isWellFormed(url), let options = library.pointee.conninfo_parse(url, nil) else {
            // Not libpq's own words: they quote the part that is wrong, and that may be of the password.
            throw DatabaseFailure(
                .cannotOpen,
                "The database's URL cannot be read: write postgres://user:password@host:port/database, and "
                    + "percent-code what is special in the password, such as @ as %40 and / as %2F.")
        }
        defer { library.pointee.conninfo_free(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        self.url = url
        self.library = library
        password = values["password"] ?? ""
        let port = values["port"].map { ":\($0)" } ?? ""
        name = "the database \(values["dbname"] ?? "") at \(values["host"] ?? "the default host")\(port)"
    }

    /// libpq's words about a connection, in one line.
    func message(_ connection: OpaquePointer?) -> String {
        let text = library.pointee.error_message(connection).map { String(cString: $0) } ?? "out of memory"
        let line = text.split(whereSeparator: \.isNewline).joined(separator: "; ")
        // libpq does not tell passwords; should a server do, it is not repeated.
        return password.isEmpty ? line : line.split(separator: password).joined(separator: "***")
    }

    /// An `@` or `/` in a password that is not percent-coded would make a host or a port of its rest, and messages name
    /// hosts and ports.
    private static func isWellFormed(_ url: String) -> Bool {
        let schemes = ["postgres://", "postgresql://"]
        guard let scheme = schemes.first(where: url.hasPrefix), !url.utf8.contains(0) else { return false }
        let rest = url.dropFirst(scheme.count).prefix { $0 != "?" }
        guard let at = rest.lastIndex(of: "@") else { return true }
        return !rest[..<at].contains { $0 == "@" || $0 == "/" }
    }
}
