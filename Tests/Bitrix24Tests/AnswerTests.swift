import Bitrix24
import Foundation
import Testing
import Wire

private func answer(
    _ status: Int, _ body: String, _ method: String = "crm.deal.list", type: String? = "application/json",
    location: String? = nil
) throws -> Answer {
    let call = try Call(method, parameters: JSONObject())
    return Answer(
        RawAnswer(status: status, contentType: type, location: location, bytes: Array(body.utf8)), to: call)
}

private func failure(_ status: Int, _ body: String, _ method: String = "crm.deal.list") throws -> Failure {
    guard case .failed(let failure) = try answer(status, body, method) else {
        throw TestProblem(message: "not a failure: \(body)")
    }
    return failure
}

private func reply(_ body: String, _ method: String = "crm.deal.list") throws -> Reply {
    guard case .reply(let reply) = try answer(200, body, method) else {
        throw TestProblem(message: "not a reply: \(body)")
    }
    return reply
}

struct TestProblem: Error { var message: String }

struct ReplyTests {
    @Test func `finds the result and what stands beside it`() throws {
        let reply = try reply(
            """
            {"time":{"start":1.5,"finish":2.5,"duration":1,"processing":0.5,"date_start":"2026",\
            "operating_reset_at":1778747792,"operating":3.3},"result": [{"ID":"1"}] ,"next":50,"total":"1234"}
            """)
        #expect(reply.withResult { String(decoding: $0, as: UTF8.self) } == #"[{"ID":"1"}]"#)
        #expect(reply.next == 50)
        #expect(reply.total == 1234)
        #expect(reply.time?.operating == 3.3)
        #expect(reply.time?.operatingResetAt == 1_778_747_792)
    }

    @Test(arguments: [
        ("{\"result\":null}", "null"), ("{\"result\":[]}", "[]"), ("{\"result\":\"x\",\"time\":[]}", "\"x\""),
        ("{\"result\":true,\"error\":null}", "true"), ("{\"result\":7,\"error\":\"\"}", "7"),
        (" {\"result\":{}} ", "{}"),
        ("{\"result\":1,\"next\":null,\"total\":[],\"time\":{\"operating\":{}}}", "1"),
    ])
    func `takes every shape of success`(body: String, result: String) throws {
        let reply = try reply(body)
        #expect(reply.withResult { String(decoding: $0, as: UTF8.self) } == result)
        #expect(reply.next == nil && reply.total == nil)
    }

    @Test(arguments: [
        ("{\"items\":[1],\"x\":2}", "items", "[1]"), ("{\"x\":{\"items\":1}}", "items", "{\"x\":{\"items\":1}}"),
        ("[]", "task", "[]"), ("7", "id", "7"), ("{\"id\": 5 }", "id", "5"), ("{\"id\":5}", nil, "{\"id\":5}"),
    ])
    func `finds the useful part of a result`(result: String, key: String?, part: String) throws {
        let reply = try reply("{\"total\":1,\"result\":\(result)}")
        #expect(String(decoding: reply.bytes[reply.part(key)], as: UTF8.self) == part)
    }

    @Test(arguments: [#""nan""#, #""-inf""#, "1e308", "-1e308", #""1e400""#, "1e999", "[]", "true"])
    func `a time that no clock shows is none`(time: String) throws {
        let members = ["start", "finish", "duration", "processing", "operating", "operating_reset_at"]
        let times = members.map { "\"\($0)\":\(time)" }.joined(separator: ",")
        // Some of them are no JSON, which is found out before.
        guard let reply = try? reply("{\"result\":1,\"time\":{\(times)}}") else { return #expect(time == "1e999") }
        #expect(reply.time == Timing())
    }

    @Test func `counts of rows are such as can be reckoned with`() throws {
        let reply = try reply(#"{"result":[],"next":9223372036854775807,"total":"-9223372036854775808"}"#)
        #expect(reply.next == 1 << 30)
        #expect(reply.total == -1 << 30)
    }

    @Test func `a method without an envelope answers its whole body`() throws {
        let reply = try reply(#"{"openapi":"3.0"}"#, "rest.documentation.openapi")
        #expect(reply.resultRange == 0..<17)
    }

    @Test func `a method that answers bytes may answer any`() throws {
        let raw = RawAnswer(status: 200, contentType: "application/pdf", bytes: [0x25, 0x50, 0, 255])
        guard case .reply(let reply) = Answer(raw, to: try Call("catalog.product.download", parameters: JSONObject()))
        else { throw TestProblem(message: "not a reply") }
        #expect(reply.resultRange == 0..<4)
    }
}

struct FailureTests {
    struct Case: Sendable, CustomStringConvertible {
        var status: Int
        var body: String
        var code: String
        var category: Failure.Category
        var outcome: Failure.Outcome
        var description: String { "\(status) \(body.prefix(60))" }

        init(
            _ status: Int, _ body: String, _ code: String, _ category: Failure.Category, _ outcome: Failure.Outcome
        ) {
            (self.status, self.body, self.code) = (status, body, code)
            (self.category, self.outcome) = (category, outcome)
        }
    }

    @Test(arguments: [
        Case(400, #"{"error":"","error_description":"Not found"}"#, "", .invalid, .nothingDone),
        Case(400, #"{"error":100,"error_description":"x","argument":""}"#, "100", .invalid, .nothingDone),
        Case(400, #"{"error":"1021"}"#, "1021", .invalid, .nothingDone),
        Case(
            400, #"{"error":"Parameter 'fields' must be array."}"#,
            "Parameter 'fields' must be array.", .invalid, .nothingDone),
        Case(200, #"{"error":"wrong_client","error_description":"x"}"#, "wrong_client", .authorization, .nothingDone),
        Case(200, #"{"error":"","error_description":"x"}"#, "", .invalid, .nothingDone),
        Case(401, #"{"error":"INVALID_CREDENTIALS"}"#, "INVALID_CREDENTIALS", .authorization, .nothingDone),
        Case(403, #"{"error":"INVALID_CREDENTIALS"}"#, "INVALID_CREDENTIALS", .authorization, .nothingDone),
        Case(401, #"{"error":"insufficient_scope"}"#, "insufficient_scope", .permission, .nothingDone),
        Case(403, #"{"error":"insufficient_scope"}"#, "insufficient_scope", .permission, .nothingDone),
        Case(404, #"{"error":"ERROR_METHOD_NOT_FOUND"}"#, "ERROR_METHOD_NOT_FOUND", .notFound, .nothingDone),
        Case(429, #"{"error":"OPERATION_TIME_LIMIT"}"#, "OPERATION_TIME_LIMIT", .operatingLimit, .nothingDone),
        Case(503, #"{"error":"QUERY_LIMIT_EXCEEDED"}"#, "QUERY_LIMIT_EXCEEDED", .throttled, .nothingDone),
        Case(503, #"{"error":"OVERLOAD_LIMIT"}"#, "OVERLOAD_LIMIT", .blocked, .nothingDone),
        Case(410, #"{"error":"PORTAL_DELETED"}"#, "PORTAL_DELETED", .blocked, .nothingDone),
        Case(500, #"{"error":"INTERNAL_SERVER_ERROR"}"#, "INTERNAL_SERVER_ERROR", .server, .unknown),
        Case(502, "<html>Bad gateway</html>", "NOT_JSON", .server, .unknown),
        Case(503, "<html>", "NOT_JSON", .server, .unknown),
        Case(200, "\n<!doctype html>", "NOT_JSON", .unreadable, .unknown),
        Case(403, "<html>", "NOT_JSON", .permission, .nothingDone),
        Case(200, #"{"result":[{"ID":"1"#, "TRUNCATED_ANSWER", .unreadable, .unknown),
        Case(200, #"{"result":1"#, "TRUNCATED_ANSWER", .unreadable, .unknown),
        Case(200, "", "EMPTY_ANSWER", .unreadable, .unknown),
        Case(500, " \n", "EMPTY_ANSWER", .server, .unknown),
        Case(200, "{}", "NO_RESULT", .unreadable, .unknown),
        Case(200, "[1]", "NO_RESULT", .unreadable, .unknown),
        Case(200, "{\"result\":1}x", "NOT_JSON", .unreadable, .unknown),
        Case(500, #"{"result":1}"#, "HTTP_ERROR", .server, .unknown),
        Case(
            401, #"{"error":{"code":"BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION","message":"no"}}"#,
            "BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION", .authorization, .nothingDone),
        Case(
            400, #"{"error":{"code":"BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION","message":"no"}}"#,
            "BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION", .notFound, .nothingDone),
    ])
    func `understands`(sample: Case) throws {
        for method in ["crm.deal.list", "crm.deal.add"] {
            let failure = try failure(sample.status, sample.body, method)
            #expect(failure.code == sample.code)
            #expect(failure.category == sample.category)
            #expect(failure.outcome == sample.outcome)
            #expect(failure.status == sample.status)
            #expect(!failure.hint.isEmpty)
            if method == "crm.deal.add", failure.outcome == .unknown {
                #expect(!failure.retryable && failure.isUncertain)
                #expect(failure.hint.contains("crm.deal.list"))
            }
        }
    }

    @Test func `tells which field REST 3.0 does not accept`() throws {
        let body = """
            {"error":{"code":"BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION","message":"bad",\
            "validation":[{"field":"id","message":"required"},{"field":"b","message":"too long"}]}}
            """
        let failure = try failure(400, body, "tasks.task.get")
        #expect(failure.argument == "id")
        #expect(failure.message == "bad (id: required; b: too long)")
    }

    @Test func `finds the failure inside a success of imconnector`() throws {
        let body = #"{"result":{"result":false,"error":"CONNECTOR_ID_REQUIRED","error_description":"need id"}}"#
        #expect(try failure(200, body, "imconnector.register").code == "CONNECTOR_ID_REQUIRED")
        _ = try reply(#"{"result":{"result":true}}"#, "imconnector.register")
    }

    @Test func `a mail that did not go has left an activity behind`() throws {
        let body = #"{"error":"","error_description":"Email send error. Failed to load module"}"#
        #expect(try failure(400, body, "crm.activity.add").outcome == .unknown)
    }

    @Test func `tidies and bounds the message`() throws {
        #expect(try failure(400, #"{"error":"0","error_description":"a<br>b<br>"}"#).message == "a b")
        let long = String(repeating: "ж", count: 100_000)
        #expect(try failure(400, #"{"error":"0","error_description":"\#(long)"}"#).message.utf8.count < 1010)
    }

    @Test func `a renamed portal is no failure`() throws {
        guard case .moved(let location) = try answer(302, "", location: "https://new/rest/1/x/a.json") else {
            throw TestProblem(message: "not moved")
        }
        #expect(location == "https://new/rest/1/x/a.json")
        #expect(try failure(302, "").code == "HTTP_ERROR")
    }

    @Test(arguments: [
        ("NO_AUTH_FOUND", 401, "crm.deal.list", "secret"), ("insufficient_scope", 403, "im.notify", "'im'"),
        ("ERROR_METHOD_NOT_FOUND", 404, "crm.deals.list", "crm.deal.list"),
        ("ERROR_METHOD_NOT_FOUND", 404, "booking.v1.booking.add", "module"),
        ("OVERLOAD_LIMIT", 503, "user.get", "support"),
        ("PORTAL_DELETED", 500, "user.get", "no longer"), ("PAYMENT_REQUIRED", 401, "user.get", "subscription"),
        ("WRONG_AUTH_TYPE", 403, "app.info", "application"), ("expired_token", 401, "user.get", "renewed"),
        ("invalid_grant", 400, "user.get", "host auth"), ("wrong_client", 200, "user.get", "client_secret"),
    ])
    func `says what to do about`(code: String, status: Int, method: String, word: String) throws {
        let failure = try failure(status, #"{"error":"\#(code)","error_description":"text"}"#, method)
        #expect(failure.hint.contains(word), "\(failure.hint)")
        #expect(failure.description.hasPrefix("\(method): text [\(code)] (HTTP \(status)). "))
    }

    @Test func `no answer is uncertain for a write that may have been sent`() {
        let sent = Failure.noAnswer("time-out", method: "crm.deal.add", access: .write, mayHaveBeenSent: true)
        #expect(sent.isUncertain && !sent.retryable)
        let unsent = Failure.noAnswer("refused", method: "crm.deal.add", access: .write, mayHaveBeenSent: false)
        #expect(!unsent.isUncertain && unsent.retryable)
        #expect(Failure.noAnswer("time-out", method: "user.get", access: .read, mayHaveBeenSent: true).retryable)
    }
}
