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
            case .short: Issue.record("nobody asked to save")
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
            case .short: Issue.record("nobody asked to save")
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
                case .short: Issue.record("nobody asked to save")
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
        #expect(pace.request(nowNS: now) == .send(plenty: 23))
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

    @Test func `what is short is kept for those who need it now`() {
        var pace = Pace()
        var sent = 0
        while case .send(let plenty) = pace.request(.ifPlenty, nowNS: 0) {
            #expect(plenty == 23 - sent)
            sent += 1
        }
        #expect(sent == 23)
        #expect(pace.request(.ifPlenty, nowNS: 0) == .short)
        #expect(pace.level(nowNS: 0) == 23)
        #expect(pace.request(.now, nowNS: 0) == .send(plenty: 0))
        #expect(pace.request(.ifPlenty, nowNS: 2 * pace.slotNS) == .send(plenty: 1))
    }

    @Test func `what was kept is believed as far as it can be right`() {
        let second: UInt64 = 1_000_000_000
        let kept = Pace.Standing(level: 40, levelNS: 100 * second, holdUntilNS: 110 * second, refusals: 3)
        #expect(kept.believed(nowNS: 105 * second, isSameBoot: true) == kept)
        let rebooted = kept.believed(nowNS: 5 * second, isSameBoot: false)
        #expect(rebooted == Pace.Standing(level: 40, levelNS: 5 * second, holdUntilNS: 0, refusals: 3))
        let ahead = Pace.Standing(level: .nan, levelNS: .max, holdUntilNS: .max, refusals: -1)
        #expect(
            ahead.believed(nowNS: 5 * second, isSameBoot: true)
                == Pace.Standing(level: 0, levelNS: 5 * second, holdUntilNS: 35 * second, refusals: 0))
    }

    @Test func `what was kept and cannot be is brought into reach`() {
        let damaged = Pace.Standing(level: 1e300, levelNS: 0, holdUntilNS: 0, refusals: .max)
        var pace = Pace(standing: damaged.believed(nowNS: 0, isSameBoot: true))
        guard case .wait(let untilNS) = pace.request(nowNS: 0) else {
            Issue.record("a full bucket gave room")
            return
        }
        #expect(untilNS < 600_000_000_000)
        pace.refused(nowNS: 0)
        #expect(pace.request(nowNS: 0) == .wait(untilNS: 30_000_000_000))
    }

    @Test func `a clock that goes back does no harm`() {
        var pace = Pace()
        _ = pace.request(nowNS: 10_000_000_000)
        #expect(pace.request(nowNS: 1) == .send(plenty: 22))
    }
}
