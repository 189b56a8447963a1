public import Storage
public import Wire

/// What the methods work on. Not Sendable: the engine's thread owns it.
public final class PortalState {
    public let database: Database
    public let clock: PortalClock
    /// The zone of "server settings' time": every date the portal prints carries its offset.
    public let timeZone: TimeZoneRules
    public var settings: PortalSettings
    public internal(set) var applications = PortalApplications()
    /// Misbehaviour that somebody asked for.
    public var faults = FaultTable()
    /// Addresses of the portal and its authorization server.
    public internal(set) var site = PortalSite()
    /// 32 hexadecimal digits: the portal's identity, which survives a renaming.
    public let memberID: String
    /// Chance, the same for the same `seedNumber`.
    var random: SeededGenerator
    /// What families keep in memory between calls (row counts, compiled field tables).
    let caches = PortalCaches()
    /// What happens while a call runs, for those who want to hear of it.
    let events = PortalEvents()

    init(database: Database, clock: PortalClock, timeZone: TimeZoneRules, settings: PortalSettings) {
        self.database = database
        self.clock = clock
        self.timeZone = timeZone
        self.settings = settings
        var random = SeededGenerator(seed: settings.seedNumber)
        memberID = settings.memberID ?? random.hexadecimal(digits: 32)
        self.random = random
    }

    /// Puts an application on the portal, or changes its card.
    ///
    /// - Throws: above `PortalApplications.countMax`.
    public func register(_ application: PortalApplication) throws(PortalFailure) {
        var application = application
        if application.applicationToken.isEmpty { application.applicationToken = random.hexadecimal(digits: 32) }
        try applications.register(application)
    }

    /// Who is signed in in the browser.
    var signedInUserID: Int {
        settings.oauth.signedInUserID ?? settings.administratorIDs.min() ?? 1
    }
}

// The database with its failures already in the portal's shape, for use in handlers.
extension PortalState {
    public func execute(_ sql: String, _ parameters: [SQLValue] = []) throws(PortalFailure) {
        do { try database.execute(sql, parameters) } catch { throw .local("\(error)") }
    }

    /// Rolled back when `body` throws; may nest.
    public func transaction<T>(_ body: () throws(PortalFailure) -> T) throws(PortalFailure) -> T {
        try database.transaction(failingAs: { .local("\($0)") }, body)
    }

    public func query<T>(
        _ sql: String, _ parameters: [SQLValue] = [],
        _ row: (borrowing Row) throws(DatabaseFailure) -> T
    ) throws(PortalFailure) -> [T] {
        do { return try database.query(sql, parameters, row) } catch { throw .local("\(error)") }
    }

    /// Lends each row without collecting; `row` returns false to stop early.
    public func forEach(
        _ sql: String, _ parameters: [SQLValue] = [],
        _ row: (borrowing Row) throws(DatabaseFailure) -> Bool
    ) throws(PortalFailure) {
        do { try database.forEach(sql, parameters, row) } catch { throw .local("\(error)") }
    }

    public func first<T>(
        _ sql: String, _ parameters: [SQLValue] = [],
        _ row: (borrowing Row) throws(DatabaseFailure) -> T
    ) throws(PortalFailure) -> T? {
        do { return try database.first(sql, parameters, row) } catch { throw .local("\(error)") }
    }
}

extension PortalState {
    /// The first column of the first row.
    public func integer(_ sql: String, _ parameters: [SQLValue] = []) throws(PortalFailure) -> Int? {
        try integers(sql, parameters).first
    }

    /// The first column of every row.
    public func integers(_ sql: String, _ parameters: [SQLValue] = []) throws(PortalFailure) -> [Int] {
        try query(sql, parameters) { row throws(DatabaseFailure) in
            let value = row.int(0)
            return value
        }
    }

    /// Rows whose columns are all texts.
    public func texts(_ sql: String, _ parameters: [SQLValue] = []) throws(PortalFailure) -> [[String]] {
        try query(sql, parameters) { row throws(DatabaseFailure) in
            var columns: [String] = []
            for column in 0..<row.count { columns.append(row.optionalText(column) ?? "") }
            return columns
        }
    }
}

extension PortalState {
    /// Now, as classic REST prints it: `2026-05-14T10:26:32+02:00`.
    public var now: String { iso8601(clock.unixSeconds) }

    /// An instant in the portal's zone.
    public func iso8601(_ unixSeconds: Int64) -> String {
        Timestamp(unixSeconds: unixSeconds, nanoseconds: 0)
            .iso8601(offsetSeconds: timeZone.offsetSeconds(at: unixSeconds))
    }

    /// Administrators may do what an ordinary employee may not (`crm.status.add`).
    public func isAdministrator(_ userID: Int) -> Bool {
        settings.administratorIDs.contains(userID)
    }
}
