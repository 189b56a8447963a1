import Bitrix24
import Synchronization
import Testing

@testable import Host

/// What a person is told of waits, and where waiting ends.
struct WaitTests {
    private static func wait(_ milliseconds: Int, _ cause: PaceWait.Cause = .operating) -> PaceWait {
        PaceWait(portal: "acme.bitrix24.com", cause: cause, calls: 1, milliseconds: milliseconds)
    }

    @Test(
        "A line is due after three seconds of waiting, and again after thirty",
        arguments: [
            // At second, a wait of so many; when lines are due.
            ([(0, 1.0), (1, 2.0), (3, 4.0), (7, 8.0), (15, 16.0), (31, 30.0)], [1, 31]),
            ([(0, 600.0)], [0]),
            ([(0, 0.5), (1, 0.5), (2, 0.5), (3, 0.5)], [3]),
            ([(0, 1.0), (10, 1.0), (20, 1.0)], []),
        ] as [([(Int, Double)], [Int])])
    func lines(waits: [(Int, Double)], due: [Int]) {
        var lines = WaitLines()
        let said = waits.filter { second, seconds in
            lines.isDue(Self.wait(Int(seconds * 1000)), nowNS: 1 + UInt64(second) * 1_000_000_000)
        }
        #expect(said.map(\.0) == due)
    }

    @Test(
        "A line says who lets wait, why, and until when",
        arguments: [
            (
                PaceWait.Cause.refused(code: "QUERY_LIMIT_EXCEEDED"),
                "waiting: acme.bitrix24.com refused a request as too many (QUERY_LIMIT_EXCEEDED); asking again in 4 s"
            ),
            (
                .operating,
                "waiting: what is called has used up its operating time at acme.bitrix24.com; asking again in 4 s"
            ),
            (.pace(requestsPerSecond: 2), "waiting: 1 call keeps the pace of acme.bitrix24.com, 2 requests a second"),
        ])
    func words(cause: PaceWait.Cause, line: String) {
        #expect(Self.wait(3001, cause).described == line)
    }

    @Test("A meter counts the time in which at least one call waits")
    func meter() {
        let meter = WaitMeter()
        meter.begin(nowNS: 1_000_000)
        meter.begin(nowNS: 2_000_000)
        meter.end(nowNS: 3_000_000)
        meter.end(nowNS: 6_000_000)
        meter.begin(nowNS: 9_000_000)
        meter.end(nowNS: 10_000_000)
        #expect(meter.milliseconds == 6)
    }

    /// Lets nothing out.
    private struct ClosedBudget: Budget {
        func settle(_ report: BudgetReport, for portal: String) -> BudgetAnswer {
            BudgetAnswer(decision: report.need.map { _ in .wait(untilNS: MonotonicClock.nowNS() + 3_600_000_000_000) })
        }
    }

    @Test("A wait that is bounded ends, with the portal's last refusal or the pace as its reason")
    func bounded() async throws {
        let harness = try RecipeHarness()
        var retry = RetryPolicy()
        retry.waitMSMax = 100
        let waits = Mutex<[PaceWait]>([])
        let shut = try PortalConnection(webhook: harness.address.webhook, retry: retry, budget: ClosedBudget()) {
            if case .waits(let wait) = $0 { waits.withLock { $0.append(wait) } }
        }
        let pace = await #expect(throws: EffectFailure.self) {
            try await MethodCall.result(of: NamedMethod("profile"), [:], on: shut)
        }
        guard case .portal(let failure)? = pace else { return }
        #expect(failure.code == "WAIT_OVER" && failure.asksToWait && failure.outcome == .nothingDone)
        #expect(waits.withLock { $0.first?.cause } == .pace(requestsPerSecond: 2))
        await shut.finish()

        try harness.fail(
            "profile", .errorBefore(status: 503, code: "QUERY_LIMIT_EXCEEDED", description: "Too many requests"))
        retry.waitMSMax = 1000
        let refused = try PortalConnection(webhook: harness.address.webhook, retry: retry)
        let refusal = await #expect(throws: EffectFailure.self) {
            try await MethodCall.result(of: NamedMethod("profile"), [:], on: refused)
        }
        guard case .portal(let failure)? = refusal else { return }
        #expect(failure.code == "QUERY_LIMIT_EXCEEDED")
        await refused.finish()
    }
}
