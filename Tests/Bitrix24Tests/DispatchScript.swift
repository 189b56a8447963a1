import Testing
import Wire

@testable import Bitrix24

/// A dispatcher and a bucket under a clock that the test moves.
struct DispatchScript {
    var dispatcher: Dispatcher<Int>
    var pace: Pace
    var nowNS: UInt64 = 0
    /// What answers say of the portal's work.
    var seconds = 0.01
    private(set) var calls: [Int: Call] = [:]
    /// Packs under way, by their first ticket.
    private(set) var packs: [Int: Pack<Int>] = [:]

    init(plan: Pace.Plan = .standard, level: Double = 0) {
        pace = Pace(plan, standing: Pace.Standing(level: level, levelNS: 0))
        dispatcher = Dispatcher(slotNS: pace.slotNS)
    }

    mutating func enqueue(
        _ ticket: Int, _ method: String = "crm.lead.get", _ parameters: JSONObject = ["id": 1], run: UInt64,
        holder: String = "webhook of user 1", isUrgent: Bool = false, isAlone: Bool = false
    ) throws {
        let call = try Call(method, parameters: parameters)
        calls[ticket] = call
        try dispatcher.enqueue(
            ticket, call, DispatchOptions(run: run, holder: holder, isUrgent: isUrgent, isAlone: isAlone))
    }

    /// What goes out at this time, packs as lists of several.
    mutating func departures() -> [[Int]] {
        var left: [[Int]] = []
        while case .ask(let need) = dispatcher.step(nowNS: nowNS) {
            switch dispatcher.departure(pace.request(need, nowNS: nowNS), nowNS: nowNS) {
            case .call(let ticket)?: left.append([ticket])
            case .pack(let pack)?:
                left.append(pack.tickets)
                packs[pack.tickets[0]] = pack
            case nil: break
            }
        }
        return left
    }

    /// Answers the request whose first call has this ticket; what became of each.
    @discardableResult
    mutating func answer(_ ticket: Int) throws -> [(ticket: Int, outcome: Pack<Int>.Outcome)] {
        let time = "{\"start\":1000,\"finish\":1001,\"duration\":\(seconds)}"
        guard let pack = packs[ticket] else {
            return try receive(ticket, "{\"result\":1,\"time\":\(time)}")
        }
        let keys = pack.tickets.indices.map { BatchRequest.key($0) }
        let results = keys.map { "\"\($0)\":1" }.joined(separator: ",")
        let times = keys.map { "\"\($0)\":\(time)" }.joined(separator: ",")
        return try receive(
            ticket, "{\"result\":{\"result\":{\(results)},\"result_error\":[],\"result_time\":{\(times)}}}")
    }

    @discardableResult
    mutating func fail(_ ticket: Int, _ code: String, _ status: Int) throws -> [(
        ticket: Int, outcome: Pack<Int>.Outcome
    )] {
        try receive(ticket, "{\"error\":\"\(code)\"}", status: status)
    }

    /// Gives the request whose first call has this ticket an answer.
    @discardableResult
    mutating func receive(_ ticket: Int, _ body: String, status: Int = 200) throws -> [(
        ticket: Int, outcome: Pack<Int>.Outcome
    )] {
        let raw = RawAnswer(status: status, bytes: Array(body.utf8))
        if let pack = packs.removeValue(forKey: ticket) {
            return dispatcher.answered(pack, Answer(raw, to: pack.call), nowNS: nowNS)
        }
        guard let call = calls[ticket] else { throw TestProblem(message: "no call \(ticket)") }
        dispatcher.answered(call, holder: "webhook of user 1", Answer(raw, to: call), nowNS: nowNS)
        return []
    }

    // -- Random arrivals ----------------------------------------------------------------------------------------------

    /// Calls of ten runs arrive in bursts; some pack, some do not, some are urgent. All of them are sent within the
    /// time that the bucket takes for them one by one.
    static func checkRandomArrivals(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var script = DispatchScript(level: Double.random(in: 0...46, using: &random))
        let total = 400
        var arrived = 0
        var sent: [Int] = []
        var runs: [Int: UInt64] = [:]
        var underWay: [(first: Int, dueNS: UInt64)] = []
        var requests = 0
        while sent.count < total {
            if arrived < total, Int.random(in: 0..<3, using: &random) == 0 {
                for _ in 0..<min(Int.random(in: 1...60, using: &random), total - arrived) {
                    runs[arrived] = UInt64.random(in: 0..<10, using: &random)
                    let isUrgentRun = runs[arrived] == 9
                    let method = ["crm.lead.get", "user.get", "disk.file.uploadversion"].randomElement(using: &random)
                    try script.enqueue(
                        arrived, method ?? "user.get", run: runs[arrived] ?? 0, isUrgent: isUrgentRun)
                    arrived += 1
                }
            }
            for left in script.departures() {
                #expect((1...50).contains(left.count), "seed \(seed)")
                if left.count > 1 {
                    #expect(left.allSatisfy { script.calls[$0]?.method != "disk.file.uploadversion" }, "seed \(seed)")
                }
                sent += left
                requests += 1
                underWay.append(
                    (left[0], script.nowNS + UInt64.random(in: 10_000_000...2_000_000_000, using: &random)))
            }
            script.nowNS += UInt64.random(in: 1_000_000...400_000_000, using: &random)
            for done in underWay where done.dueNS <= script.nowNS { try script.answer(done.first) }
            underWay.removeAll { $0.dueNS <= script.nowNS }
            #expect(script.pace.level(nowNS: script.nowNS) <= script.pace.capacity)
            guard script.nowNS < 400_000_000_000 else { break }
        }
        #expect(sent.sorted() == Array(0..<total), "seed \(seed): each goes out once")
        for run in UInt64(0)..<10 {
            let order = sent.filter { runs[$0] == run }
            #expect(order == order.sorted(), "seed \(seed): the order within run \(run)")
        }
        #expect(requests < total, "seed \(seed): packs save requests")
    }
}
