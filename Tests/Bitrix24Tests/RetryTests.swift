import Bitrix24
import Testing
import Wire

struct RetryTests {
    private func failure(_ status: Int, _ body: String, _ method: String) throws -> Failure {
        let call = try Call(method, parameters: JSONObject())
        guard case .failed(let failure) = Answer(RawAnswer(status: status, bytes: Array(body.utf8)), to: call) else {
            throw TestProblem(message: "no failure")
        }
        return failure
    }

    private func retries(_ failure: Failure) -> Bool {
        var retry = Retry(nowMS: 0)
        if case .retry = retry.decide(after: failure, nowMS: 0, random: 0.5) { return true }
        return false
    }

    @Test(arguments: [
        (503, #"{"error":"QUERY_LIMIT_EXCEEDED"}"#, true, true),
        (429, #"{"error":"OPERATION_TIME_LIMIT"}"#, true, true),
        (503, #"{"error":"OVERLOAD_LIMIT"}"#, false, false), (500, #"{"error":"INTERNAL_SERVER_ERROR"}"#, true, false),
        (502, "<html>", true, false), (503, "", true, false), (200, "<html>", true, false), (200, "", true, false),
        (200, #"{"result":["#, true, false), (400, #"{"error":""}"#, false, false),
        (401, #"{"error":"expired_token"}"#, false, false), (404, "<html>", false, false), (429, "", true, true),
        (500, #"{"error":"PORTAL_DELETED"}"#, false, false),
    ])
    func `repeats reads after trouble, writes only when nothing was done`(
        status: Int, body: String, reads: Bool, writes: Bool
    ) throws {
        #expect(retries(try failure(status, body, "crm.deal.list")) == reads)
        #expect(retries(try failure(status, body, "crm.deal.add")) == writes)
        #expect(retries(try failure(status, body, "some.unknown.method")) == writes)
    }

    @Test func `repeats a write that was never sent, and none that may have been`() {
        for access in [Access.read, .write] {
            #expect(retries(.noAnswer("refused", method: "a.add", access: access, mayHaveBeenSent: false)))
        }
        let lost = Failure.noAnswer("time-out", method: "crm.lead.add", access: .write, mayHaveBeenSent: true)
        var retry = Retry(nowMS: 0)
        #expect(retry.decide(after: lost, nowMS: 0, random: 0) == .fail(lost))
        #expect(lost.hint.contains("uncertain") && lost.hint.contains("crm.lead.list"))
    }

    @Test func `waits longer each time and gives up after the sixth sending`() throws {
        let failure = try failure(502, "", "crm.deal.list")
        var retry = Retry(nowMS: 0)
        var waits: [UInt64] = []
        while case .retry(let wait) = retry.decide(after: failure, nowMS: 0, random: 0.999_999) { waits.append(wait) }
        #expect(waits == [499, 999, 1999, 3999, 7999])
        var calm = Retry(nowMS: 0)
        #expect(calm.decide(after: failure, nowMS: 0, random: 0) == .retry(afterMS: 0))
    }

    @Test func `a call that is given up says how often and how long it was tried`() {
        let lost = Failure.noAnswer("127.0.0.1: Closed.", method: "user.get", access: .read, mayHaveBeenSent: true)
        var retry = Retry(nowMS: 1_000)
        var now: UInt64 = 1_000
        var decision = retry.decide(after: lost, nowMS: now, random: 0)
        while case .retry = decision {
            now += 2_500
            decision = retry.decide(after: lost, nowMS: now, random: 0)
        }
        guard case .fail(let failure) = decision else { return #expect(Bool(false), "not given up") }
        #expect(failure.message == "127.0.0.1: Closed; tried 6 times in 13 s")
    }

    @Test func `only an address that nobody answered at is doubted`() {
        func hint(sent: Bool, explains: Bool = false) -> String {
            Failure.noAnswer("x", method: "user.get", access: .read, mayHaveBeenSent: sent, explainsItself: explains)
                .hint
        }
        #expect(hint(sent: false).contains("address"))
        #expect(hint(sent: true).contains("reached") && !hint(sent: true).contains("address"))
        #expect(hint(sent: false, explains: true).isEmpty)
    }

    @Test func `refusals for too many requests do not count as sendings`() throws {
        let busy = try failure(503, #"{"error":"QUERY_LIMIT_EXCEEDED"}"#, "crm.deal.add")
        var retry = Retry(nowMS: 0)
        for _ in 0..<100 { #expect(retry.decide(after: busy, nowMS: 0, random: 0) == .retry(afterMS: 0)) }
        var last = busy
        last.message = "tried 101 times in 0 s"
        #expect(retry.decide(after: busy, nowMS: 0, random: 0) == .fail(last))
    }

    @Test func `gives up when the time is over`() throws {
        let failure = try failure(502, "", "crm.deal.list")
        var policy = RetryPolicy()
        policy.totalMSMax = 1000
        var retry = Retry(policy, nowMS: 5000)
        #expect(retry.decide(after: failure, nowMS: 5900, random: 0.1) == .retry(afterMS: 50))
        var last = failure
        last.message += "; tried 2 times in 2 s"
        #expect(retry.decide(after: failure, nowMS: 6001, random: 0) == .fail(last))
    }

    @Test func `follows a renamed portal three times`() throws {
        let call = try Call("user.get", parameters: JSONObject())
        var credential = Credential.webhook(try Webhook("https://a.bitrix24.com/rest/1/s3cr3t/"))
        var retry = Retry(nowMS: 0)
        for name in ["b", "c", "d"] {
            credential = try retry.moved(
                credential, to: "https://\(name).bitrix24.com/rest/1/s3cr3t/user.get.json", call: call)
            #expect(credential.portal == "https://\(name).bitrix24.com")
        }
        let failure = #expect(throws: Failure.self) {
            try retry.moved(credential, to: "https://e.bitrix24.com/rest/1/s3cr3t/user.get.json", call: call)
        }
        #expect(failure?.category == .moved)
        #expect(failure?.outcome == .nothingDone)
    }
}
