import Foundation
import Net
import Portal
import Synchronization
import Testing
import Wire

@testable import Bitrix24
@testable import Host

/// Recipes in this process against a real portal on a free port: seeded with the cleaning company, its clock and the
/// recipes' standing on Monday 23 November 2026, 08:00 in New York, an hour before work begins.
final class RecipeHarness {
    static let monday: Int64 = 1_795_438_800
    static let secret = "local0portal0secret"

    let portal: PortalServer
    let address: PortalServer.Address
    let connection: PortalConnection
    let store: KeyValueStore
    /// The portal is done with what it did not answer, so that nobody waits for it.
    var writing = {
        var policy = ManyWrite.Policy()
        policy.settleAfterMS = 0
        policy.refusalWaitMS = 1
        return policy
    }()
    /// Holds the recipes' files; gone with the harness.
    let folder: URL

    /// - Parameters:
    ///   - store: values of an earlier harness, or a file.
    ///   - clockStands: false for the machine's time, by which the portal's bucket leaks.
    ///   - configure: changes to the portal's settings. The portal refuses no one for haste unless told to.
    init(
        store: KeyValueStore = KeyValueStore(.memory), plan: Pace.Plan = Pace.Plan(drainPerSecond: 1000, burst: 10_000),
        clockStands: Bool = true, configure: (inout PortalSettings) -> Void = { _ in }
    ) throws {
        let seed = try PortalSeed(parsing: Array(Data(contentsOf: Self.repository("seeds/cleaning-company.json"))))
        var configuration = PortalServer.Configuration()
        seed.configure(&configuration.settings)
        configuration.settings.drainPerSecond = nil
        configure(&configuration.settings)
        if clockStands { configuration.clockStandsAt = Self.monday }
        portal = try PortalServer(configuration)
        try portal.withEngine { (engine) throws(PortalFailure) in
            do {
                try seed.load(into: engine.state)
            } catch {
                throw PortalFailure("SEED", "\(error)")
            }
        }
        address = try portal.start()
        connection = try Self.connection(to: address.webhook, plan)
        self.store = store
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("recipe-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        connection.close()
        portal.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// A connection that repeats what may be repeated at once, so that no test waits.
    static func connection(
        to webhook: String, _ plan: Pace.Plan = Pace.Plan(drainPerSecond: 1000, burst: 10_000)
    ) throws -> PortalConnection {
        var retry = RetryPolicy()
        retry.backoffMS = 0
        return try PortalConnection(webhook: webhook, plan: plan, retry: retry)
    }

    static func repository(_ path: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(path)
    }

    // -- Runs ---------------------------------------------------------------------------------------------------------

    struct Run {
        let report: RunReport
        /// What `print` wrote.
        let printed: String
        let log: [String]
        /// HTTP requests that reached the portal.
        let requests: Int

        var reply: JSONValue { report.reply ?? .null }
        var failure: RunFailure? { report.failure }
        /// Everything that people get to see of the run.
        var shown: String {
            let failure = report.failure.map { "\($0.message) \($0.hint ?? "") \(JSONValue.object($0.fields).text)" }
            let plan = report.plan.map { $0.described + $0.json.text }.joined()
            return printed + log.joined(separator: "\n") + (failure ?? "") + plan
                + (report.failure == nil ? "" : report.json.text)
        }
    }

    /// Runs a recipe's text, from top to bottom or woken by an event.
    func run(
        _ lua: String, event: RunEvent? = nil, settings: [String: String] = [:], limits: [String: String] = [:],
        mode: RunMode = .live, on portal: PortalConnection? = nil
    ) async throws -> Run {
        try await run(
            file: try file("recipe.lua", lua), event: event, settings: settings, limits: limits, mode: mode, on: portal)
    }

    /// Runs a recipe's file.
    func run(
        file: URL, event: RunEvent? = nil, settings: [String: String] = [:], limits: [String: String] = [:],
        mode: RunMode = .live, on portal: PortalConnection? = nil
    ) async throws -> Run {
        var request = RunRequest(recipe: try RecipeFolder(file.path))
        request.event = event
        request.settings = settings.map { GivenSetting($0.key, .text($0.value)) }
        request.mode = mode
        for (name, value) in limits { try request.limits.set(name, value) }
        let heard = Heard()
        let environment = RunEnvironment(
            portal: portal ?? connection, store: store,
            clock: { Timestamp(unixSeconds: Self.monday, nanoseconds: 0) }, writing: writing,
            output: { heard.printed += String(decoding: $0, as: UTF8.self) }, log: { heard.log.append($0) })
        let before = try requestCount()
        let report = await RecipeRun.run(request, in: environment)
        return Run(report: report, printed: heard.printed, log: heard.log, requests: try requestCount() - before)
    }

    /// Runs `body` as a handler, so that it can return something.
    func handler(
        _ body: String, _ data: JSONValue = [:], settings: [String: String] = [:], limits: [String: String] = [:],
        mode: RunMode = .live, on portal: PortalConnection? = nil
    ) async throws -> Run {
        try await run(
            "on(\"go\", function(event) \(body)\nend)", event: RunEvent(name: "go", data: data), settings: settings,
            limits: limits, mode: mode, on: portal)
    }

    /// What `body` returns; a failure of the run is an issue of the test.
    func reply(
        _ body: String, _ data: JSONValue = [:], mode: RunMode = .live,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let run = try await handler(body, data, mode: mode)
        if let failure = run.failure { Issue.record("\(failure.message)", sourceLocation: sourceLocation) }
        return run.reply
    }

    /// How `body` fails, as one line.
    func failure(_ body: String, mode: RunMode = .live) async throws -> String {
        try await handler(body, mode: mode).failure?.message ?? "did not fail"
    }

    func file(_ name: String, _ text: String) throws -> URL {
        let url = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url
    }

    // -- The portal ---------------------------------------------------------------------------------------------------

    /// Asks the portal's engine itself: no request of ours, no faults meant for the recipe.
    func ask(_ method: String, _ parameters: JSONValue = [:]) throws -> JSONValue {
        let body = try portal.withEngine { (engine) throws(PortalFailure) in
            let faults = engine.faults
            engine.faults.removeAll()
            defer { engine.faults = faults }
            return engine.handle(
                PortalRequest(
                    "POST", "/rest/1/\(Self.secret)/\(method)",
                    headers: [(name: "Content-Type", value: "application/json")], body: parameters.encoded())
            ).body
        }
        let reply = try JSONValue(parsing: body)
        if let error = reply["error"] { Issue.record("\(method): \(error.text)") }
        return reply["result"] ?? .null
    }

    func count(_ method: String, _ filter: JSONValue = [:]) throws -> Int {
        try ask(method, ["filter": filter, "select": ["ID"]]).arrayValue?.count ?? -1
    }

    func fail(_ method: String, _ kind: PortalFault.Kind, skip: Int = 0, count: Int? = nil) throws {
        try portal.withEngine { (engine) throws(PortalFailure) in
            engine.faults.add(PortalFault(method, kind, skip: skip, count: count))
        }
    }

    func requestCount() throws -> Int {
        try portal.withEngine { (engine) throws(PortalFailure) in engine.log.requestCount }
    }

    /// Methods that the portal has run, batches opened, in order.
    func methodsRun() throws -> [String] {
        try portal.withEngine { (engine) throws(PortalFailure) in engine.log.entries.map(\.method) }
    }
}

/// What a run says while it goes. Confined to the test's task.
private final class Heard {
    var printed = ""
    var log: [String] = []
}
