import Foundation
import Portal
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
        return policy
    }()

    init(rows: Int = 3, seed: UInt64 = 1, _ configure: (inout PortalSettings) -> Void = { _ in }) async throws {
        portal = try GrantHarness { settings in
            settings.seedNumber = seed
            configure(&settings)
        }
        try await portal.authorize()
        connection = try portal.connection()
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
        let environment = RunEnvironment(
            portal: connection, store: KeyValueStore(.memory), writing: writing, output: { _ in }, log: { _ in })
        let report = await RecipeRun.run(request, in: environment)
        #expect(!report.json.text.contains("SECRET"))
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
