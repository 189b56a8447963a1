import Bitrix24
import Net
import Wire

/// What is at which address.
struct Routes: Sendable {
    private let service: HostService
    private let events: EventRoutes
    private let console: ConsoleRoutes

    init(_ service: HostService) {
        self.service = service
        events = EventRoutes(
            inbox: service.inbox, dispatcher: service.dispatcher, portals: service.portals,
            apiKeys: service.configuration.apiKeys, metrics: service.metrics, log: service.log)
        console = ConsoleRoutes(service)
    }

    /// On the server's thread: nothing here may wait.
    func answer(_ request: HTTPServerRequest, _ responder: HTTPResponder) {
        let path = request.path
        if path.hasPrefix("/bitrix/") {
            return events.portal(String(path.dropFirst("/bitrix/".count)), request, responder)
        }
        if path.hasPrefix("/events/") {
            let name = PercentCoding.decode(String(path.dropFirst("/events/".count)))
            return events.named(name, request, responder)
        }
        switch path {
        case "/health": health(request).send(responder)
        case "/metrics":
            guard let refusal = scrape(request) else {
                // Not on the server's thread: some numbers come from the store.
                return answer(responder) { await MetricsPage(service).reply() }
            }
            refusal.send(responder)
        case "/tools":
            (events.refusal(request) ?? .json(ToolList.json(of: service.dispatcher.recipes))).send(responder)
        default: console.answer(request, responder)
        }
    }

    private func answer(_ responder: HTTPResponder, _ body: @escaping @Sendable () async -> ServerReply) {
        // The server waits for its answers before it stops.
        Task { await body().send(responder) }
    }

    private func health(_ request: HTTPServerRequest) -> ServerReply {
        guard request.method == "GET" || request.method == "HEAD" else { return .notAllowed("GET") }
        guard !service.isStopping else { return .json(["status": "stopping"], status: 503) }
        let isBehind = service.store.thread.depth > StoreThread.jobsMax / 2
        return .json(["status": .string(isBehind ? "behind" : "ok")], status: isBehind ? 503 : 200)
    }

    /// Numbers of a business are not for everybody: with a key, or from this machine.
    private func scrape(_ request: HTTPServerRequest) -> ServerReply? {
        guard !service.configuration.apiKeys.isEmpty || !service.configuration.listensToOthers else { return nil }
        return service.configuration.listensToOthers ? events.refusal(request) : nil
    }
}

extension HostConfiguration {
    /// Not on loopback alone.
    var listensToOthers: Bool {
        listening.host != "::1" && !listening.host.hasPrefix("127.") && listening.host != "localhost"
    }
}
