public import Bitrix24
import Net
import Wire

/// Waits on this machine for what an authorisation ends with: the browser's redirect, or a form of the portal's.
public final class AuthorizationListener: Sendable {
    private static let bodyBytesMax = 64 << 10
    /// Requests that wait to be looked at; a browser and a portal make a few.
    private static let waitingMax = 16
    /// Visitors who brought nothing that holds. A person opens a link again a few times; more is somebody who guesses.
    public static let refusedMax = 20
    /// How long somebody is waited for, unless told otherwise. Seconds.
    public static let secondsMax = 900

    private struct Visit: Sendable {
        let request: HTTPServerRequest
        let responder: HTTPResponder
    }

    private let server: HTTPServer
    private let visits: AsyncStream<Visit>
    private let arrivals: AsyncStream<Visit>.Continuation

    /// The address it listens at, on loopback.
    public let url: String

    /// - Parameter port: 0 takes any free one.
    public init(port: Int) throws(HostFailure) {
        let (visits, arrivals) = AsyncStream.makeStream(
            of: Visit.self, bufferingPolicy: .bufferingOldest(Self.waitingMax))
        self.visits = visits
        self.arrivals = arrivals
        var configuration = HTTPServer.Configuration()
        configuration.port = port
        configuration.bodyBytesMax = Self.bodyBytesMax
        server = HTTPServer(configuration) { request, responder in
            arrivals.yield(Visit(request: request, responder: responder))
        }
        do throws(HTTPServerFailure) {
            url = "http://127.0.0.1:\(try server.start())/"
        } catch {
            throw HostFailure(
                .machine, "cannot listen for the redirect: \(error.message)", hint: "try another --listen")
        }
    }

    deinit { server.stop() }

    /// The grant of the first visitor who brings one; nil when a proved farewell came instead. What others bring is
    /// answered with its failure, which `report` is told as well. Afterwards it listens no longer.
    ///
    /// - Parameter seconds: how long somebody is waited for.
    public func grant(
        for authorization: Authorization, within seconds: Int = AuthorizationListener.secondsMax,
        report: (EffectFailure) -> Void
    ) async throws(EffectFailure) -> Grant? {
        let arrivals = arrivals
        let end = Task {
            // Cancelled when somebody came: then nobody waits for the end.
            do { try await Task.sleep(for: .seconds(seconds)) } catch { return }
            arrivals.finish()
        }
        defer {
            end.cancel()
            server.stop()
        }
        var refused = 0
        for await visit in visits {
            guard Self.isMeant(visit.request) else {
                visit.responder.respond(status: 404)
                continue
            }
            do throws(EffectFailure) {
                let grant = try await Self.grant(visit.request, authorization)
                Self.answer(visit, 200, "Done. You can close this page.")
                return grant
            } catch {
                Self.answer(visit, 400, "This did not work; the terminal says why.")
                report(error)
                refused += 1
            }
            if refused == Self.refusedMax {
                throw Self.failure("\(refused) visitors came to \(url), none with an authorisation")
            }
        }
        throw Self.failure("nobody came to \(url) within \(seconds) s")
    }

    private static func failure(_ message: String) -> EffectFailure {
        .host(
            HostFailure(
                .configuration, message,
                hint: "check that the application's handler path leads there, and run 'host auth PORTAL --listen PORT' "
                    + "again"))
    }

    /// Browsers ask for an icon, too.
    private static func isMeant(_ request: HTTPServerRequest) -> Bool {
        request.method == "POST" || request.method == "GET" && !request.query.isEmpty
    }

    private static func grant(
        _ request: HTTPServerRequest, _ authorization: Authorization
    ) async throws(EffectFailure) -> Grant? {
        let query: JSONObject
        let form: JSONObject
        do throws(FormFailure) {
            query = try Form.decode(request.query)
            form = request.method == "POST" ? try Form.decode(request.body) : JSONObject()
        } catch {
            throw .host(HostFailure(.configuration, "what came cannot be read: \(error.message)"))
        }
        guard request.method == "POST" else { return try await authorization.grant(query: query) }
        return try await authorization.grant(form: form, query: query)
    }

    private static func answer(_ visit: Visit, _ status: Int, _ sentence: String) {
        visit.responder.respond(
            status: status,
            headers: [
                (name: "Content-Type", value: "text/plain; charset=utf-8"),
                (name: "Referrer-Policy", value: "no-referrer"),
            ],
            body: Array((sentence + "\n").utf8))
    }
}
