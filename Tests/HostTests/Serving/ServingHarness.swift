import Foundation
import PostgresCluster
import Storage
import Testing
import Wire

@testable import Host

/// Inbox, dispatcher and runs over a store in a temporary file, with recipes written in the test. `restart` is what a
/// process that dies and another in its place are to the store.
final class ServingHarness {
    enum Engine: String, CaseIterable {
        case sqlite, postgres
    }

    let folder: URL
    private let location: StoreLocation
    private(set) var store: HostStore
    private(set) var inbox: Inbox
    private(set) var dispatcher: EventDispatcher
    private(set) var stopping = StopFlag()
    private var looking: Task<Void, Never>?
    let portal: PortalConnection?
    let clock: @Sendable () -> Timestamp
    private var recipes: [ServedRecipe] = []

    init(
        _ engine: Engine = .sqlite, portal: PortalConnection? = nil,
        clock: @escaping @Sendable () -> Timestamp = WallClock.now
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("serving-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.portal = portal
        self.clock = clock
        location =
            switch engine {
            case .sqlite: .file(folder.appendingPathComponent("host.db").path)
            case .postgres: .postgres(try PostgresCluster.shared().makeDatabase())
            }
        (store, inbox, dispatcher) = try Self.open(location, folder, portal, clock, stopping, { _ in })
        try start()
    }

    deinit {
        stopping.set()
        dispatcher.alarm.ring()
        try? FileManager.default.removeItem(at: folder)
    }

    static func open(
        _ location: StoreLocation, _ folder: URL, _ portal: PortalConnection?,
        _ clock: @escaping @Sendable () -> Timestamp, _ stopping: StopFlag,
        _ write: @escaping @Sendable (String) -> Void
    ) throws -> (HostStore, Inbox, EventDispatcher) {
        let store = try HostStore(
            location, key: .file(folder.appendingPathComponent("key").path),
            isServing: true, nowMS: clock().unixMilliseconds)
        let inbox = Inbox(store, metrics: Metrics(), clock: clock)
        let performer = RunPerformer(
            .init(
                store: store, inbox: inbox, portals: { _ in portal }, clock: clock,
                log: HostLog(.human, write: write), stopping: stopping))
        let dispatcher = EventDispatcher(performer)
        inbox.give(to: dispatcher)
        return (store, inbox, dispatcher)
    }

    private func start() throws {
        dispatcher.serve(RecipeSet(recipes: recipes))
        let dispatcher = dispatcher
        looking = Task {
            // The database is there: a failure here fails every test.
            try? await dispatcher.recover()
            await dispatcher.run()
        }
    }

    /// A recipe of this text.
    @discardableResult
    func serve(_ name: String, _ text: String) async throws -> ServedRecipe {
        let place = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try text.write(to: place.appendingPathComponent("recipe.lua"), atomically: true, encoding: .utf8)
        let configured = RecipeConfiguration(
            name: name, recipe: try RecipeFolder(place.path), portal: portal == nil ? nil : "test", settings: [],
            limits: RunLimits())
        let recipe = try await RecipeLibrary.served(configured)
        try await CodeTable.put(recipe.code, store)
        recipes.removeAll { $0.name == name }
        recipes.append(recipe)
        dispatcher.serve(RecipeSet(recipes: recipes))
        return recipe
    }

    /// The event's runs when they are over or asleep.
    func fire(_ name: String, _ data: String = "{}", lane: Int64 = 0) async throws -> [RunRecord] {
        let arrival = Inbox.Arrival(name: name, source: .api, data: Array(data.utf8), lane: lane, isAwaited: true)
        guard case .accepted(let id) = await inbox.accept(arrival) else {
            Issue.record("the event was not accepted")
            return []
        }
        return try await dispatcher.runs(of: id, timeoutMS: 60_000) ?? []
    }

    /// Another process in the place of this one, which stops before its next step.
    func restart() async throws {
        stopping.set()
        await dispatcher.stop(graceMS: 10_000)
        await looking?.value
        store.close()
        stopping = StopFlag()
        (store, inbox, dispatcher) = try Self.open(location, folder, portal, clock, stopping, { _ in })
        try start()
    }

    func runs(where condition: String = "1 = 1") async throws -> [RunRecord] {
        let store = store
        return try await store.result { (database) throws(DatabaseFailure) in
            try RunTable.runs(where: condition + " ORDER BY id", [], store, in: database)
        }
    }
}

extension ServingHarness {
    func change(_ sql: String) async throws {
        try await store.result { (database) throws(DatabaseFailure) in _ = try database.run(sql) }
    }

    /// All that sleeps is due now.
    func wake() async throws {
        try await change("UPDATE journal SET state = 1 WHERE name = 'sleep'")
        try await change("UPDATE run SET due_ms = 1 WHERE state IN (1, 2)")
        dispatcher.look(atMS: 0)
        dispatcher.alarm.ring()
    }

    /// All runs, when there are `count` and none is at work.
    func settledRuns(_ count: Int = 1) async throws -> [RunRecord] {
        while true {
            let runs = try await runs()
            if runs.count >= count, runs.allSatisfy({ $0.state != .running && $0.dueMS == nil }) { return runs }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func value(_ recipe: String, _ key: String) async throws -> JSONValue? {
        try await store.result { (database) throws(DatabaseFailure) in
            try StoredValues.get(recipe, key, in: database)
        }.map { try JSONValue(parsing: $0) }
    }
}
