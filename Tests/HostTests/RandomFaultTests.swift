import Portal
import Testing
import Wire

@testable import Host

/// Work of all kinds, one after another on one portal, hit by faults of all kinds, chosen by a seed.
@Suite struct RandomFaultTests {
    private static let worksPerSeed = 60
    private static let seeds: [UInt64] = [1, 2, 3, 5, 8, 13, 21, 34]

    /// A refusal for operating time holds its method until the oldest minute has left the sum; large answers take long.
    private static let requestFaults = MatrixFault.all.filter { fault in
        switch fault.kind {
        case .large, .expireTokens: false
        case .errorBefore(_, let code, _): code != "OPERATION_TIME_LIMIT"
        default: true
        }
    }

    @Test(
        "What was acknowledged is there once, what failed is not, and what is uncertain is there once or not",
        arguments: seeds)
    func work(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let world = try await FaultWorld(seed: seed)
        var (acknowledged, hits) = (0, 0)
        for number in 1...Self.worksPerSeed {
            let before = try world.leads()
            let work = RandomWork("work \(number)", on: before, using: &random)
            let faults = Self.faults(using: &random)
            for fault in faults { try world.fail(fault) }
            let report = try await world.run(work.lua)
            hits += faults.count - (try world.endFaults())
            let what = "seed \(seed), work \(number): \(work.lua)\n\(faults.map(\.kind))\n\(report.json.text)"

            let after = try world.leads()
            let told = try #require(work.told(report), "\(what)")
            #expect(after == work.expected(told, from: before, seeing: after), "\(what)")
            #expect(Set(after.values).count == after.count, "\(what)")
            if report.failure == nil {
                acknowledged += 1
                if let reply = work.reply { #expect(report.reply == reply, "\(what)") }
            }
            // A spent pair of tokens ends all work, until a person authorises anew.
            if report.json.text.lowercased().contains("invalid_grant") { try await world.portal.authorize() }
        }
        #expect(acknowledged >= Self.worksPerSeed / 2, "seed \(seed): most of the work is done all the same")
        #expect(hits >= Self.worksPerSeed / 3, "seed \(seed): the faults happen")
    }

    /// None, one or two for the portal, and sometimes a token that expires with trouble at the authorisation server.
    private static func faults(using random: inout SplitMix) -> [PortalFault] {
        var faults = (0..<Int.random(in: 0...2, using: &random)).compactMap { _ -> PortalFault? in
            guard let fault = requestFaults.randomElement(using: &random) else { return nil }
            let skip = Int.random(in: 0...2, using: &random)
            // Throttling is waited for, a second each time: rarely.
            if fault.isThrottling, Int.random(in: 0..<4, using: &random) > 0 { return nil }
            return PortalFault("*", fault.kind, skip: skip, count: 1)
        }
        guard Int.random(in: 0..<4, using: &random) == 0, let fault = TokenFault.all.randomElement(using: &random)
        else { return faults }
        faults.append(PortalFault("*", .expireTokens, count: 1))
        faults.append(PortalFault("oauth.token", fault.kind, count: fault.count))
        return faults
    }
}
