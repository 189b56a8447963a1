internal import CPQ

/// One connection to PostgreSQL, over libpq. Not Sendable: one thread, task or actor owns it.
///
///     let database = try PostgresDatabase("postgres://host@localhost/host")
///     try database.run("INSERT INTO deal(title) VALUES (?)", ["Cleaning"])
///
/// A connection that is lost is made again by the next statement outside of a transaction; inside of one the statement
/// fails as `.connectionLost`, and so does the transaction.
public final class PostgresDatabase: SQLConnection {
    public struct Limits: Sendable {
        public var connectTimeoutS = 10
        /// The longest that the server works on one statement, waiting for locks included.
        public var statementTimeoutMS = 60_000
        /// Prepared statements kept on the server.
        public var statementsMax = 200

        public init() {}
    }

    public let dialect = SQLDialect.postgres
    private let url: String
    private let limits: Limits
    private let library: UnsafePointer<cpq>
    private var connection: OpaquePointer?
    /// The names of prepared statements, by their SQL and the types of their parameters.
    private var prepared: [String: String] = [:]
    private var preparedCount = 0
    private var depth = 0

    public init(_ url: String, limits: Limits = Limits()) throws(DatabaseFailure) {
        guard let library = cpq_load() else {
            throw DatabaseFailure(.cannotOpen, String(cString: cpq_load_error()))
        }
        self.library = library
        self.url = url
        self.limits = limits
        try connect()
    }

    deinit { library.pointee.finish(connection) }

    // -- The connection -----------------------------------------------------------------------------------------------

    private func connect() throws(DatabaseFailure) {
        library.pointee.finish(connection)
        connection = nil
        prepared = [:]
        depth = 0
        let options = "-c statement_timeout=\(limits.statementTimeoutMS) -c client_min_messages=warning"
        let values: [(String, String)] = [
            ("dbname", url), ("connect_timeout", String(limits.connectTimeoutS)), ("application_name", "host"),
            ("client_encoding", "UTF8"), ("keepalives", "1"), ("keepalives_idle", "30"), ("options", options),
        ]
        let made = Self.withStrings(values.map(\.0)) { names in
            Self.withStrings(values.map(\.1)) { texts in
                // The first value is a whole address, which may hold all that the others leave open.
                library.pointee.connect(names, texts, 1)
            }
        }
        guard let made, library.pointee.status(made) == CONNECTION_OK else {
            // libpq's words may repeat the address, and with it a password.
            let words = library.pointee.error_message(made).map { String(cString: $0) } ?? "there is no memory"
            library.pointee.finish(made)
            throw DatabaseFailure(.connectionLost, "PostgreSQL cannot be reached: \(Self.redacted(words, url))")
        }
        library.pointee.set_notice_processor(made, cpq_no_notice, nil)
        connection = made
    }

    /// The first line, without anything that stands in the address between `//` and `@`.
    static func redacted(_ words: String, _ url: String) -> String {
        var line = words.split(separator: "\n").first.map(String.init) ?? ""
        let rest = url.drop { $0 != "/" }.drop { $0 == "/" }
        if let mark = rest.lastIndex(of: "@") {
            let user = rest[..<mark]
            if let colon = user.firstIndex(of: ":") {
                let password = String(user[user.index(after: colon)...])
                if !password.isEmpty { line = line.replacing(password, with: "…") }
            }
        }
        return line
    }

    /// The strings as C wants a list of them, with nothing at the end.
    private static func withStrings(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> OpaquePointer?
    ) -> OpaquePointer? {
        let copies = strings.map { text in
            let bytes = text.utf8CString
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
            for (place, byte) in bytes.enumerated() { copy[place] = byte }
            return copy
        }
        defer { for copy in copies { copy.deallocate() } }
        let pointers: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0) } + [nil]
        return pointers.withUnsafeBufferPointer { buffer in buffer.baseAddress.flatMap(body) }
    }

    private func open() throws(DatabaseFailure) -> OpaquePointer {
        if let connection, library.pointee.status(connection) == CONNECTION_OK { return connection }
        guard depth == 0 else {
            throw DatabaseFailure(.connectionLost, "The connection to PostgreSQL was lost inside a transaction.")
        }
        try connect()
        guard let connection else { throw DatabaseFailure(.connectionLost, "PostgreSQL cannot be reached.") }
        return connection
    }

    // -- Statements ---------------------------------------------------------------------------------------------------

    @discardableResult
    public func run(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseFailure) -> Int {
        let result = PostgresResult(try execute(sql, parameters), library)
        return result.changed
    }

    public func executeScript(_ sql: String) throws(DatabaseFailure) {
        let connection = try open()
        _ = PostgresResult(try check(library.pointee.exec(connection, sql), sql), library)
    }

    public func query<T>(
        _ sql: String, _ parameters: [SQLValue], _ row: (borrowing Row) throws(DatabaseFailure) -> T
    ) throws(DatabaseFailure) -> [T] {
        let result = PostgresResult(try execute(sql, parameters), library)
        var values: [T] = []
        values.reserveCapacity(result.count)
        let fault = RowFault()
        for place in 0..<result.count {
            let value = try row(Row(postgres: PostgresRow(result, Int32(place)), fault: fault))
            if let failure = fault.failure { throw failure }
            values.append(value)
        }
        return values
    }

    public func transaction<T>(_ body: () throws(DatabaseFailure) -> T) throws(DatabaseFailure) -> T {
        let level = depth
        try executeScript(level == 0 ? "BEGIN" : "SAVEPOINT level\(level)")
        depth += 1
        defer { depth = level }
        do throws(DatabaseFailure) {
            let value = try body()
            try executeScript(level == 0 ? "COMMIT" : "RELEASE SAVEPOINT level\(level)")
            return value
        } catch {
            // What is lost is rolled back by itself; the failure that matters is on its way up.
            if error.kind != .connectionLost {
                try? executeScript(level == 0 ? "ROLLBACK" : "ROLLBACK TO SAVEPOINT level\(level)")
            }
            throw error
        }
    }

    private func execute(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseFailure) -> OpaquePointer {
        let connection = try open()
        let encoded = parameters.map(PostgresParameter.init)
        let name = try statement(sql, encoded, connection)
        let lengths = encoded.map { Int32(clamping: $0.bytes.count) }
        let formats = encoded.map { _ in Int32(1) }
        let made = Self.withBytes(encoded) { values in
            library.pointee.exec_prepared(connection, name, Int32(encoded.count), values, lengths, formats, 1)
        }
        return try check(made, sql)
    }

    private static func withBytes<T>(
        _ parameters: [PostgresParameter], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> T
    ) -> T {
        let total = parameters.reduce(0) { $0 + $1.bytes.count + 1 }
        let bytes = UnsafeMutablePointer<CChar>.allocate(capacity: max(total, 1))
        defer { bytes.deallocate() }
        var pointers: [UnsafePointer<CChar>?] = []
        var place = 0
        for parameter in parameters {
            guard !parameter.isNull else {
                pointers.append(nil)
                continue
            }
            for (offset, byte) in parameter.bytes.enumerated() { bytes[place + offset] = CChar(bitPattern: byte) }
            pointers.append(UnsafePointer(bytes + place))
            place += parameter.bytes.count + 1
        }
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }

    /// The name of the prepared statement; made when there is none.
    private func statement(
        _ sql: String, _ parameters: [PostgresParameter], _ connection: OpaquePointer
    ) throws(DatabaseFailure) -> String {
        var key = sql
        for parameter in parameters { key += "\u{1}\(parameter.type)" }
        if let name = prepared[key] { return name }
        if prepared.count >= limits.statementsMax {
            try executeScript("DEALLOCATE ALL")
            prepared = [:]
        }
        preparedCount += 1
        let name = "s\(preparedCount)"
        let types = parameters.map(\.type)
        let made = library.pointee.prepare(
            connection, name, PostgresText.numbered(sql), Int32(types.count), types)
        _ = PostgresResult(try check(made, sql), library)
        prepared[key] = name
        return name
    }

    /// The result, when it is none of a failure.
    private func check(_ result: OpaquePointer?, _ sql: String) throws(DatabaseFailure) -> OpaquePointer {
        let status = result.map { library.pointee.result_status($0) }
        if let result, status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY {
            return result
        }
        defer { library.pointee.clear(result) }
        guard let connection, library.pointee.status(connection) == CONNECTION_OK, let result else {
            throw DatabaseFailure(.connectionLost, "The connection to PostgreSQL was lost.")
        }
        let field = { (code: Int) -> String? in
            self.library.pointee.result_error_field(result, Int32(code)).map { String(cString: $0) }
        }
        let state = field(CPQ_SQLSTATE) ?? ""
        let words = field(CPQ_PRIMARY) ?? "it says no more"
        throw DatabaseFailure(
            DatabaseFailure.Kind(sqlState: state), "\(PostgresText.excerpt(sql)): \(words) [\(state)]")
    }
}

extension DatabaseFailure.Kind {
    /// Source: https://www.postgresql.org/docs/15/errcodes-appendix.html
    init(sqlState: String) {
        switch sqlState.prefix(2) {
        case "08", "57": self = sqlState == "57014" ? .busy : .connectionLost
        case "23": self = .constraint
        case "40", "55": self = .busy
        case "53", "58": self = .disk
        case "25": self = sqlState == "25006" ? .readOnly : .sql
        case "28", "3D": self = .cannotOpen
        case "54": self = .tooLarge
        default: self = .sql
        }
    }
}
