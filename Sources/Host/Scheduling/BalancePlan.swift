public import Wire

/// Decides who gets the next deal, from the portal's own data, in two requests: a batch with the funnels and the
/// employees, then one with who is absent and the open deals. For more than 49 employees with more than 2450 open
/// deals it takes a third, seldom more (`DealCountPlan`).
///
/// Send what `start` and `receive` ask for as one batch each and give its replies to `receive`, until it is done.
public struct BalancePlan: Sendable {
    public enum Step: Sendable, Equatable {
        case ask([PlannedCall])
        case done(BalanceOutcome)
    }

    /// More employees of one position are refused: the first batch reads this many.
    public static let employeesMax = 500
    private static let pageSize = 50
    private static let absenceKey = "absence"
    /// The entity type of deals in `crm.category.list`.
    private static let dealTypeID: JSONValue = 2

    private enum Phase { case employees, deals }

    private let position: String
    private let today: CivilDate
    private let recentAssignments: [Int64: Int]
    private var phase = Phase.employees
    private var candidates: [BalanceCandidate] = []
    private var absenceIsKnown = false
    private var count = DealCountPlan(employees: [], stages: [])

    /// - Parameters:
    ///   - today: whoever is absent on this day, by the portal's clock, gets nothing.
    ///   - recentAssignments: breaks ties; who is missing has none.
    public init(position: String, today: CivilDate, recentAssignments: [Int64: Int] = [:]) {
        self.position = position
        self.today = today
        self.recentAssignments = recentAssignments
    }

    /// The first batch. Employees are found by the portal's own comparison, which may find more than are meant
    /// (`cleaner` also in `Senior cleaner`), and picked here.
    public func start() -> [PlannedCall] {
        let words = position.split(whereSeparator: \.isWhitespace)
        let funnels = PlannedCall("funnels", "crm.category.list", ["entityTypeId": BalancePlan.dealTypeID])
        let pages = (0..<(BalancePlan.employeesMax / BalancePlan.pageSize)).map { page in
            PlannedCall(
                "users\(page)", "user.get",
                [
                    "FILTER": ["%WORK_POSITION": .string(String(words.first ?? "")), "USER_TYPE": "employee"],
                    "sort": "ID", "order": "ASC", "start": .integer(Int64(page * BalancePlan.pageSize)),
                ])
        }
        return [funnels] + pages
    }

    /// - Throws: `.missing` when an answer it needs is not there, `.tooManyEmployees`.
    public mutating func receive(_ replies: [String: PlannedReply]) throws(BalanceFailure) -> Step {
        switch phase {
        case .employees:
            candidates = try employees(replies)
            let active = candidates.filter(\.isActive).map(\.id)
            guard !active.isEmpty else { return .done(outcome) }
            phase = .deals
            count = DealCountPlan(
                employees: Set(active), stages: try BalancePlan.stages(replies),
                callsMax: PlannedCall.batchCountMax - 1)
            return .ask([absence(of: active)] + count.start())
        case .deals:
            if let reply = replies[BalancePlan.absenceKey] { markAbsent(reply.result) }
            guard absenceIsKnown else { throw .missing("who is absent") }
            let available = candidates.filter { $0.isActive && !$0.isAbsent }
            let calls = available.isEmpty ? [] : try count.receive(replies)
            return calls.isEmpty ? .done(outcome) : .ask(calls)
        }
    }

    private var outcome: BalanceOutcome {
        // Who was not counted to the end has more deals than the fewest: out of the choice.
        let counts = count.counts
        let choice = candidates.filter { !$0.isActive || $0.isAbsent || counts[$0.id] != nil }
        return Balance.leastBusy(position: position, candidates: choice, openDeals: counts)
    }

    private func employees(_ replies: [String: PlannedReply]) throws(BalanceFailure) -> [BalanceCandidate] {
        var found: [Int64: BalanceCandidate] = [:]
        for page in 0..<(BalancePlan.employeesMax / BalancePlan.pageSize) {
            guard let reply = replies["users\(page)"], let rows = reply.result.arrayValue else {
                throw .missing("page \(page) of the employees")
            }
            guard reply.total ?? 0 <= BalancePlan.employeesMax else {
                throw BalanceFailure(
                    code: .tooManyEmployees,
                    message: "\(reply.total ?? 0) employees have a position like \"\(position)\": more than "
                        + "\(BalancePlan.employeesMax)")
            }
            for row in rows {
                guard let id = row["ID"]?.lenientInteger else { throw .missing("the ID of an employee") }
                let work = row["WORK_POSITION"]?.stringValue ?? ""
                guard Balance.isSame(work, position) else { continue }
                found[id] = BalanceCandidate(
                    id: id, isActive: BalancePlan.isTrue(row["ACTIVE"]), position: work,
                    recentAssignments: recentAssignments[id] ?? 0)
            }
        }
        return found.values.sorted { $0.id < $1.id }
    }

    /// `user.get` tells a JSON boolean where others write `Y`.
    private static func isTrue(_ value: JSONValue?) -> Bool { value?.boolValue ?? (value?.stringValue == "Y") }

    /// The first stage of each funnel; the one that every portal has is not named in its stages.
    private static func stages(_ replies: [String: PlannedReply]) throws(BalanceFailure) -> [String] {
        guard let funnels = replies["funnels"]?.result["categories"]?.arrayValue else {
            throw .missing("the funnels of deals")
        }
        let others = funnels.compactMap { $0["id"]?.lenientInteger }.filter { $0 != 0 }.sorted()
        return ["NEW"] + others.map { "C\($0):NEW" }
    }

    private func absence(of ids: [Int64]) -> PlannedCall {
        let day = JSONValue.string(today.description)
        return PlannedCall(
            BalancePlan.absenceKey, "calendar.accessibility.get",
            ["users": .array(ids.map { .integer($0) }), "from": day, "to": day])
    }

    private mutating func markAbsent(_ result: JSONValue) {
        absenceIsKnown = true
        for index in candidates.indices {
            let rows = result[String(candidates[index].id)]?.arrayValue ?? []
            candidates[index].isAbsent = rows.contains { $0["ACCESSIBILITY"]?.stringValue == "absent" }
        }
        count.drop(Set(candidates.filter(\.isAbsent).map(\.id)))
    }
}
