import Testing

@testable import Bitrix24

@Suite("Processes that renew the same grant at once")
struct RenewalInterleavingTests {
    @Test("refresh it exactly once, however they interleave, and all use the stored pair")
    func once() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var world = try RenewalWorld(seed: seed, processes: 2 + Int(seed % 5))
            try world.play()
            #expect(world.questions == 1, "seed \(seed)")
            #expect(
                world.processes.allSatisfy { $0.end == .used(generation: 2, access: "a2") }, "seed \(seed)")
            #expect(world.stored.grant.refreshToken.exposed == world.validRefreshToken)
        }
    }

    @Test("never lose the pair the server holds while its answers arrive, and end within their bounds when they do not")
    func troubles() throws {
        for seed in 0..<1_500 as Range<UInt64> {
            var lots = Lots(seed: seed &+ 99)
            let troubles = (0..<Int(lots.next() % 6)).map { _ in
                RenewalWorld.Trouble.allCases[Int(lots.next() % UInt64(RenewalWorld.Trouble.allCases.count))]
            }
            var world = try RenewalWorld(seed: seed, processes: 1 + Int(seed % 5), troubles: troubles)
            try world.play()
            let ends = world.processes.compactMap(\.end)
            if world.stored.generation == 2 {
                #expect(world.stored.grant.refreshToken.exposed == world.validRefreshToken, "seed \(seed)")
                #expect(world.rotations == 1, "seed \(seed)")
            } else {
                #expect(!ends.contains { if case .used = $0 { true } else { false } }, "seed \(seed)")
                // Refused for good only when a rotation really was lost: otherwise the grant is still alive.
                #expect(!world.isRefused || world.lostRotations == 1, "seed \(seed)")
            }
            for case .failed(let failure) in ends {
                #expect(failure.hint.contains("host auth") || failure.hint.contains("kept"), "seed \(seed): \(failure)")
            }
        }
    }

    @Test("all succeed after a lost answer where the server still takes the old pair")
    func oldPair() throws {
        for seed in 0..<500 as Range<UInt64> {
            var world = try RenewalWorld(
                seed: seed, processes: 4, troubles: [.lostAfter, .errorAfter], takesOldTokens: true)
            try world.play()
            #expect(world.processes.allSatisfy { $0.end == .used(generation: 2, access: "a4") }, "seed \(seed)")
            #expect(world.rotations == 3)
        }
    }

    @Test("go on where one of them died, unless it died with the only copy of the new pair")
    func crashes() throws {
        var survivals = 0
        for seed in 0..<1_000 as Range<UInt64> {
            var world = try RenewalWorld(seed: seed, processes: 4, crashPercent: 10)
            try world.play()
            for case .failed(let failure) in world.processes.compactMap(\.end) {
                #expect(world.rotations == 1 && world.stored.generation == 1, "seed \(seed): \(failure)")
                #expect(failure.code.lowercased() == "invalid_grant")
            }
            if world.stored.generation == 2 { survivals += 1 }
        }
        #expect(survivals > 500)
    }
}
