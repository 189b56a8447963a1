import Bitrix24
import Glibc
import Storage

/// The shared budget's database. Times in it are of the boot-wide monotonic clock, and hold for the boot named beside.
final class BudgetFile {
    private static let busyTimeoutMS = 2000
    /// A bucket of any plan has leaked empty after this.
    private static let emptyAfterNS: Int64 = 3_600_000_000_000

    private let database: Database
    private let boot: String
    /// The newest changes of operating times that were read, by portal.
    private var versions: [String: Int64] = [:]

    static func path(in folder: String) -> String { "\(folder)/budget.db" }

    init(in folder: String) throws(DatabaseFailure) {
        var limits = Database.Limits()
        limits.busyTimeoutMS = Self.busyTimeoutMS
        limits.valueBytesMax = 1 << 16
        database = try Database(.file(Self.path(in: folder)), limits: limits)
        boot = Self.bootID()
        // What a crash of the machine loses is worthless after it.
        try database.executeScript(
            """
            PRAGMA synchronous = off;
            CREATE TABLE IF NOT EXISTS bucket(
                portal TEXT PRIMARY KEY, boot TEXT NOT NULL, drain REAL NOT NULL, burst INTEGER NOT NULL,
                level REAL NOT NULL, level_ns INTEGER NOT NULL, hold_until_ns INTEGER NOT NULL,
                refusals INTEGER NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS operating(
                portal TEXT NOT NULL, holder TEXT NOT NULL, method TEXT NOT NULL, seconds REAL NOT NULL,
                reset_ns INTEGER NOT NULL, blocked_until_ns INTEGER NOT NULL, version INTEGER NOT NULL,
                PRIMARY KEY(portal, holder, method)) WITHOUT ROWID;
            """)
        try forget(MonotonicClock.nowNS())
    }

    /// Takes out what says nothing any more: operating times that have left, buckets that have long been empty.
    private func forget(_ nowNS: UInt64) throws(DatabaseFailure) {
        let now = Int64(clamping: nowNS)
        try database.transaction { () throws(DatabaseFailure) in
            try database.execute(
                "DELETE FROM operating WHERE max(reset_ns, blocked_until_ns) < ?", [.integer(now)])
            try database.execute(
                "DELETE FROM bucket WHERE boot = ? AND level_ns < ? AND hold_until_ns < ? "
                    + "AND portal NOT IN (SELECT portal FROM operating)",
                [.text(boot), .integer(now - Self.emptyAfterNS), .integer(now)])
        }
    }

    /// Changes every time the machine starts; a machine that does not tell is taken to run on.
    private static func bootID() -> String {
        do throws(HostFailure) {
            let bytes = try SourceFile.read("/proc/sys/kernel/random/boot_id", bytesMax: 128)
            return String(decoding: bytes.filter { $0 > 0x20 }, as: UTF8.self)
        } catch {
            return "unknown"
        }
    }

    /// - Parameter pace: what this process knows; joined with what all others know, and changed.
    func settle(
        _ report: BudgetReport, for portal: String, _ pace: inout Pace, _ nowNS: UInt64
    ) throws(DatabaseFailure) -> BudgetAnswer {
        var shared = pace
        let answer = try database.transaction { () throws(DatabaseFailure) -> BudgetAnswer in
            let row = try bucket(portal)
            if let row, row.boot != boot {
                try database.execute("DELETE FROM operating WHERE portal = ?", [.text(portal)])
            }
            // What this process saw last is in the row, but where it could not write for a while.
            shared = pace
            if let row { shared.join(row.standing.believed(nowNS: nowNS, isSameBoot: row.boot == boot), nowNS: nowNS) }
            var answer = BudgetAnswer()
            answer.decision = shared.settle(report, nowNS: nowNS)
            var version = row?.version ?? 0
            let known = versions[portal, default: 0]
            if version != known { answer.operating = try operating(portal, after: known) }
            if !report.operating.isEmpty {
                // No version comes twice, not even when the row was forgotten meanwhile.
                version = max(version + 1, Int64(clamping: nowNS))
                for (key, entry) in report.operating { try keep(key, entry, portal, version) }
            }
            versions[portal] = version
            try keep(shared, portal, version)
            return answer
        }
        pace = shared
        return answer
    }

    func standings(_ nowNS: UInt64) throws(DatabaseFailure) -> [PortalStanding] {
        let rows = try database.query(
            "SELECT portal, boot, drain, burst, level, level_ns, hold_until_ns, refusals FROM bucket ORDER BY portal"
        ) { row in
            (
                portal: row.text(0), boot: row.text(1),
                plan: Pace.Plan(drainPerSecond: row.real(2), burst: row.int(3)),
                standing: Pace.Standing(
                    level: row.real(4), levelNS: Self.time(row.integer(5)), holdUntilNS: Self.time(row.integer(6)),
                    refusals: row.int(7))
            )
        }
        var standings: [PortalStanding] = []
        for row in rows {
            let isSameBoot = row.boot == boot
            let pace = Pace(row.plan, standing: row.standing.believed(nowNS: nowNS, isSameBoot: isSameBoot))
            let entries = isSameBoot ? try operating(row.portal, after: -1) : []
            standings.append(
                PortalStanding(
                    portal: row.portal, plan: row.plan, level: pace.level(nowNS: nowNS), capacity: pace.capacity,
                    idleSeconds: isSameBoot ? Self.seconds(until: nowNS, row.standing.levelNS ?? 0) : nil,
                    holdSeconds: Self.seconds(until: pace.standing.holdUntilNS, nowNS),
                    methods: entries.filter { max($0.entry.resetNS, $0.entry.blockedUntilNS) > nowNS }.map {
                        PortalStanding.Method(
                            key: $0.key, seconds: $0.entry.seconds,
                            resetSeconds: Self.seconds(until: $0.entry.resetNS, nowNS),
                            blockedSeconds: Self.seconds(until: $0.entry.blockedUntilNS, nowNS))
                    }))
        }
        return standings
    }

    // -- Rows ---------------------------------------------------------------------------------------------------------

    private typealias Bucket = (boot: String, standing: Pace.Standing, version: Int64)

    private func bucket(_ portal: String) throws(DatabaseFailure) -> Bucket? {
        try database.first(
            "SELECT boot, level, level_ns, hold_until_ns, refusals, version FROM bucket WHERE portal = ?",
            [.text(portal)]
        ) { row in
            (
                row.text(0),
                Pace.Standing(
                    level: row.real(1), levelNS: Self.time(row.integer(2)), holdUntilNS: Self.time(row.integer(3)),
                    refusals: row.int(4)),
                row.integer(5)
            )
        }
    }

    private func keep(_ pace: Pace, _ portal: String, _ version: Int64) throws(DatabaseFailure) {
        try database.execute(
            "INSERT OR REPLACE INTO bucket("
                + "portal, boot, drain, burst, level, level_ns, hold_until_ns, refusals, version"
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                .text(portal), .text(boot), .real(pace.plan.drainPerSecond), .integer(Int64(pace.plan.burst)),
                .real(pace.standing.level), .integer(Int64(clamping: pace.standing.levelNS ?? 0)),
                .integer(Int64(clamping: pace.standing.holdUntilNS)), .integer(Int64(pace.standing.refusals)),
                .integer(version),
            ])
    }

    private func operating(
        _ portal: String, after version: Int64
    ) throws(DatabaseFailure) -> [(key: OperatingLedger.Key, entry: OperatingLedger.Entry)] {
        try database.query(
            "SELECT holder, method, seconds, reset_ns, blocked_until_ns FROM operating "
                + "WHERE portal = ? AND version > ? ORDER BY holder, method",
            [.text(portal), .integer(version)]
        ) { row in
            (
                OperatingLedger.Key(holder: row.text(0), method: row.text(1)),
                OperatingLedger.Entry(
                    seconds: row.real(2), resetNS: Self.time(row.integer(3)), blockedUntilNS: Self.time(row.integer(4)))
            )
        }
    }

    private func keep(
        _ key: OperatingLedger.Key, _ entry: OperatingLedger.Entry, _ portal: String, _ version: Int64
    ) throws(DatabaseFailure) {
        try database.execute(
            "INSERT OR REPLACE INTO operating(portal, holder, method, seconds, reset_ns, blocked_until_ns, version) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .text(portal), .text(key.holder), .text(key.method), .real(entry.seconds),
                .integer(Int64(clamping: entry.resetNS)), .integer(Int64(clamping: entry.blockedUntilNS)),
                .integer(version),
            ])
    }

    private static func time(_ stored: Int64) -> UInt64 { UInt64(max(0, stored)) }

    private static func seconds(until timeNS: UInt64, _ nowNS: UInt64) -> Double {
        timeNS > nowNS ? Double(timeNS - nowNS) / 1e9 : 0
    }
}
