import Bitrix24
import Foundation
import Portal
import Synchronization
import Testing
import Wire

@testable import Host

/// Calls of many runs over one connection to a portal: sent alone or in packs, answered as if alone.
@Suite struct DispatchTests {
    private static func connection(
        to harness: RecipeHarness, _ budget: any Budget, onNotice: (@Sendable (PortalNotice) -> Void)? = nil
    ) throws -> PortalConnection {
        var retry = RetryPolicy()
        retry.backoffMS = 0
        return try PortalConnection(webhook: harness.address.webhook, retry: retry, budget: budget, onNotice: onNotice)
    }

    /// A connection whose first calls go out together, once so many wait.
    private static func gated(_ harness: RecipeHarness, calls: Int) throws -> PortalConnection {
        let gate = GateBudget()
        return try connection(to: harness, gate) { if $0.calls >= calls { gate.open() } }
    }

    /// What each call brings, made by a run of its own.
    private static func results(
        of calls: [Call], on connection: PortalConnection
    ) async -> [Result<String, EffectFailure>] {
        await withTaskGroup(of: (Int, Result<String, EffectFailure>).self) { group in
            for (place, call) in calls.enumerated() {
                group.addTask { (place, await result(of: call, on: connection)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func result(of call: Call, on connection: PortalConnection) async -> Result<String, EffectFailure> {
        do throws(EffectFailure) {
            let reply = try await connection.reply(to: call, for: RunTicket())
            return .success(reply.withResult { String(decoding: $0, as: UTF8.self) })
        } catch {
            return .failure(error)
        }
    }

    private static func failure(_ result: Result<String, EffectFailure>) -> Failure? {
        guard case .failure(.portal(let failure)) = result else { return nil }
        return failure
    }

    private static func add(_ title: String) throws -> Call {
        try Call("crm.deal.add", parameters: ["fields": ["TITLE": .string(title)]])
    }

    @Test("Hundreds of calls of as many runs at once are all answered, each with its own, and the portal refuses none")
    func manyRuns() async throws {
        // Both clocks stand: nothing leaks, and what is asked for together has to do with one burst.
        let harness = try RecipeHarness { settings in
            settings.drainPerSecond = 2
            settings.burst = 50
        }
        let budget = GateBudget(Pace())
        let connection = try Self.connection(to: harness, budget) { if $0.calls >= 600 { budget.open() } }
        defer { connection.close() }
        let calls = try (0..<600).map { try Call("crm.deal.get", parameters: ["id": .integer(Int64($0 % 15 + 1))]) }
        let before = try harness.requestCount()
        let results = await Self.results(of: calls, on: connection)
        for (place, result) in results.enumerated() {
            let expected = "{\"ID\":\"\(place % 15 + 1)\""
            #expect((try? result.get())?.hasPrefix(expected) == true, "\(place): \(result)")
        }
        #expect(budget.refusals == 0)
        let capacity = Int(Pace().capacity)
        #expect(try harness.requestCount() - before <= capacity)
    }

    @Test("A pack's answer that is lost is asked for again by reads, and leaves writes uncertain, done once")
    func lostPack() async throws {
        let cases: [(kind: PortalFault.Kind, written: Int)] = [
            (.dropAfter, 1), (.truncated, 1), (.cutJSON, 1), (.html, 0),
            (.errorAfter(status: 500, code: "INTERNAL_SERVER_ERROR", description: ""), 1),
            (.errorBefore(status: 502, code: "", description: ""), 0),
        ]
        for (place, (kind, written)) in cases.enumerated() {
            let harness = try RecipeHarness()
            try harness.fail("batch", kind, count: 1)
            let calls = [
                try Call("crm.deal.get", parameters: ["id": 3]), try Self.add("lost \(place)"),
                try Call("user.current", parameters: JSONObject()),
            ]
            let connection = try Self.gated(harness, calls: 3)
            defer { connection.close() }
            let results = await Self.results(of: calls, on: connection)
            #expect((try? results[0].get())?.hasPrefix("{\"ID\":\"3\"") == true, "\(kind): \(results[0])")
            #expect((try? results[2].get()) != nil, "\(kind): \(results[2])")
            let failure = Self.failure(results[1])
            #expect(failure?.isUncertain == true, "\(kind): \(results[1])")
            #expect(failure?.method == "crm.deal.add")
            #expect(try harness.count("crm.deal.list", ["TITLE": .string("lost \(place)")]) == written, "\(kind)")
        }
    }

    @Test("A pack that the portal refused as a whole is done later, each write once")
    func refusedPack() async throws {
        let refusals: [PortalFault.Kind] = [
            .errorBefore(status: 503, code: "QUERY_LIMIT_EXCEEDED", description: "Too many requests"),
            .errorBefore(status: 429, code: "QUERY_LIMIT_EXCEEDED", description: "Too many requests"),
        ]
        for kind in refusals {
            let harness = try RecipeHarness()
            try harness.fail("batch", kind, count: 1)
            let connection = try Self.gated(harness, calls: 2)
            defer { connection.close() }
            let results = await Self.results(of: [try Self.add("one"), try Self.add("two")], on: connection)
            #expect(results.allSatisfy { (try? $0.get()) != nil }, "\(results)")
            for title in ["one", "two"] {
                #expect(try harness.count("crm.deal.list", ["TITLE": .string(title)]) == 1)
            }
        }
    }

    @Test("One call's error in a pack is its own")
    func errorInPack() async throws {
        let harness = try RecipeHarness()
        let connection = try Self.gated(harness, calls: 2)
        defer { connection.close() }
        let calls = [
            try Call("crm.deal.get", parameters: ["id": 987_654]), try Call("crm.deal.get", parameters: ["id": 1]),
        ]
        let before = try harness.requestCount()
        let results = await Self.results(of: calls, on: connection)
        #expect(Self.failure(results[0])?.message == "Not found")
        #expect((try? results[1].get()) != nil)
        #expect(try harness.requestCount() - before == 1)
    }

    @Test("A portal that batches fewer commands gets all calls done all the same")
    func shortBatches() async throws {
        let harness = try RecipeHarness { $0.batchCommandsMax = 3 }
        let connection = try Self.gated(harness, calls: 8)
        defer { connection.close() }
        let results = await Self.results(of: try (0..<8).map { try Self.add("short \($0)") }, on: connection)
        #expect(results.allSatisfy { (try? $0.get()) != nil }, "\(results)")
        for number in 0..<8 {
            #expect(try harness.count("crm.deal.list", ["TITLE": .string("short \(number)")]) == 1)
        }
    }

    @Test("A portal blocked for overload is asked once, and the failure says who can help")
    func overload() async throws {
        let harness = try RecipeHarness()
        let kind = PortalFault.Kind.errorBefore(
            status: 503, code: "OVERLOAD_LIMIT", description: "REST API is blocked due to overload")
        try harness.fail("*", kind)
        let run = try await harness.handler("b24.crm.deal.get { id = 1 }")
        #expect(run.requests == 1)
        #expect(run.failure?.fields["retryable"] == false)
        #expect(run.failure?.hint?.contains("support") == true)
        let connection = try Self.gated(harness, calls: 2)
        defer { connection.close() }
        let before = try harness.requestCount()
        let results = await Self.results(of: [try Self.add("a"), try Self.add("b")], on: connection)
        for result in results { #expect(Self.failure(result)?.category == .blocked) }
        #expect(try harness.requestCount() - before == 1)
    }

    @Test("A method without operating time waits, others go on, and whoever does not want to wait leaves")
    func operatingTime() async throws {
        let harness = try RecipeHarness { settings in
            settings.operatingSecondsMax = 480
            settings.operatingSecondsAdded = ["crm.deal.list": 500]
        }
        let connection = harness.connection
        let list = try Call("crm.deal.list", parameters: JSONObject())
        _ = try await connection.reply(to: list, for: RunTicket())
        let before = try harness.requestCount()
        let blocked = Task { await Self.result(of: list, on: connection) }
        for _ in 0..<3 {
            _ = try await connection.reply(to: try Call("crm.deal.get", parameters: ["id": 1]), for: RunTicket())
        }
        #expect(try harness.requestCount() - before == 3, "what must be refused is not sent")
        blocked.cancel()
        guard case .failure(.cancelled) = await blocked.value else {
            Issue.record("a cancelled caller waits on")
            return
        }
    }

    @Test("A caller that is cancelled takes its waiting call along, and the others go out")
    func cancelledCaller() async throws {
        let harness = try RecipeHarness()
        let gate = GateBudget()
        let (waits, wait) = AsyncStream.makeStream(of: Int.self)
        let connection = try Self.connection(to: harness, gate) { wait.yield($0.calls) }
        defer { connection.close() }
        let leaving = Task { await Self.result(of: try Self.add("leaving"), on: connection) }
        let staying = Task { await Self.result(of: try Self.add("staying"), on: connection) }
        _ = await waits.first { $0 == 2 }
        leaving.cancel()
        guard case .failure(.cancelled) = try await leaving.value else {
            Issue.record("a cancelled caller waits on")
            return
        }
        gate.open()
        #expect((try? await staying.value.get()) != nil)
        #expect(try harness.count("crm.deal.list", ["TITLE": "leaving"]) == 0)
        #expect(try harness.count("crm.deal.list", ["TITLE": "staying"]) == 1)
    }

    @Test("A caller that is cancelled while its pack is under way leaves the others their answers")
    func cancelledInPack() async throws {
        let harness = try RecipeHarness()
        try harness.fail("batch", .never, count: 1)
        let connection = try Self.gated(harness, calls: 2)
        let before = try harness.requestCount()
        let leaving = Task { await Self.result(of: try Self.add("left"), on: connection) }
        let staying = Task { await Self.result(of: try Self.add("stays"), on: connection) }
        while try harness.requestCount() == before { await Task.yield() }
        leaving.cancel()
        guard case .failure(.cancelled) = try await leaving.value else {
            Issue.record("a cancelled caller waits on")
            return
        }
        connection.close()
        guard case .failure(.cancelled) = try await staying.value else {
            Issue.record("a closed connection leaves a caller waiting")
            return
        }
        await connection.finish()
        guard case .failure(.cancelled) = await Self.result(of: try Self.add("late"), on: connection) else {
            Issue.record("a closed connection takes calls")
            return
        }
    }

    @Test("A pack whose token is too old is sent again with a new one, as is one that meets a renamed portal")
    func renewedAndMoved() async throws {
        let harness = try RecipeHarness()
        let other = try RecipeHarness()
        let faults: [PortalFault.Kind] = [
            .errorBefore(status: 401, code: "expired_token", description: "The access token provided has expired."),
            .redirect(to: other.address.url),
        ]
        for fault in faults {
            try harness.fail("batch", fault, count: 1)
            let authority = RenewingAuthority(try Webhook(harness.address.webhook))
            let gate = GateBudget()
            let connection = PortalConnection(
                authority, plan: .standard, retry: RetryPolicy(), budget: gate,
                onNotice: { if $0.calls >= 2 { gate.open() } })
            defer { connection.close() }
            let results = await Self.results(of: [try Self.add("again"), try Self.add("again")], on: connection)
            #expect(results.allSatisfy { (try? $0.get()) != nil }, "\(results)")
            #expect(authority.renewals + authority.moves == 2, "each of the two asks, the authority answers both")
        }
        #expect(try harness.count("crm.deal.list", ["TITLE": "again"]) == 2)
        #expect(try other.count("crm.deal.list", ["TITLE": "again"]) == 2)
    }
}

extension PortalNotice {
    /// How many wait.
    fileprivate var calls: Int {
        if case .waits(let wait) = self { wait.calls } else { 0 }
    }
}

/// A webhook that pretends to be renewable.
private final class RenewingAuthority: PortalAuthority {
    private struct State {
        var credential: Credential
        var renewals = 0
        var moves = 0
    }

    private let state: Mutex<State>

    init(_ webhook: Webhook) { state = Mutex(State(credential: .webhook(webhook))) }

    var known: Credential? { credential() }
    var redactor: Redactor { Redactor() }
    var scopes: [String]? { nil }
    var renewals: Int { state.withLock { $0.renewals } }
    var moves: Int { state.withLock { $0.moves } }

    func credential() -> Credential { state.withLock { $0.credential } }

    func renewed(after spent: Credential, refusal: Failure) -> Credential {
        state.withLock { state in
            state.renewals += 1
            return state.credential
        }
    }

    func moved(from old: Credential, to new: Credential) -> Bool {
        state.withLock { state in
            state.moves += 1
            state.credential = new
            return false
        }
    }
}
