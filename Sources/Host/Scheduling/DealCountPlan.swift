import Wire

/// Finds who of many employees has the fewest open deals, in few requests.
///
/// A list method tells its `total` without its rows, so one command an employee counts exactly: up to 50 employees take
/// one batch. For more, one batch reads the deals of all of them, 50 pages of 50: up to 2500 open deals, that
/// counts everybody. Only past that are totals asked for again, those with the fewest deals seen first, and only until
/// nobody left can have fewer than the best: the deals seen are a lower bound. 500 employees thus take one batch, in
/// the worst case a few more.
public struct DealCountPlan: Sendable {
    static let pageSize = 50

    private var employees: [Int64]
    private let stages: [String]
    private let callsMax: Int
    /// Deals seen: a lower bound, exact for the ids in `exact`.
    private var seen: [Int64: Int] = [:]
    private var exact: Set<Int64> = []
    private var asked: Set<Int64> = []

    /// - Parameters:
    ///   - stages: the stages an open deal may be in: `NEW`, `C1:NEW` …
    ///   - callsMax: how many calls a batch may have; fewer than 50 where others travel with them.
    public init(employees: Set<Int64>, stages: [String], callsMax: Int = PlannedCall.batchCountMax) {
        self.employees = employees.sorted()
        self.stages = stages
        self.callsMax = callsMax
    }

    /// The calls of the first batch.
    public mutating func start() -> [PlannedCall] {
        if employees.count <= callsMax { return totals(of: employees) }
        return (0..<callsMax).map { page in
            PlannedCall(
                "page\(page)", "crm.deal.list",
                [
                    "filter": filter("@ASSIGNED_BY_ID", .array(employees.map { .integer($0) })),
                    "select": ["ID", "ASSIGNED_BY_ID"], "order": ["ID": "ASC"],
                    "start": .integer(Int64(page * DealCountPlan.pageSize)),
                ])
        }
    }

    /// Leaves employees out from now on: nobody waits for their counts.
    public mutating func drop(_ absent: Set<Int64>) { employees.removeAll(where: absent.contains) }

    /// Folds the replies to a batch in; returns the calls of the next one, none when `counts` is complete.
    ///
    /// - Throws: `.missing` when a call has no usable reply: a count that is not known must not pass for zero.
    public mutating func receive(_ replies: [String: PlannedReply]) throws(BalanceFailure) -> [PlannedCall] {
        if asked.isEmpty { try receivePages(replies) } else { try receiveTotals(replies) }
        let best = employees.filter(exact.contains).compactMap { seen[$0] }.min() ?? .max
        let open = employees.filter { !exact.contains($0) && seen[$0, default: 0] <= best }
            .sorted { (seen[$0, default: 0], $0) < (seen[$1, default: 0], $1) }
        return totals(of: Array(open.prefix(callsMax)))
    }

    /// Open deals by employee, zero included. Who is missing was not counted to the end and has more than the fewest.
    public var counts: [Int64: Int] {
        Dictionary(uniqueKeysWithValues: employees.filter(exact.contains).map { ($0, seen[$0, default: 0]) })
    }

    private mutating func totals(of ids: [Int64]) -> [PlannedCall] {
        asked = Set(ids)
        return ids.map { id in
            PlannedCall(
                "count\(id)", "crm.deal.list",
                ["filter": filter("ASSIGNED_BY_ID", .integer(id)), "select": ["ID"], "start": 0])
        }
    }

    private func filter(_ name: String, _ value: JSONValue) -> JSONValue {
        .object(["@STAGE_ID": .array(stages.map { .string($0) }), name: value])
    }

    private mutating func receiveTotals(_ replies: [String: PlannedReply]) throws(BalanceFailure) {
        for id in asked {
            guard let total = replies["count\(id)"]?.total else { throw .missing("the open deals of user \(id)") }
            seen[id] = total
            exact.insert(id)
        }
    }

    private mutating func receivePages(_ replies: [String: PlannedReply]) throws(BalanceFailure) {
        // A deal that comes in between two pages shifts the rows: each counts once.
        var deals: Set<Int64> = []
        var total = 0
        for page in 0..<callsMax {
            guard let reply = replies["page\(page)"], let rows = reply.result.arrayValue else {
                throw .missing("page \(page) of the open deals")
            }
            total = max(total, reply.total ?? 0)
            for row in rows {
                guard let deal = row["ID"]?.lenientInteger, let owner = row["ASSIGNED_BY_ID"]?.lenientInteger else {
                    throw .missing("ID and ASSIGNED_BY_ID of an open deal")
                }
                if deals.insert(deal).inserted { seen[owner, default: 0] += 1 }
            }
        }
        if total <= deals.count { exact = Set(employees) }
    }
}

/// Why a plan cannot go on: an answer it needs is missing.
public struct BalanceFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        case missing
        case tooManyEmployees = "too_many_employees"
    }

    public let code: Code
    public let message: String

    public var description: String { message }

    static func missing(_ what: String) -> BalanceFailure {
        BalanceFailure(code: .missing, message: "Bitrix24 did not tell \(what)")
    }
}
