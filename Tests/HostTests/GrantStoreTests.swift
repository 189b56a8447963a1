import Foundation
import Net
import Portal
import Storage
import Synchronization
import Testing
import Wire

@testable import Bitrix24
@testable import Host

@Suite("The key that seals grants")
struct GrantKeyTests {
    @Test("is refused when others may read its file")
    func mode() async throws {
        let harness = try GrantHarness()
        try await harness.authorize()
        for mode in [0o644, 0o640, 0o604] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: harness.keyPath)
            let failure = #expect(throws: HostFailure.self) { try harness.store().grants() }
            #expect(failure?.hint?.contains("chmod 600") == true)
        }
    }

    @Test("is not replaced when it is lost, and another opens nothing")
    func other() async throws {
        let harness = try GrantHarness()
        try await harness.authorize()
        let text = String(repeating: "ab", count: 32)
        let wrong = #expect(throws: HostFailure.self) {
            try GrantStore(harness.storePath, key: .text(text)).grants()
        }
        #expect(wrong?.hint?.contains("HOST_KEY") == true && wrong?.message.contains(text) == false)
        try FileManager.default.removeItem(atPath: harness.keyPath)
        #expect(throws: HostFailure.self) { try harness.store().grants() }
        #expect(!FileManager.default.fileExists(atPath: harness.keyPath))
    }

    @Test("does not open a row moved to another portal's place")
    func swapped() async throws {
        let harness = try GrantHarness()
        let grant = try await harness.authorize()
        let database = try GrantTable(harness.storePath)
        try database.execute(
            "UPDATE oauth_grant SET member_id = ?", [.text("ffffffffffffffffffffffffffffffff")])
        #expect(throws: HostFailure.self) { try harness.store().grants() }
        #expect(try harness.store().grants(named: grant.memberID).isEmpty)
    }
}

@Suite("The store's lease")
struct GrantLeaseTests {
    @Test("goes to one owner at a time, to the next when it ends, and to anybody after a clock was set back")
    func lease() async throws {
        let harness = try GrantHarness()
        let id = GrantID(try await harness.authorize())
        func store(at nowMS: Int64) -> GrantStore {
            GrantStore(harness.storePath, key: .file(harness.keyPath)) { nowMS }
        }
        func claim(_ owner: String, at nowMS: Int64) throws -> RenewalClaim {
            try store(at: nowMS).claim(id, after: 1, owner: owner, leaseMS: 30_000)
        }
        guard case .leased(let stored, afterLoss: false) = try claim("a", at: 100_000) else {
            Issue.record("no lease")
            return
        }
        #expect(try claim("b", at: 129_999) == .held)
        guard case .leased(_, afterLoss: false) = try claim("a", at: 129_999) else {
            Issue.record("the owner cannot prolong")
            return
        }
        #expect(try claim("b", at: 130_001) == .held)
        guard case .leased(_, afterLoss: true) = try claim("b", at: 160_000),
            case .leased(_, afterLoss: true) = try claim("c", at: 1_000)
        else {
            Issue.record("a lease outlives its end")
            return
        }
        // Who lost the lease while the server answered still stores: the pair in its hands is the newest, whatever the
        // server said of the old one meanwhile.
        try store(at: 1_000).release(id, owner: "c", generation: 1, isRefused: true)
        #expect(try claim("d", at: 1_000) == .refused)
        #expect(try store(at: 1_000).replace(stored.grant, generation: 1)?.generation == 2)
        #expect(try store(at: 1_000).replace(stored.grant, generation: 1) == nil)
        guard case .renewed(let renewed) = try claim("c", at: 1_000) else {
            Issue.record("the new pair is not seen")
            return
        }
        #expect(renewed.generation == 2)
        guard case .leased(_, afterLoss: false) = try store(at: 1_000).claim(id, after: 2, owner: "c", leaseMS: 1)
        else {
            Issue.record("the refusal of the old pair is taken for one of the new")
            return
        }
    }
    @Test("is not had with a time from before a wait for the file, as if the clock had been set back")
    func waited() async throws {
        let harness = try GrantHarness()
        #expect(try claim(GrantID(try await harness.authorize()), whileLockedIn: harness) == .held)
    }

    /// What somebody is told who has read the clock when another takes the lease, a little later by the clock.
    private func claim(_ id: GrantID, whileLockedIn harness: GrantHarness) throws -> RenewalClaim? {
        let clock = Atomic<Int64>(100_000)
        let hasRead = DispatchSemaphore(value: 0)
        let store = GrantStore(harness.storePath, key: .file(harness.keyPath)) {
            defer { hasRead.signal() }
            return clock.load(ordering: .relaxed)
        }
        let other = try GrantTable(harness.storePath)
        try other.execute("BEGIN IMMEDIATE", [])
        let claim = Mutex<RenewalClaim?>(nil)
        let hasEnded = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            let told = try? store.claim(id, after: 1, owner: "late", leaseMS: 30_000)
            claim.withLock { $0 = told }
            hasEnded.signal()
        }
        #expect(hasRead.wait(timeout: .now() + 10) == .success)
        clock.store(100_005, ordering: .relaxed)
        try other.execute("UPDATE oauth_grant SET lease_owner = 'first', lease_until_ms = 130005", [])
        try other.execute("COMMIT", [])
        #expect(hasEnded.wait(timeout: .now() + 10) == .success)
        return claim.withLock { $0 }
    }
}

@Suite("The store of grants")
struct GrantStoreTests {
    private let otherKey = GrantKey.text(String(repeating: "cd", count: 32))

    @Test("keeps one key: another is refused before anything is written, and forgetting needs none")
    func oneKey() async throws {
        let harness = try GrantHarness()
        let grant = try await harness.authorize()
        let before = try Data(contentsOf: URL(fileURLWithPath: harness.storePath))
        let other = GrantStore(harness.storePath, key: otherKey)
        for attempt in [{ try other.put(grant) }, { _ = try other.grants() }] {
            let failure = #expect(throws: HostFailure.self) { try attempt() }
            #expect(failure?.message.contains(grant.portal) == true)
            #expect(failure?.hint?.contains("HOST_KEY") == true && failure?.hint?.contains("forget") == true)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: harness.storePath)) == before)
        #expect(try harness.store().grants().first?.grant == grant)
        #expect(try other.names(named: grant.memberID).map(\.portal) == [grant.portal])
        #expect(try other.forget(GrantID(grant)))
        try other.put(grant)
        #expect(try other.grants().first?.grant == grant)
    }

    @Test("needs no key and makes none while it holds no grant")
    func noKey() throws {
        let harness = try GrantHarness()
        _ = try GrantTable(harness.storePath)
        #expect(try harness.store().grants(named: "acme.bitrix24.com").isEmpty)
        #expect(!FileManager.default.fileExists(atPath: harness.keyPath))
    }

    @Test("that is no database or holds a spoilt row says so, and spoils nothing more")
    func spoilt() async throws {
        let harness = try GrantHarness()
        let grant = try await harness.authorize()
        try GrantTable(harness.storePath).execute(
            "UPDATE oauth_grant SET sealed = zeroblob(length(sealed))", [])
        let row = #expect(throws: HostFailure.self) { try harness.store().grants() }
        #expect(row?.message.contains(grant.portal) == true && row?.hint?.contains(grant.memberID) == true)

        let path = harness.folder.appendingPathComponent("odd.db")
        let text = Data("This is a letter, and no database at all.".utf8)
        try text.write(to: path)
        let store = GrantStore(path.path, key: otherKey)
        for attempt in [{ try store.put(grant) }, { _ = try store.grants() }] {
            let failure = #expect(throws: HostFailure.self) { try attempt() }
            #expect(failure?.hint?.contains(path.path) == true && failure?.hint?.contains("HOST_STORE") == true)
        }
        #expect(try Data(contentsOf: path) == text)
    }

    @Test("keeps the application's token when a code brings none")
    func applicationToken() async throws {
        let harness = try GrantHarness()
        var grant = try await harness.authorize()
        #expect(grant.applicationToken == nil)
        grant.applicationToken = Secret("told0at0the0installation")
        try harness.store().put(grant)
        _ = try await harness.authorize()
        #expect(try harness.store().grants().first?.grant.applicationToken == grant.applicationToken)
    }
}

@Suite("A pair of tokens between the server and the store")
struct LostPairTests {
    @Test("that could not be stored is stored with the next call, and nobody is asked again")
    func unstored() async throws {
        let harness = try GrantHarness()
        try await harness.authorize()
        let connection = try harness.connection()
        let table = try GrantTable(harness.storePath)
        try table.execute(
            """
            CREATE TRIGGER full BEFORE UPDATE OF sealed ON oauth_grant BEGIN SELECT raise(FAIL, 'disk is full'); END
            """, [])
        try harness.expire()
        let failure = await #expect(throws: EffectFailure.self) { try await GrantHarness.profile(on: connection) }
        guard case .host(let unstored)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(unstored.message.contains("could not be kept") && unstored.hint?.contains("host auth") == true)
        let asked = try harness.tokenRequests()
        try table.execute("DROP TRIGGER full", [])
        _ = try await GrantHarness.profile(on: connection)
        #expect(try harness.tokenRequests() == asked)
        #expect(try harness.store().grants().first?.generation == 2)
    }

    @Test("that died with its process costs the grant only where a spent refresh token does not work again")
    func died() async throws {
        for works in [true, false] {
            let harness = try GrantHarness { $0.oauth.spentRefreshTokenWorks = works }
            let grant = try await harness.authorize()
            try harness.expire()
            // What a process leaves behind that is killed with the new pair in its hands.
            guard case .leased = try harness.store().claim(GrantID(grant), after: 1, owner: "dead", leaseMS: 0) else {
                Issue.record("no lease")
                return
            }
            _ = await AuthorizationClient().answer(to: TokenRequest(refreshing: grant), timeoutMS: 5_000)
            let connection = try harness.connection()
            guard !works else {
                _ = try await GrantHarness.profile(on: connection)
                continue
            }
            let failure = await #expect(throws: EffectFailure.self) { try await GrantHarness.profile(on: connection) }
            guard case .portal(let lost)? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(lost.code == "invalid_grant" && lost.hint.contains("a process that ended"))
        }
    }
}

@Suite("The listener for an authorisation")
struct AuthorizationListenerTests {
    @Test("ends after its time, and after too many who bring nothing")
    func bounded() async throws {
        let harness = try GrantHarness()
        let authorization = try Authorization(
            of: harness.application(), on: harness.origin, needing: [], into: harness.store())
        let idle = try AuthorizationListener(port: 0)
        let late = await #expect(throws: EffectFailure.self) {
            try await idle.grant(for: authorization, within: 0) { _ in }
        }
        #expect("\(String(describing: late))".contains("nobody came"))

        let listener = try AuthorizationListener(port: 0)
        let client = HTTPClient()
        defer { client.close() }
        let visitor = Task {
            for _ in 0..<AuthorizationListener.refusedMax {
                _ = try? await client.send(HTTPRequest(method: "GET", url: listener.url + "?code=x&state=y"))
            }
        }
        var reports = 0
        let tired = await #expect(throws: EffectFailure.self) {
            try await listener.grant(for: authorization) { _ in reports += 1 }
        }
        await visitor.value
        #expect("\(String(describing: tired))".contains("none with an authorisation"))
        #expect(reports == AuthorizationListener.refusedMax)
        #expect(try harness.tokenRequests() == 0, "a wrong state asks nobody")
        await #expect(throws: HTTPFailure.self) {
            try await client.send(HTTPRequest(method: "GET", url: listener.url))
        }
    }
}
