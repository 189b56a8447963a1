import Foundation
import Portal
import Synchronization
import Testing
import Wire

@testable import Bitrix24
@testable import Host

/// A portal with leads, an application that is authorised on it, and recipes that run with its grant.
final class FaultWorld {
    let portal: GrantHarness
    let connection: PortalConnection
    /// The leads there were at first: `row 0`, `row 1` and so on.
    let ids: [Int]
    /// Done with at once: nobody waits for what the portal may still be doing.
    private let writing = {
        var policy = ManyWrite.Policy()
        policy.settleAfterMS = 0
        policy.refusalWaitMS = 1
        policy.operatingWaitMSMin = 1
        return policy
    }()

    /// - Parameter clock: of the store of grants, milliseconds since 1970; nil is the machine's.
    init(
        rows: Int = 3, seed: UInt64 = 1, clock: (@Sendable () -> Int64)? = nil,
        _ configure: (inout PortalSettings) -> Void = { _ in }
    ) async throws {
        portal = try GrantHarness { settings in
            settings.seedNumber = seed
            configure(&settings)
        }
        try await portal.authorize()
        connection = try portal.connection(clock: clock)
        ids = try portal.portal.withEngine { (engine) throws(PortalFailure) in
            try engine.addRecords(entityTypeID: 1, count: rows) { ["TITLE": .string("row \($0)")] }
        }
    }

    /// The reply of a handler's body, or its failure.
    func run(_ body: String, limits: [String: String] = [:]) async throws -> RunReport {
        let file = portal.folder.appendingPathComponent("recipe.lua")
        try Data("on(\"go\", function() \(body)\nend)".utf8).write(to: file)
        var request = RunRequest(recipe: try RecipeFolder(file.path))
        request.event = RunEvent(name: "go", data: [:])
        for (name, value) in limits { try request.limits.set(name, value) }
        let said = Mutex("")
        let environment = RunEnvironment(
            portal: connection, store: KeyValueStore(.memory), writing: writing,
            output: { bytes in said.withLock { $0 += String(decoding: bytes, as: UTF8.self) } },
            log: { line in said.withLock { $0 += line } })
        let report = await RecipeRun.run(request, in: environment)
        let shown = said.withLock { $0 } + report.json.text
        for secret in try portal.secrets() { #expect(!shown.contains(secret), "a secret is shown") }
        return report
    }

    func fail(_ faults: PortalFault...) throws {
        try portal.portal.withEngine { (engine) throws(PortalFailure) in faults.forEach { engine.faults.add($0) } }
    }

    /// Ends all faults; how many had not happened yet.
    @discardableResult
    func endFaults() throws -> Int {
        try portal.portal.withEngine { (engine) throws(PortalFailure) in
            defer { engine.faults.removeAll() }
            return engine.faults.faults.count
        }
    }

    /// The titles of the leads on the portal, by their identifiers.
    func leads() throws -> [Int: String] {
        let rows = try portal.portal.withEngine { (engine) throws(PortalFailure) in
            try engine.state.texts("SELECT CAST(id AS TEXT), json_extract(fields, '$.TITLE') FROM crm_item_1")
        }
        return Dictionary(uniqueKeysWithValues: rows.map { (Int($0[0]) ?? 0, $0[1]) })
    }
}
