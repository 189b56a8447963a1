import Bitrix24
import Bridge
import Net
import Wire

/// Where events come in: `/bitrix/PORTAL` for portals, `/events/NAME` for everybody who has a key.
struct EventRoutes: Sendable {
    let inbox: Inbox
    let dispatcher: EventDispatcher
    let portals: [String: ServedPortal]
    /// By the names of those who have them.
    let apiKeys: [HostConfiguration.APIKey]
    let metrics: Metrics
    let log: HostLog

    /// The longest that a caller may wait for its event's runs.
    static let waitMSMax = 60_000

    // -- Portals ------------------------------------------------------------------------------------------------------

    /// On the server's thread: the form is read and the token compared at once, the answer comes when the event is on
    /// disk.
    func portal(_ name: String, _ request: HTTPServerRequest, _ responder: HTTPResponder) {
        guard request.method == "POST" else { return ServerReply.notAllowed("POST").send(responder) }
        guard let portal = portals[name] else {
            return ServerReply.failure(404, "unknown_portal", "no portal of this name is configured").send(responder)
        }
        let form: JSONObject
        do throws(FormFailure) {
            form = try Form.decode(request.body, limits: PortalEvent.formLimits)
        } catch {
            return ServerReply.failure(400, "bad_form", error.message).send(responder)
        }
        if portal.authorization != nil, Self.isInstallation(form) {
            return install(portal, form, request, responder)
        }
        guard let event = PortalEvent(form, portal: name) else {
            return ServerReply.failure(400, "no_event", "the form names no event").send(responder)
        }
        guard let expected = portal.applicationToken(), let given = event.applicationToken, given == expected else {
            metrics.count(.forged)
            log.say(
                .warn, "an event without the portal's application token was refused",
                ["portal": .string(name), "event": .string(event.name)])
            return ServerReply.failure(
                403, "forbidden", "the application token is not this portal's",
                hint: "set portals.\(name).application_token, or install the application on the portal again"
            ).send(responder)
        }
        let arrival = Inbox.Arrival(
            portal: name, name: event.name, source: .portal, data: event.data, lane: event.lane, digest: event.digest)
        inbox.accept(arrival) { acceptance in
            switch acceptance {
            case .accepted, .known: responder.respond(status: 200)
            case .refused(let retryAfterS, let failure):
                ServerReply.unavailable(failure, retryAfterS: retryAfterS).send(responder)
            }
        }
    }

    private static func isInstallation(_ form: JSONObject) -> Bool {
        if form["AUTH_ID"] != nil { return true }
        let event = form["event"]?.stringValue?.uppercased() ?? ""
        return ["ONAPPINSTALL", "ONAPPUPDATE", "ONAPPUNINSTALL"].contains(event)
    }

    /// The application is installed, opened, or leaves. What the form says is checked with the authorisation server.
    private func install(
        _ portal: ServedPortal, _ form: JSONObject, _ request: HTTPServerRequest, _ responder: HTTPResponder
    ) {
        guard let authorization = portal.authorization else { return }
        let query = (try? Form.decode(request.query)) ?? JSONObject()
        // Answered by its end whatever it is; the server waits for its answers before it stops.
        Task {
            do throws(EffectFailure) {
                let grant = try await authorization.grant(form: form, query: query)
                log.say(
                    .info, grant == nil ? "the application was uninstalled" : "the application was authorised",
                    ["portal": .string(portal.name)])
                if let event = PortalEvent(form, portal: portal.name) {
                    _ = await inbox.accept(
                        Inbox.Arrival(
                            portal: portal.name, name: event.name, source: .portal, data: event.data,
                            digest: event.digest))
                }
                ServerReply.text("Done.").send(responder)
            } catch {
                metrics.count(.forged)
                let failure = LuaFailure(error).message
                log.say(.warn, "an installation was refused: \(failure)", ["portal": .string(portal.name)])
                ServerReply.failure(403, "forbidden", "the installation could not be confirmed").send(responder)
            }
        }
    }

    // -- Everybody else -----------------------------------------------------------------------------------------------

    func named(_ name: String, _ request: HTTPServerRequest, _ responder: HTTPResponder) {
        guard request.method == "POST" else { return ServerReply.notAllowed("POST").send(responder) }
        if let refusal = refusal(request) { return refusal.send(responder) }
        guard (1...EventModule.nameBytesMax).contains(name.utf8.count) else {
            return ServerReply.failure(
                400, "bad_name", "an event's name has 1 to \(EventModule.nameBytesMax) bytes"
            ).send(responder)
        }
        let body = request.body.isEmpty ? Array("{}".utf8) : request.body
        guard body.count <= inbox.limits.eventBytesMax else {
            return ServerReply.failure(
                413, "too_large", "an event has at most \(inbox.limits.eventBytesMax) bytes"
            ).send(responder)
        }
        let data: JSONValue
        do throws(JSONFailure) {
            data = try JSONValue(parsing: body)
        } catch {
            return ServerReply.failure(400, "bad_json", "\(error.message) at byte \(error.offset)").send(responder)
        }
        let waitMS: Int?
        do throws(WaitFailure) {
            waitMS = try Self.waitMS(request.query)
        } catch {
            return ServerReply.failure(400, "bad_wait", error.message).send(responder)
        }
        if let problem = unfit(name, data) { return problem.send(responder) }
        let arrival = Inbox.Arrival(name: name, source: .api, data: body, isAwaited: waitMS != nil)
        inbox.accept(arrival) { acceptance in
            switch acceptance {
            case .accepted(let id):
                guard let waitMS else {
                    return ServerReply.json(["event": .string(id.description)], status: 202).send(responder)
                }
                // The server waits for its answers before it stops.
                Task { await answered(id, waitMS).send(responder) }
            case .known: responder.respond(status: 202)
            case .refused(let retryAfterS, let failure):
                ServerReply.unavailable(failure, retryAfterS: retryAfterS).send(responder)
            }
        }
    }

    /// A tool's input is checked before anything runs; an event that nobody listens to is a mistake of the sender's.
    private func unfit(_ name: String, _ data: JSONValue) -> ServerReply? {
        let recipes = dispatcher.recipes.recipes.filter { $0.events.contains(name) }
        guard !recipes.isEmpty else {
            let known = Array(Set(dispatcher.recipes.recipes.flatMap(\.events))).sorted()
            let meant = Spelling.nearest(to: name, among: known)
            return ServerReply.failure(
                404, "unknown_event", "no recipe listens to '\(name)'",
                hint: meant.map { "did you mean \($0)?" } ?? "they listen to \(known.joined(separator: ", "))")
        }
        for tool in recipes.flatMap(\.tools) where tool.event == name {
            do throws(FieldFailure) {
                try RecipeSession.check(data, against: tool.input)
            } catch {
                return ServerReply.failure(422, "bad_input", error.message)
            }
        }
        return nil
    }

    private func answered(_ id: TimeOrderedID, _ waitMS: Int) async -> ServerReply {
        var object: JSONObject = ["event": .string(id.description)]
        let runs: [RunRecord]?
        do throws(HostFailure) {
            runs = try await dispatcher.runs(of: id, timeoutMS: Int64(waitMS))
        } catch {
            return .failure(500, "store", error.message, hint: error.hint)
        }
        guard let runs else {
            object["status"] = "running"
            return .json(.object(object), status: 202)
        }
        object["runs"] = .array(runs.map { .string($0.id.description) })
        if let dead = runs.first(where: { $0.state.isDead }) {
            object["status"] = .string(dead.state.word)
            object["error"] = dead.failure.flatMap { try? JSONValue(parsing: $0) } ?? .null
            return .json(.object(object), status: 500)
        }
        object["status"] = .string(runs.contains { $0.state != .done } ? "asleep" : "done")
        object["reply"] = runs.lazy.compactMap(\.reply).first.flatMap { try? JSONValue(parsing: $0) } ?? .null
        return .json(.object(object))
    }

    // -- Keys ---------------------------------------------------------------------------------------------------------

    /// What answers a request without a key that is known; nil when it has one.
    func refusal(_ request: HTTPServerRequest) -> ServerReply? {
        guard !apiKeys.isEmpty else {
            return .failure(
                403, "no_keys", "nobody may post events here",
                hint: "give somebody a key in host.lua: api_keys = { site = env \"SITE_KEY\" }")
        }
        let header = request.header("Authorization") ?? ""
        let given = header.hasPrefix("Bearer ") ? Secret(String(header.dropFirst(7))) : nil
        // Every key is compared, so that the time tells nothing of which there are.
        var isKnown = false
        if let given { for known in apiKeys where known.key == given { isKnown = true } }
        guard !isKnown else { return nil }
        var reply = ServerReply.failure(401, "unauthorized", "a key is needed", hint: "Authorization: Bearer KEY")
        reply.headers.append((name: "WWW-Authenticate", value: "Bearer"))
        return reply
    }

    private struct WaitFailure: Error {
        let message: String
    }

    private static func waitMS(_ query: String) throws(WaitFailure) -> Int? {
        guard let text = (try? Form.decode(query))?["wait"]?.stringValue else { return nil }
        guard let milliseconds = Quantity.milliseconds(text), milliseconds <= waitMSMax else {
            throw WaitFailure(message: "wait is a time of at most \(waitMSMax / 1000) s, such as wait=5s")
        }
        return milliseconds
    }
}
