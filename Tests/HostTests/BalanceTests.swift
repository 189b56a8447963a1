import Testing
import Wire

@testable import Host

@Suite struct BalanceTests {
    private static func candidate(
        _ id: Int64, active: Bool = true, position: String = "Cleaner", absent: Bool = false, recent: Int = 0,
        last: Int64? = nil
    ) -> BalanceCandidate {
        BalanceCandidate(
            id: id, isActive: active, position: position, isAbsent: absent, recentAssignments: recent,
            lastAssigned: last)
    }

    private static func winner(_ candidates: [BalanceCandidate], _ deals: [Int64: Int] = [:]) -> Int64? {
        guard
            case .chosen(let id, _, _) = Balance.leastBusy(
                position: "cleaner", candidates: candidates, openDeals: deals)
        else { return nil }
        return id
    }

    @Test func `fewest open deals win, and who is not counted has none`() {
        let three = [Self.candidate(1), Self.candidate(2), Self.candidate(3)]
        #expect(Self.winner(three, [1: 2, 2: 1, 3: 5]) == 2)
        #expect(Self.winner(three, [1: 2, 2: 1]) == 3)
    }

    @Test func `equals are told apart by recent assignments, then the longest wait, then the id`() {
        #expect(Self.winner([Self.candidate(1, recent: 2), Self.candidate(2, recent: 1)]) == 2)
        #expect(Self.winner([Self.candidate(1, last: 50), Self.candidate(2, last: 40)]) == 2)
        #expect(Self.winner([Self.candidate(1, last: 50), Self.candidate(2)]) == 2)
        #expect(Self.winner([Self.candidate(9), Self.candidate(4), Self.candidate(7)]) == 4)
        #expect(Self.winner([Self.candidate(1, recent: 9), Self.candidate(2)], [1: 0, 2: 1]) == 1)
    }

    @Test func `inactive, absent and other people are left out`() {
        let candidates = [
            Self.candidate(1, active: false), Self.candidate(2, absent: true), Self.candidate(3, position: "Driver"),
            Self.candidate(4),
        ]
        #expect(Self.winner(candidates, [4: 99]) == 4)
    }

    @Test(arguments: [
        ("cleaner", " Cleaner ", true), ("Уборщик", "УБОРЩИК", true), ("Senior  Cleaner", "senior\u{a0}cleaner", true),
        ("café", "CAFE\u{301}", true), ("Straßenkehrer", "STRASSENKEHRER", true), ("cleaner", "cleaners", false),
        ("cleaner", "", false), ("", " ", true),
    ])
    func `positions are compared as people read them`(left: String, right: String, isSame: Bool) {
        #expect(Balance.isSame(left, right) == isSame)
    }

    @Test func `the reason says what decided`() {
        func reason(_ candidates: [BalanceCandidate], _ deals: [Int64: Int]) -> String? {
            guard
                case .chosen(_, _, let reason) = Balance.leastBusy(
                    position: "Cleaner", candidates: candidates, openDeals: deals)
            else { return nil }
            return reason
        }
        #expect(reason([Self.candidate(1)], [1: 3]) == "the only one available, with 3 open deals")
        #expect(reason([Self.candidate(1), Self.candidate(2)], [1: 3]) == "fewest open deals of 2: 0")
        #expect(
            reason([Self.candidate(1, recent: 1), Self.candidate(2)], [1: 1, 2: 1])
                == "1 open deal like 1 more, with fewest recent assignments: 0")
        #expect(
            reason([Self.candidate(1, last: 9), Self.candidate(2, last: 5)], [:])
                == "0 open deals like 1 more, not given one for the longest time")
        #expect(reason([Self.candidate(1), Self.candidate(2)], [:]) == "0 open deals like 1 more, with the lowest id")
    }

    @Test func `nobody has a reason, too`() {
        func nobody(_ candidates: [BalanceCandidate]) -> BalanceOutcome.Nobody? {
            guard
                case .nobody(let why, let sentence) = Balance.leastBusy(
                    position: "cleaner", candidates: candidates, openDeals: [:])
            else { return nil }
            return sentence.contains("cleaner") ? why : nil
        }
        #expect(nobody([]) == .noSuchPosition)
        #expect(nobody([Self.candidate(1, position: "Driver")]) == .noSuchPosition)
        #expect(nobody([Self.candidate(1, active: false)]) == .allInactive)
        #expect(nobody([Self.candidate(1, active: false), Self.candidate(2, absent: true)]) == .allAbsent)
    }
}

/// A portal in memory that answers what a plan asks, and counts the batches.
private struct PlannedPortal {
    struct User {
        let id: Int64
        var isActive = true
        var position = "Cleaner"
        var isAbsent = false
    }

    var users: [User] = []
    /// The employees in charge, a deal each; the deal's ID is its place.
    var owners: [Int64] = []
    var funnels: [Int64] = [0, 3]

    func answer(_ call: PlannedCall) -> PlannedReply? {
        switch call.method {
        case "crm.category.list":
            return PlannedReply(result: ["categories": .array(funnels.map { ["id": .integer($0)] })])
        case "user.get":
            let word = call.parameters["FILTER"]?["%WORK_POSITION"]?.stringValue?.lowercased() ?? "?"
            let found = users.filter { $0.position.lowercased().contains(word) }
            return page(
                call,
                found.map { user in
                    [
                        "ID": .string("\(user.id)"), "ACTIVE": .bool(user.isActive),
                        "WORK_POSITION": .string(user.position),
                    ]
                })
        case "calendar.accessibility.get":
            var result = JSONObject()
            for user in users where call.parameters["users"]?.arrayValue?.contains(.integer(user.id)) == true {
                result["\(user.id)"] = user.isAbsent ? [["ACCESSIBILITY": "absent"]] : [["ACCESSIBILITY": "busy"]]
            }
            return PlannedReply(result: .object(result))
        case "crm.deal.list":
            let filter = call.parameters["filter"]
            guard filter?["@STAGE_ID"] == ["NEW", "C3:NEW"] else { return nil }
            let wanted = filter?["@ASSIGNED_BY_ID"]?.arrayValue ?? [filter?["ASSIGNED_BY_ID"] ?? .null]
            let ids = Set(wanted.compactMap(\.integerValue))
            return page(
                call,
                owners.enumerated().filter { ids.contains($0.element) }.map { deal in
                    ["ID": .string("\(deal.offset)"), "ASSIGNED_BY_ID": .string("\(deal.element)")]
                })
        default: return nil
        }
    }

    private func page(_ call: PlannedCall, _ rows: [JSONValue]) -> PlannedReply {
        let start = Int(call.parameters["start"]?.integerValue ?? 0)
        return PlannedReply(result: .array(Array(rows.dropFirst(start).prefix(50))), total: rows.count)
    }

    func run(_ position: String = "cleaner") throws -> (outcome: BalanceOutcome, batches: Int) {
        var plan = BalancePlan(position: position, today: CivilDate(dayNumber: 20_000))
        var calls = plan.start()
        for batches in 1...60 {
            #expect(calls.count <= 50)
            #expect(Set(calls.map(\.key)).count == calls.count)
            let pairs = calls.compactMap { call in answer(call).map { (call.key, $0) } }
            switch try plan.receive(Dictionary(uniqueKeysWithValues: pairs)) {
            case .done(let outcome): return (outcome, batches)
            case .ask(let more): calls = more
            }
        }
        throw BalanceFailure.missing("an end")
    }
}

@Suite struct BalancePlanTests {
    @Test(arguments: [1, 2, 49])
    func `up to 49 employees take two batches, whatever their deals`(count: Int) throws {
        var portal = PlannedPortal(users: (1...Int64(count)).map { .init(id: $0) })
        portal.owners = (1...Int64(count)).flatMap { id in Array(repeating: id, count: 200 - Int(id)) }
        let (outcome, batches) = try portal.run()
        guard case .chosen(let id, let deals, _) = outcome else {
            Issue.record("nobody: \(outcome)")
            return
        }
        #expect(id == Int64(count))
        #expect(deals == 200 - count)
        #expect(batches == 2)
    }

    @Test(arguments: [50, 120, 500])
    func `more employees with up to 2450 open deals take two batches as well`(count: Int) throws {
        var portal = PlannedPortal(users: (1...Int64(count)).map { .init(id: $0) })
        portal.owners = (0..<2450).map { Int64($0 % (count - 1)) + 1 }
        let (outcome, batches) = try portal.run()
        guard case .chosen(let id, let deals, _) = outcome else {
            Issue.record("nobody: \(outcome)")
            return
        }
        #expect(id == Int64(count))
        #expect(deals == 0)
        #expect(batches == 2)
    }

    @Test(arguments: UInt64(0)..<40)
    func `the plan chooses whom counting everything chooses`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let count = Int.random(in: 1...300, using: &random)
        var portal = PlannedPortal()
        portal.users = (1...Int64(count)).map { id in
            PlannedPortal.User(
                id: id, isActive: Int.random(in: 0..<5, using: &random) > 0,
                position: ["Cleaner", " cleaner", "CLEANER", "Senior cleaner"].randomElement(using: &random) ?? "",
                isAbsent: Int.random(in: 0..<5, using: &random) == 0)
        }
        let deals = Int.random(in: 0...6000, using: &random)
        portal.owners = (0..<deals).map { _ in Int64.random(in: 1...Int64(count), using: &random) }
        let counts = Dictionary(portal.owners.map { ($0, 1) }, uniquingKeysWith: +)
        let expected = portal.users.filter {
            $0.isActive && !$0.isAbsent && $0.position.lowercased().filter { $0 != " " } == "cleaner"
        }.min { (counts[$0.id] ?? 0, $0.id) < (counts[$1.id] ?? 0, $1.id) }
        let (outcome, batches) = try portal.run()
        if let expected {
            guard case .chosen(let id, let open, _) = outcome else {
                Issue.record("seed \(seed): nobody, \(outcome)")
                return
            }
            #expect(id == expected.id, "seed \(seed)")
            #expect(open == counts[id] ?? 0, "seed \(seed)")
        } else if case .chosen = outcome {
            Issue.record("seed \(seed): somebody")
        }
        #expect(batches <= 4, "seed \(seed)")
    }

    @Test func `a position nobody has takes one batch`() throws {
        let portal = PlannedPortal(users: [.init(id: 1, position: "Driver")])
        let (outcome, batches) = try portal.run()
        #expect(outcome == .nobody(.noSuchPosition, "no employee has the position \"cleaner\""))
        #expect(batches == 1)
    }

    @Test func `a missing answer stops the plan instead of passing for zero`() throws {
        let portal = PlannedPortal(users: [.init(id: 1), .init(id: 2)])
        for missing in ["funnels", "users0", "absence", "count1"] {
            var plan = BalancePlan(position: "cleaner", today: CivilDate(dayNumber: 20_000))
            var calls = plan.start()
            let failure = #expect(throws: BalanceFailure.self) {
                for _ in 0..<3 {
                    let kept = calls.filter { $0.key != missing }
                    let pairs = kept.compactMap { call in portal.answer(call).map { (call.key, $0) } }
                    guard case .ask(let more) = try plan.receive(Dictionary(uniqueKeysWithValues: pairs)) else {
                        return
                    }
                    calls = more
                }
            }
            #expect(failure?.code == .missing, "\(missing)")
        }
    }

    @Test func `too many employees are refused by name`() {
        let portal = PlannedPortal(users: (1...501).map { .init(id: $0) })
        let failure = #expect(throws: BalanceFailure.self) { try portal.run() }
        #expect(failure?.code == .tooManyEmployees)
        #expect(failure?.message.contains("501") == true)
    }
}
