import Testing
import Wire

@testable import Bitrix24

/// Several processes that renew one grant, a store, an authorisation server and a clock, all made up: what happens next
/// is drawn by lot.
struct RenewalWorld {
    /// What goes wrong with a question to the server.
    enum Trouble: CaseIterable {
        case none, lostBefore, lostAfter, errorBefore, errorAfter
    }

    enum End: Equatable {
        case used(generation: Int64, access: String)
        case failed(Failure)
        case crashed
    }

    struct Process {
        var renewal: Renewal
        var step: Renewal.Step
        var wakesAtMS: Int64 = 0
        /// The answer on its way.
        var answer: TokenAnswer?
        var end: End?
    }

    let policy: RenewalPolicy
    var random: Lots
    var nowMS: Int64 = 10_000_000
    var processes: [Process] = []

    // The store.
    var stored: StoredGrant
    var leaseOwner: Int?
    var leaseUntilMS: Int64 = 0
    var isRefused = false
    var storedAccessTokens: Set<String> = []

    // The server.
    var validRefreshToken = "r1"
    let takesOldTokens: Bool
    var questions = 0
    var rotations = 0
    var lostRotations = 0
    var troubles: [Trouble]
    /// A process may die before each of its steps, this often of a hundred times.
    let crashPercent: UInt64

    init(
        seed: UInt64, processes count: Int, troubles: [Trouble] = [], takesOldTokens: Bool = false,
        crashPercent: UInt64 = 0
    )
        throws
    {
        random = Lots(seed: seed)
        var policy = RenewalPolicy()
        // Fewer looks at the store show as much, in less time.
        policy.pollMS = 1_500
        self.policy = policy
        stored = StoredGrant(
            try OAuthSamples.grant(access: "a1", refresh: "r1", expires: 9_000), generation: 1, renewedAtMS: 5_000_000)
        self.troubles = troubles
        self.takesOldTokens = takesOldTokens
        self.crashPercent = crashPercent
        for _ in 0..<count {
            let renewal = Renewal(after: OAuthSamples.expired(), policy: policy, nowMS: nowMS)
            processes.append(Process(renewal: renewal, step: renewal.start()))
        }
    }

    /// Plays until nobody has anything to do.
    mutating func play() throws {
        var steps = 0
        while true {
            let alive = processes.indices.filter { processes[$0].end == nil }
            guard !alive.isEmpty else { return }
            steps += 1
            try #require(steps < 200_000, "nobody comes to an end")
            let ready = alive.filter { processes[$0].wakesAtMS <= nowMS }
            guard !ready.isEmpty else {
                nowMS = alive.map { processes[$0].wakesAtMS }.min() ?? nowMS
                continue
            }
            let index = ready[Int(random.next() % UInt64(ready.count))]
            nowMS += Int64(random.next() % 3)
            if random.next() % 100 < crashPercent {
                processes[index].end = .crashed
            } else {
                try advance(index)
            }
        }
    }

    private mutating func advance(_ index: Int) throws {
        var process = processes[index]
        defer { processes[index] = process }
        if let answer = process.answer {
            process.answer = nil
            process.step = process.renewal.answered(answer, nowMS: nowMS, random: 0.5)
            return
        }
        switch process.step {
        case .claim:
            process.step = process.renewal.claimed(claim(by: index), nowMS: nowMS)
            if case .wait(let milliseconds) = process.step { process.wakesAtMS = nowMS + milliseconds }
        case .wait:
            process.step = process.renewal.waited()
        case .ask(let grant):
            #expect(leaseOwner == index, "asks without the lease")
            process.answer = try ask(grant)
            process.wakesAtMS = nowMS + Int64(random.next() % UInt64(policy.answerTimeoutMS))
        case .store(let grant, let generation):
            process.step = process.renewal.stored(store(grant, replacing: generation, by: index))
        case .use(let used):
            #expect(storedAccessTokens.contains(used.grant.accessToken.exposed), "used before it was stored")
            process.end = .used(generation: used.generation, access: used.grant.accessToken.exposed)
        case .fail(let failure, let isFinal):
            if leaseOwner == index { leaseOwner = nil }
            if isFinal { isRefused = true }
            process.end = .failed(failure)
        }
        if case .wait(let milliseconds) = process.step, process.wakesAtMS <= nowMS {
            process.wakesAtMS = nowMS + milliseconds
        }
    }

    private mutating func claim(by index: Int) -> RenewalClaim {
        if isRefused { return .refused }
        if stored.generation > 1 { return .renewed(stored) }
        if let leaseOwner, leaseOwner != index, leaseUntilMS > nowMS { return .held }
        let afterLoss = leaseOwner.map { $0 != index } ?? false
        leaseOwner = index
        leaseUntilMS = nowMS + policy.leaseMS
        return .leased(stored, afterLoss: afterLoss)
    }

    private mutating func store(_ grant: Grant, replacing generation: Int64, by index: Int) -> StoredGrant? {
        guard stored.generation == generation else { return nil }
        stored = StoredGrant(grant, generation: generation + 1, renewedAtMS: nowMS)
        storedAccessTokens.insert(grant.accessToken.exposed)
        if leaseOwner == index { leaseOwner = nil }
        return stored
    }

    private mutating func ask(_ grant: Grant) throws -> TokenAnswer {
        questions += 1
        let trouble = troubles.isEmpty ? .none : troubles.removeFirst()
        let lost = TokenAnswer(
            noAnswer: "broke off", to: TokenRequest(refreshing: grant), mayHaveBeenSent: true)
        let error = try OAuthSamples.answer("<html>", status: 500)
        if trouble == .lostBefore { return lost }
        if trouble == .errorBefore { return error }
        guard grant.refreshToken.exposed == validRefreshToken || takesOldTokens else {
            return try OAuthSamples.answer(#"{"error":"invalid_grant"}"#, status: 400)
        }
        rotations += 1
        validRefreshToken = "r\(rotations + 1)"
        if trouble == .lostAfter || trouble == .errorAfter {
            lostRotations += 1
            return trouble == .lostAfter ? lost : error
        }
        return try OAuthSamples.answer(
            #"{"access_token":"a\#(rotations + 1)","refresh_token":"\#(validRefreshToken)","expires_in":3600}"#)
    }
}

/// SplitMix64.
struct Lots {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
