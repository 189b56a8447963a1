import Bitrix24
import Testing
import Wire

/// The portal's side: one more for each request, `drain` less a second, refused above `burst`.
private struct ServerBucket {
    var drain: Double
    var burst: Double
    private var level = 0.0
    private var seconds = 0.0
    private(set) var refused = 0

    init(_ plan: Pace.Plan) { (drain, burst) = (plan.drainPerSecond, Double(plan.burst)) }

    mutating func request(at now: Double) {
        level = max(0, level - (now - seconds) * drain)
        seconds = now
        if level + 1 > burst { refused += 1 } else { level += 1 }
    }
}

struct PaceTests {
    @Test func `lets the burst go at once and then two a second`() {
        var pace = Pace()
        var now: UInt64 = 5_000_000_000
        var sent: [UInt64] = []
        while sent.count < 60 {
            switch pace.request(nowNS: now) {
            case .send: sent.append(now)
            case .wait(let until):
                #expect(until > now)
                now = until
            }
        }
        #expect(sent.prefix(46).allSatisfy { $0 == 5_000_000_000 })
        let steps = zip(sent.dropFirst(46), sent.dropFirst(47)).map { Double($1 - $0) / 1e9 }
        #expect(steps.allSatisfy { (0.5...0.52).contains($0) })
    }

    @Test func `200 batches take less than 1.05 times the floor`() {
        var pace = Pace()
        var now: UInt64 = 0
        var sent = 0
        while sent < 200 {
            switch pace.request(nowNS: now) {
            case .send: sent += 1
            case .wait(let until): now = until
            }
        }
        #expect(Double(now) / 1e9 < 75 * 1.05)
    }

    @Test(arguments: [Pace.Plan.standard, .enterprise])
    func `the portal never refuses, whatever the pattern, jitter and skew of clocks`(plan: Pace.Plan) {
        for seed: UInt64 in 1...40 {
            var random = SeededRandom(seed: seed)
            var pace = Pace(plan)
            var now: UInt64 = 1
            let skew = Double.random(in: 0.991...1.01, using: &random)
            let eagerness = Double.random(in: 0...1, using: &random)
            var arrivals: [Double] = []
            while arrivals.count < 1500 {
                switch pace.request(nowNS: now) {
                case .send: arrivals.append(Double(now) / 1e9 * skew + Double.random(in: 0...1.4, using: &random))
                case .wait(let until): now = until
                }
                if Double.random(in: 0...1, using: &random) > eagerness {
                    now += UInt64.random(in: 0...3_000_000_000, using: &random)
                }
                if Int.random(in: 0..<400, using: &random) == 0 { now += 60_000_000_000 }
            }
            var server = ServerBucket(plan)
            for arrival in arrivals.sorted() { server.request(at: arrival) }
            #expect(server.refused == 0, "seed \(seed)")
        }
    }

    @Test func `a refusal holds everything, longer each time, until a success`() {
        var pace = Pace()
        var now: UInt64 = 1_000_000_000
        #expect(pace.request(nowNS: now) == .send)
        var holds: [UInt64] = []
        for _ in 0..<7 {
            pace.refused(nowNS: now)
            pace.refused(nowNS: now)
            guard case .wait(let until) = pace.request(nowNS: now) else { break }
            holds.append((until - now) / 1_000_000_000)
            now = until
        }
        #expect(holds == [1, 2, 4, 8, 16, 30, 30])
        pace.accepted(nowNS: now)
        pace.refused(nowNS: now)
        #expect(pace.request(nowNS: now) == .wait(untilNS: now + 1_000_000_000))
    }

    @Test func `a clock that goes back does no harm`() {
        var pace = Pace()
        _ = pace.request(nowNS: 10_000_000_000)
        #expect(pace.request(nowNS: 1) == .send)
    }
}

struct CallQueueTests {
    private func timed(operatingResetAt: Double) throws -> Reply {
        let body = #"{"result":1,"time":{"finish":1000,"operating":400,"operating_reset_at":\#(operatingResetAt)}}"#
        let call = try Call("crm.lead.list", parameters: JSONObject())
        guard case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: Array(body.utf8)), to: call) else {
            throw TestProblem(message: "no reply")
        }
        return reply
    }

    private func failure(_ code: String, _ status: Int) throws -> Failure {
        let call = try Call("crm.lead.list", parameters: JSONObject())
        let raw = RawAnswer(status: status, bytes: Array(#"{"error":"\#(code)"}"#.utf8))
        guard case .failed(let failure) = Answer(raw, to: call) else { throw TestProblem(message: "no failure") }
        return failure
    }

    @Test func `first come, first served`() {
        var queue = CallQueue<Int>()
        for ticket in 0..<200 { queue.enqueue(ticket, method: "user.get") }
        queue.withdraw(3)
        var now: UInt64 = 0
        var started: [Int] = []
        running: while true {
            switch queue.next(nowNS: now) {
            case .start(let ticket): started.append(ticket)
            case .wait(let until): now = until
            case .idle: break running
            }
        }
        #expect(started == (0..<200).filter { $0 != 3 })
        #expect(queue.count == 0)
    }

    @Test func `a method without operating time stands aside, others go on`() throws {
        var queue = CallQueue<String>()
        queue.answered(method: "crm.lead.list", reply: try timed(operatingResetAt: 1030), nowNS: 1_000_000_000)
        queue.answered(method: "crm.lead.list", failure: try failure("OPERATION_TIME_LIMIT", 429), nowNS: 2_000_000_000)
        queue.enqueue("blocked", method: "CRM.Lead.List")
        queue.enqueue("free", method: "user.get")
        #expect(queue.next(nowNS: 2_000_000_000) == .start("free"))
        #expect(queue.next(nowNS: 2_000_000_000) == .wait(untilNS: 32_000_000_000))
        #expect(queue.next(nowNS: 32_000_000_000) == .start("blocked"))
        #expect(queue.next(nowNS: 32_000_000_000) == .idle)
    }

    @Test func `without a known reset a method waits ten seconds`() throws {
        var queue = CallQueue<Int>()
        queue.answered(method: "crm.lead.list", failure: try failure("OPERATION_TIME_LIMIT", 429), nowNS: 0)
        queue.enqueue(1, method: "crm.lead.list")
        #expect(queue.next(nowNS: 5) == .wait(untilNS: 10_000_000_000))
    }

    @Test func `a refusal holds the whole portal`() throws {
        var queue = CallQueue<Int>()
        queue.answered(method: "crm.lead.list", failure: try failure("QUERY_LIMIT_EXCEEDED", 503), nowNS: 0)
        queue.enqueue(1, method: "user.get")
        #expect(queue.next(nowNS: 1) == .wait(untilNS: 1_000_000_000))
    }
}
