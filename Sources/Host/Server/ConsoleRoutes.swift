import Bitrix24
import Net
import Wire

/// The console: pages for people at `/`, made here, readable without scripts.
struct ConsoleRoutes: Sendable {
    private let service: HostService
    private let sessions: ConsoleSessions?
    private let pages: ConsolePages

    static let cookie = "host_console"
    private static let formBytesMax = 64 << 10

    init(_ service: HostService) {
        self.service = service
        sessions = service.configuration.consolePassword.map(ConsoleSessions.init)
        pages = ConsolePages(service)
    }

    private var nowMS: Int64 { service.clock().unixMilliseconds }

    func answer(_ request: HTTPServerRequest, _ responder: HTTPResponder) {
        guard let sessions else { return ServerReply.notFound.send(responder) }
        if request.path == "/console.css" {
            return ServerReply(
                headers: [(name: "Content-Type", value: "text/css; charset=utf-8")], body: ConsolePages.style
            ).send(responder)
        }
        if request.path == "/login" { return logIn(request, sessions).secured.send(responder) }
        let cookie = Self.cookie(of: request)
        guard let cookie, let session = sessions.session(cookie, nowMS: nowMS) else {
            guard request.method == "GET", !request.path.hasPrefix("/api") else {
                return ServerReply.failure(401, "unauthorized", "log in first").secured.send(responder)
            }
            return Self.redirect("/login").secured.send(responder)
        }
        switch request.method {
        case "GET", "HEAD":
            answer(responder) { () async throws(HostFailure) in try await page(request, session) }
        case "POST":
            // Cookies go along with other sites' forms in old browsers; the token of the page does not.
            guard request.body.count <= Self.formBytesMax, let form = try? Form.decode(request.body),
                form["token"]?.stringValue == session.formToken
            else {
                return ServerReply.failure(403, "forbidden", "the form is not from this page").secured.send(responder)
            }
            if request.path == "/logout" {
                sessions.leave(cookie)
                return Self.redirect("/login").secured.send(responder)
            }
            answer(responder) { () async throws(HostFailure) in try await change(request, form) }
        default: ServerReply.notAllowed("GET, POST").secured.send(responder)
        }
    }

    private func answer(
        _ responder: HTTPResponder, _ body: @escaping @Sendable () async throws(HostFailure) -> ServerReply
    ) {
        // The server waits for its answers before it stops.
        Task {
            do throws(HostFailure) {
                try await body().secured.send(responder)
            } catch {
                pages.failure(error).secured.send(responder)
            }
        }
    }

    // -- Pages --------------------------------------------------------------------------------------------------------

    private func page(
        _ request: HTTPServerRequest, _ session: ConsoleSessions.Session
    ) async throws(HostFailure) -> ServerReply {
        let query = (try? Form.decode(request.query)) ?? JSONObject()
        switch request.path {
        case "/":
            var filter = RunHistory.Filter()
            filter.isDead = query["failed"] != nil
            filter.recipe = query["recipe"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
            filter.before = query["before"]?.stringValue
            return try await pages.runs(filter, session)
        case "/recipes": return pages.recipes(session)
        case "/portals": return try pages.portals(session)
        default:
            guard request.path.hasPrefix("/runs/") else { return pages.nothing(session) }
            return try await pages.run(String(request.path.dropFirst("/runs/".count)), session)
        }
    }

    private func change(_ request: HTTPServerRequest, _ form: JSONObject) async throws(HostFailure) -> ServerReply {
        let parts = request.path.split(separator: "/").map(String.init)
        guard parts.count == 3, parts[0] == "runs" else { return .notFound }
        switch parts[2] {
        case "retry":
            let step = form["step"]?.stringValue.flatMap { Int($0) }
            try await service.history.retry(parts[1], fromStep: step)
            service.dispatcher.look(atMS: 0)
        case "drop": try await service.history.drop(parts[1])
        default: return .notFound
        }
        return Self.redirect("/runs/\(parts[1])")
    }

    // -- Logging in ---------------------------------------------------------------------------------------------------

    private func logIn(_ request: HTTPServerRequest, _ sessions: ConsoleSessions) -> ServerReply {
        guard request.method == "POST" else { return pages.login(nil) }
        // A page of another site may not log anybody in either.
        guard Self.isOwn(request) else { return .failure(403, "forbidden", "the form is not from this page") }
        guard request.body.count <= Self.formBytesMax,
            let password = (try? Form.decode(request.body))?["password"]?.stringValue
        else { return pages.login("A password is needed.") }
        do throws(HostFailure) {
            switch try sessions.enter(password, nowMS: nowMS) {
            case .entered(let cookie):
                var reply = Self.redirect("/")
                let secure = service.configuration.tls != nil ? "; Secure" : ""
                reply.headers.append(
                    (
                        name: "Set-Cookie",
                        value: "\(Self.cookie)=\(cookie); Path=/; HttpOnly; SameSite=Strict"
                            + "; Max-Age=\(ConsoleSessions.lifeMS / 1000)\(secure)"
                    ))
                return reply
            case .wrong: return pages.login("That is not the password.")
            case .tooOften: return pages.login("Too many wrong passwords: wait a minute.")
            }
        } catch {
            return pages.failure(error)
        }
    }

    /// From a page of ours, as far as the browser says from which.
    private static func isOwn(_ request: HTTPServerRequest) -> Bool {
        guard let origin = request.header("Origin"), origin != "null" else {
            return request.header("Origin") == nil
        }
        return origin.split(separator: "/").last.map(String.init) == request.header("Host")
    }

    private static func cookie(of request: HTTPServerRequest) -> String? {
        for part in (request.header("Cookie") ?? "").split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].drop(while: { $0 == " " }) == cookie else { continue }
            return String(pair[1])
        }
        return nil
    }

    static func redirect(_ path: String) -> ServerReply {
        ServerReply(status: 303, headers: [(name: "Location", value: path)])
    }
}

extension ServerReply {
    /// No script, no frame, no other site: what a page of the console may do.
    var secured: ServerReply {
        var reply = self
        reply.headers += [
            (
                name: "Content-Security-Policy",
                value: "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
                    + "frame-ancestors 'none'"
            ),
            (name: "X-Content-Type-Options", value: "nosniff"), (name: "Referrer-Policy", value: "no-referrer"),
            (name: "Cache-Control", value: "no-store"),
        ]
        return reply
    }
}
