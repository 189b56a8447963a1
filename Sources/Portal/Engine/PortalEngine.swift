public import Storage
internal import Wire

/// The whole portal without a socket: a request value in, an answer value out.
///
/// Not Sendable and not reentrant: one thread at a time. `PortalServer` is the thin shell that puts it
/// on a port; tests call `handle` themselves.
public final class PortalEngine {
    public let state: PortalState
    public internal(set) var log = CallLog()
    var bucket = LeakyBucket()
    var operating = OperatingLedger()
    /// What handlers are still to be told.
    var deliveries = DeliveryQueue()

    /// Misbehaviour that somebody asked for.
    public var faults: FaultTable {
        get { state.faults }
        set { state.faults = newValue }
    }

    /// - Throws: when the database or the time zone cannot be opened.
    public init(
        settings: PortalSettings = PortalSettings(), clock: PortalClock = PortalClock(),
        location: Database.Location = .memory
    ) throws(PortalFailure) {
        let database: Database
        let timeZone: TimeZoneRules
        // Indexes look into records with json_extract, which SQLite 3.40 does not count as harmless.
        var limits = Database.Limits()
        limits.trustsSchema = true
        do { database = try Database(location, limits: limits) } catch { throw .local("\(error)") }
        do { timeZone = try TimeZoneRules(name: settings.timeZoneName) } catch { throw .local("\(error)") }
        state = PortalState(database: database, clock: clock, timeZone: timeZone, settings: settings)
        try state.transaction { () throws(PortalFailure) in
            for family in PortalMethods.families {
                for statement in family.schema { try state.execute(statement) }
            }
            try state.events.silently { () throws(PortalFailure) in
                for family in PortalMethods.families { try family.prepare?(state) }
            }
        }
        for application in settings.applications { try state.register(application) }
    }

    public func handle(_ request: PortalRequest) -> PortalAnswer {
        let doorkeeper = Doorkeeper(site: state.site, hostNames: state.settings.hostNames)
        if let refusal = doorkeeper.refusal(request) { return refuse(refusal, api: .classic) }
        let route = PortalRoute(path: request.path)
        if case .control(let path) = route, request.door == .portal { return control(request, path: path) }
        if let answer = moved(request) { return answer }
        switch (route, request.door) {
        case (.webhook(let api, let user, let secret, let method), .portal):
            return rest(request, api: api, method: method) { authentication, _ throws(PortalFailure) in
                try authentication.webhook(user: user, secret: secret)
            }
        case (.token(let api, let method), .portal):
            return rest(request, api: api, method: method, credential: token(of: request))
        case (.token(.classic, "app.info"), .authorization):
            return applicationInfo(request)
        case (.token(let api, _), .authorization): return refuse(MethodRefusal.notFound(api), api: api)
        case (.tokenEndpoint, .authorization): return tokens(request)
        case (.tokenEndpoint, .portal) where state.settings.oauth.portalPassesTokens: return tokens(request)
        case (.authorize, .portal):
            return page { () throws(PortalFailure) in try AuthorizePage(state: state).answer(request) }
        case (.page, .portal):
            return page { () throws(PortalFailure) in
                PortalAnswer(
                    headers: PortalAnswer.html, body: try PortalMethods.page(state, log, query: request.query))
            }
        default: return PortalAnswer(status: 404, headers: PortalAnswer.html, body: Array("404 Not Found".utf8))
        }
    }

    private func page(_ body: () throws(PortalFailure) -> PortalAnswer) -> PortalAnswer {
        do { return try body() } catch { return refuse(error, api: .classic) }
    }

    func refuse(_ failure: PortalFailure, api: PortalAPI) -> PortalAnswer {
        PortalAnswer(status: failure.status, body: Envelope.failure(failure, api: api))
    }
}

extension PortalAnswer {
    static let html: [(name: String, value: String)] = [
        (name: "Content-Type", value: "text/html; charset=utf-8")
    ]
}
