import Testing
import Wire

@testable import Bitrix24

struct BatchV3Tests {
    private func command(_ name: String, _ method: String, _ parameters: JSONObject = [:]) -> BatchCommand {
        BatchCommand(name, method, parameters, api: .v3)
    }

    @Test func `the body is a bare list with references as REST 3.0 has them`() throws {
        let request = try BatchRequest(v3: [
            command("t", "tasks.task.list", ["select": ["id"]]),
            command("one", "tasks.task.get", ["id": ["$ref": "t.items.0.id"], "text": "$result[x]"]),
            command("all", "tasks.task.list", ["filter": [["id", "in", ["$ref": "t.*.id"]]]]),
        ])
        #expect(
            try JSONValue(parsing: request.body) == [
                ["method": "tasks.task.list", "query": ["select": ["id"]], "as": "c0"],
                [
                    "method": "tasks.task.get", "query": ["id": ["$ref": "c0.items.0.id"], "text": "$result[x]"],
                    "as": "c1",
                ],
                [
                    "method": "tasks.task.list", "query": ["filter": [["id", "in", ["$refArray": "c0.id"]]]],
                    "as": "c2",
                ],
            ])
        #expect(request.call.api == .v3 && request.call.access == .read)
        let token = try AccessToken(
            portal: "https://a.bitrix24.com", memberID: "m", clientID: "app.1", userID: 1, token: "t0ken")
        let sent = request.call.request(as: .token(token))
        #expect(sent.url == "https://a.bitrix24.com/rest/api/batch")
        #expect(sent.body == request.body)
        #expect(sent.headers.contains { $0.name == "Authorization" && $0.value == "Bearer t0ken" })
    }

    @Test(
        arguments: [
            ([], "BATCH_EMPTY"),
            ((0...50).map { BatchCommand("\($0)", "tasks.task.list", api: .v3) }, "BATCH_TOO_LONG"),
            ([BatchCommand("a", "crm.deal.list")], "BATCH_MIXED"),
            (["a", "a"].map { BatchCommand($0, "tasks.task.list", api: .v3) }, "BATCH_NAME"),
            ([BatchCommand("a", "tasks.task.get", ["id": ["$ref": "b.item.id"]], api: .v3)], "BATCH_REFERENCE"),
            (
                [
                    BatchCommand("a", "tasks.task.list", api: .v3),
                    BatchCommand("b", "tasks.task.get", ["id": ["$ref": "a.items.0.id", "$before": "T"]], api: .v3),
                ], "BATCH_REFERENCE"
            ),
            (
                [
                    BatchCommand("a", "tasks.task.list", api: .v3),
                    BatchCommand("b", "tasks.task.get", ["id": ["$ref": "a"]], api: .v3),
                ], "BATCH_REFERENCE"
            ),
        ] as [([BatchCommand], String)])
    func `refuses what cannot be sent`(commands: [BatchCommand], code: String) {
        let failure = #expect(throws: Failure.self) { _ = try BatchRequest(v3: commands) }
        #expect(failure?.code == code)
    }

    @Test func `a classic batch has no reference to all rows`() {
        let commands = [
            BatchCommand("a", "user.get"), BatchCommand("b", "user.get", ["ID": ["$ref": "a.*.ID"]]),
        ]
        let failure = #expect(throws: Failure.self) { _ = try Batch(commands) }
        #expect(failure?.code == "BATCH_REFERENCE")
    }

    @Test func `results are told apart by their places, and a missing one is no answer`() throws {
        let request = try BatchRequest(v3: [command("a", "tasks.task.list"), command("b", "tasks.task.list")])
        for (body, isWhole) in [
            (#"{"result":[{"items":[]},{"items":[1]}]}"#, true), (#"{"result":[{}]}"#, false),
            (#"{"result":{"a":1}}"#, false),
        ] {
            guard case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: Array(body.utf8)), to: request.call)
            else {
                throw TestProblem(message: "no reply")
            }
            guard isWhole else {
                #expect(throws: Failure.self) { _ = try BatchReply(reply, to: request) }
                continue
            }
            let entries = try BatchReply(reply, to: request).entries
            guard case .result(let range) = entries[1].outcome else { throw TestProblem(message: "no result") }
            #expect(String(decoding: reply.bytes[range], as: UTF8.self) == #"{"items":[1]}"#)
        }
    }

    @Test func `a write of REST 3.0 has a key, is repeated under it, and is uncertain in the end`() throws {
        var random = SeededRandom(seed: 7)
        let plain = try Call("tasks.task.add", api: .v3, parameters: JSONObject())
        let call = plain.keyed(using: &random)
        let credential = Credential.webhook(try Webhook("https://a.bitrix24.com/rest/1/secret/"))
        let key = call.request(as: credential).headers.first { $0.name == "Idempotency-Key" }?.value
        #expect(key?.count == 32)
        #expect(call.keyed(using: &random).idempotencyKey == key)
        #expect(plain.keyed(using: &random).idempotencyKey != key)
        for other in [
            try Call("tasks.task.list", api: .v3, parameters: JSONObject()),
            try Call("crm.lead.add", parameters: JSONObject()),
        ] {
            #expect(other.keyed(using: &random).idempotencyKey == nil)
        }
        var retry = Retry(nowMS: 0)
        let lost = Failure.noAnswer("gone", to: call, mayHaveBeenSent: true)
        var sendings = 1
        while case .retry = retry.decide(after: lost, nowMS: 0, random: 0) { sendings += 1 }
        #expect(sendings == RetryPolicy().attemptsMax)
        guard case .fail(let failure) = retry.decide(after: lost, nowMS: 0, random: 0) else {
            throw TestProblem(message: "no failure")
        }
        #expect(failure.isUncertain && !failure.retryable)
        guard case .failed(let page) = Answer(RawAnswer(status: 200, bytes: Array("<html>".utf8)), to: call) else {
            throw TestProblem(message: "no failure")
        }
        #expect(page.retryable)
    }
}
