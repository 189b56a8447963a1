import Testing
import Wire

@testable import Bitrix24

/// A portal that counts as the documentation says: work in ten one-minute buckets, looked at before the call.
private struct OperatingPortal {
    var limit = 480.0
    private var buckets: [(minute: Int, leaves: Double, seconds: Double)] = []

    /// The timing of a call that begins now, or nil when it is refused.
    mutating func call(seconds: Double, at now: Double) -> Timing? {
        buckets.removeAll { $0.leaves <= now }
        guard buckets.reduce(0, { $0 + $1.seconds }) <= limit else { return nil }
        let minute = Int(now / 60)
        if let last = buckets.indices.last, buckets[last].minute == minute {
            buckets[last].seconds += seconds
        } else {
            buckets.append((minute, now.rounded(.down) + 600, seconds))
        }
        var time = Timing()
        time.start = now
        time.finish = now + seconds
        time.duration = seconds
        time.operating = buckets.reduce(0) { $0 + $1.seconds }
        time.operatingResetAt = buckets[0].leaves
        return time
    }
}

struct OperatingLedgerTests {
    private let key = OperatingLedger.Key(holder: "webhook of user 1", method: "CRM.Lead.List")
    private let second: UInt64 = 1_000_000_000

    private func time(operating: Double, resetAfter: Double, duration: Double? = nil) -> Timing {
        var time = Timing()
        time.finish = 1000
        time.duration = duration
        time.operating = operating
        time.operatingResetAt = 1000 + resetAfter
        return time
    }

    @Test func `the call that crosses the limit succeeds, the next one is not sent before it would too`() {
        // The documentation's example: 20 s a call, refused above 480, free again when the oldest minute has left.
        var portal = OperatingPortal()
        var ledger = OperatingLedger()
        var now = 1_000_020.0
        var calls = 0
        var refused = 0
        var waits: [Double] = []
        while calls < 200 {
            let nowNS = UInt64(now * 1e9)
            if let until = ledger.blockedUntil(key, nowNS: nowNS) {
                waits.append(Double(until) / 1e9 - now)
                now = Double(until) / 1e9
            } else if let time = portal.call(seconds: 20, at: now) {
                now += 20
                ledger.note(key, time, nowNS: UInt64(now * 1e9))
                calls += 1
            } else {
                refused += 1
                ledger.refused(key, nowNS: nowNS)
            }
        }
        #expect(refused == 0)
        #expect((waits.first ?? 0) > 80, "25 calls, 500 s; ten minutes after the first the oldest leaves")
    }

    @Test func `a method at the limit goes on, above it waits until enough has left`() {
        var ledger = OperatingLedger()
        ledger.note(key, time(operating: 480, resetAfter: 30), nowNS: 0)
        #expect(ledger.blockedUntil(key, nowNS: 0) == nil)
        ledger.note(key, time(operating: 480.5, resetAfter: 30), nowNS: 0)
        #expect(ledger.blockedUntil(key, nowNS: 0) == 31 * second)
        #expect(ledger.blockedUntil(key, nowNS: 31 * second) == nil)
        #expect(ledger.blockedUntil(.init(holder: "application", method: key.method), nowNS: 0) == nil)
    }

    @Test func `when what leaves first is too little, the wait is for more`() {
        var ledger = OperatingLedger()
        // 5 s in one minute, 500 s in the next: the first to leave does not help.
        var first = time(operating: 5, resetAfter: 600, duration: 5)
        first.start = 1000
        ledger.note(key, first, nowNS: 5 * second)
        var next = time(operating: 505, resetAfter: 540, duration: 500)
        next.start = 1060
        ledger.note(key, next, nowNS: 565 * second)
        #expect(ledger.blockedUntil(key, nowNS: 565 * second) == (65 + 600 + 1) * second)
    }

    @Test func `a refusal waits for the oldest minute, and ten seconds at least`() {
        let cases: [(known: Timing?, waits: UInt64)] = [
            (nil, 10), (time(operating: 400, resetAfter: 30), 31), (time(operating: 400, resetAfter: 2), 10),
            (time(operating: 400, resetAfter: 9_999), 601),
        ]
        for (known, waits) in cases {
            var ledger = OperatingLedger()
            if let known { ledger.note(key, known, nowNS: 0) }
            ledger.refused(key, nowNS: 0)
            #expect(ledger.blockedUntil(key, nowNS: 0) == waits * second)
        }
    }

    @Test func `a portal that does not count never blocks`() {
        var ledger = OperatingLedger()
        var time = time(operating: 0, resetAfter: 0, duration: 5000)
        time.operating = nil
        ledger.note(key, time, nowNS: 0)
        #expect(ledger.blockedUntil(key, nowNS: 0) == nil)
        #expect(ledger.takeChanges().isEmpty)
    }

    @Test func `what one process finds out another one learns, once`() {
        var (one, other) = (OperatingLedger(), OperatingLedger())
        one.refused(key, nowNS: 0)
        #expect(one.hasNewBlocks)
        let changes = one.takeChanges()
        #expect(changes.map(\.key.method) == ["crm.lead.list"])
        #expect(one.takeChanges().isEmpty && !one.hasNewBlocks)
        for change in changes { other.learn(change.key, change.entry, nowNS: 0) }
        #expect(other.blockedUntil(key, nowNS: 0) == 10 * second)
        #expect(other.takeChanges().isEmpty)
    }

    @Test func `the ledger stays small`() {
        var ledger = OperatingLedger()
        for number in 0..<10_000 {
            let key = OperatingLedger.Key(holder: "application", method: "method\(number)")
            ledger.note(key, time(operating: 1, resetAfter: 600), nowNS: 0)
        }
        #expect(ledger.takeChanges().count <= 4096)
    }
}
