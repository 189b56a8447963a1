import Bitrix24
import Cryptography
import Glibc
import Net
import Storage
import Synchronization
public import Wire

/// `host serve`: events in, durable runs out, until it is told to stop.
///
///     let service = try HostService(configuration, key: key, log: log, portals: portals)
///     let address = try await service.start()
///     …
///     await service.stop()
public final class HostService: Sendable {
    /// What runs that are at work are given when the host stops.
    public static let graceMS: Int64 = 20_000
    private static let refreshMS: Int64 = 1_000

    let configuration: HostConfiguration
    let store: HostStore
    let inbox: Inbox
    let dispatcher: EventDispatcher
    let library: RecipeLibrary
    let portals: [String: ServedPortal]
    let metrics = Metrics()
    let log: HostLog
    let clock: @Sendable () -> Timestamp
    /// Where processes share what portals take; nil where they do not.
    let budgets: String?
    let history: RunHistory
    private let stopping = StopFlag()
    private let schedules: ScheduleKeeper
    private let refreshing = Alarm()
    private let working = Mutex<[Task<Void, Never>]>([])
    private let server = Mutex<HTTPServer?>(nil)
    /// Hears of events that other processes took.
    private let listener = Mutex<PostgresListener?>(nil)

    /// - Parameters:
    ///   - key: seals what the store keeps.
    ///   - portals: the configuration's, connected.
    public init(
        _ configuration: HostConfiguration, key: GrantKey, log: HostLog, portals: [ServedPortal],
        budgets: String? = nil, clock: (@Sendable () -> Timestamp)? = nil
    ) throws(HostFailure) {
        let clock = clock ?? WallClock.now
        self.budgets = budgets
        self.configuration = configuration
        self.log = log
        self.clock = clock
        self.portals = Dictionary(portals.map { ($0.name, $0) }) { first, _ in first }
        store = try HostStore(configuration.store.location, key: key, isServing: true, nowMS: clock().unixMilliseconds)
        var inboxLimits = Inbox.Limits()
        inboxLimits.eventsMax = configuration.inboxEventsMax
        inbox = Inbox(store, limits: inboxLimits, metrics: metrics, clock: clock)
        let connections = Dictionary(portals.map { ($0.name, $0.connection) }) { first, _ in first }
        let performer = RunPerformer(
            .init(
                store: store, inbox: inbox, portals: { connections[$0] }, clock: clock, log: log, stopping: stopping))
        var limits = EventDispatcher.Limits()
        limits.eventsAtOnce = configuration.runsAtOnce
        dispatcher = EventDispatcher(performer, limits: limits)
        library = RecipeLibrary(configuration, store: store, log: log)
        schedules = ScheduleKeeper(dispatcher, clock: clock)
        history = RunHistory(store, clock: clock)
    }

    /// Loads the recipes, takes up what an earlier process left, and listens.
    ///
    /// - Returns: the port.
    public func start() async throws(HostFailure) -> Int {
        if let recipes = await library.refresh() { dispatcher.serve(recipes) }
        try await dispatcher.recover()
        inbox.give(to: dispatcher)
        let server = try listening()
        let port: Int
        do throws(HTTPServerFailure) {
            port = try server.start()
        } catch {
            throw HostFailure(
                .machine,
                "the host cannot listen at \(configuration.listening.host):\(configuration.listening.port): "
                    + error.message, hint: "listen in host.lua names another address")
        }
        self.server.withLock { $0 = server }
        let dispatcher = dispatcher
        let schedules = schedules
        working.withLock { working in
            working = [
                Task { await dispatcher.run() }, Task { await schedules.run() }, Task { await self.keepRecipesFresh() },
                Task { await Retention(self).run() }, Task { await OfflineEvents(self).run() },
            ]
        }
        listener.withLock { $0 = store.listen { dispatcher.look(atMS: 0) } }
        return port
    }

    /// Takes no more events, lets runs come to their next step, and writes everything.
    public func stop() async {
        stopping.set()
        schedules.look()
        refreshing.ring()
        // What was accepted is answered first; then nobody is listened to.
        await dispatcher.stop(graceMS: Self.graceMS)
        let server = server.withLock { server in
            defer { server = nil }
            return server
        }
        // It waits for answers that tasks of the pool give: not on a thread of the pool.
        await Self.offPool { server?.stop() }
        let working = working.withLock { working in
            defer { working = [] }
            return working
        }
        for task in working { task.cancel() }
        for task in working { await task.value }
        listener.withLock { $0 }?.close()
        for portal in portals.values { await portal.connection.finish() }
        let store = store
        await Self.offPool { store.close() }
    }

    /// Does something that blocks. Where the system has no thread left for it, it blocks here.
    private static func offPool(_ body: @escaping @Sendable () -> Void) async {
        await withUnsafeContinuation { continuation in
            let isRunning = detachThread {
                body()
                continuation.resume()
            }
            guard !isRunning else { return }
            body()
            continuation.resume()
        }
    }

    var isStopping: Bool { stopping.isSet }

    /// Waits, but not beyond the host's end.
    func pause(_ milliseconds: Int64) async {
        // Cancelled when the host stops: that is the end of the wait.
        try? await Task.sleep(for: .milliseconds(milliseconds))
    }

    private func listening() throws(HostFailure) -> HTTPServer {
        var net = HTTPServer.Configuration()
        net.host = configuration.listening.host
        net.port = configuration.listening.port
        net.bodyBytesMax = inbox.limits.eventBytesMax
        if let tls = configuration.tls {
            net.tls = TLSIdentity(
                certificatePEM: String(decoding: try SourceFile.read(tls.certificatePath), as: UTF8.self),
                keyPEM: String(decoding: try SourceFile.read(tls.keyPath), as: UTF8.self))
        }
        let routes = Routes(self)
        return HTTPServer(net) { request, responder in routes.answer(request, responder) }
    }

    /// Loads recipes anew when their files change.
    private func keepRecipesFresh() async {
        while !stopping.isSet {
            await refreshing.wait(milliseconds: Self.refreshMS)
            guard !stopping.isSet, let recipes = await library.refresh() else { continue }
            dispatcher.serve(recipes)
            schedules.look()
        }
    }

    /// Wakes handlers of an event of the host's own.
    public func raise(_ name: String, _ data: JSONValue, recipe: String? = nil) async -> TimeOrderedID? {
        let arrival = Inbox.Arrival(name: name, recipe: recipe, source: .host, data: data.encoded())
        guard case .accepted(let id) = await inbox.accept(arrival) else { return nil }
        return id
    }
}
