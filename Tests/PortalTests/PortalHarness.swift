import Testing
import Wire

@testable import Portal

/// A portal on this thread, called with raw requests, its clock standing on 14 May 2026, 10:00 Riga time.
struct PortalHarness {
    let engine: PortalEngine
    static let noon: Int64 = 1_778_742_000

    init(_ configure: (inout PortalSettings) -> Void = { _ in }) throws {
        var settings = PortalSettings()
        settings.timeZoneName = "Europe/Riga"
        settings.drainPerSecond = nil
        configure(&settings)
        engine = try PortalEngine(settings: settings, clock: PortalClock(standingAt: Self.noon))
    }

    struct Reply {
        let status: Int
        let text: String
        let json: JSONValue
        var result: JSONValue { json["result"] ?? .null }
        var error: String? { json["error"]?.stringValue }
        var description: String? { json["error_description"]?.stringValue }
    }

    /// Any request; the answer's body must be JSON.
    func send(_ request: PortalRequest) throws -> Reply {
        let answer = engine.handle(request)
        return Reply(
            status: answer.status, text: String(decoding: answer.body, as: UTF8.self),
            json: try JSONValue(parsing: answer.body))
    }

    /// A call as curl sends it: `-d 'fields[TITLE]=x'`.
    @discardableResult
    func form(_ method: String, _ body: String = "", query: String = "") throws -> Reply {
        try send(
            PortalRequest(
                "POST", "/rest/1/local0portal0secret/\(method)", query: query,
                headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
                body: Array(body.utf8)))
    }

    /// A call with a JSON body.
    @discardableResult
    func call(_ method: String, _ parameters: JSONValue = [:]) throws -> Reply {
        try send(
            PortalRequest(
                "POST", "/rest/1/local0portal0secret/\(method)",
                headers: [(name: "Content-Type", value: "application/json")], body: parameters.encoded()))
    }
}
