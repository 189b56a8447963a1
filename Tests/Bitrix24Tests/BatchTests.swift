import Bitrix24
import Testing
import Wire

struct BatchTests {
    private func cmd(_ request: BatchRequest) throws -> JSONObject {
        try JSONValue(parsing: request.body)["cmd"]?.objectValue ?? JSONObject()
    }

    private func reply(_ body: String, to request: BatchRequest) throws -> BatchReply {
        guard case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: Array(body.utf8)), to: request.call) else {
            throw TestProblem(message: "no reply")
        }
        return try BatchReply(reply, to: request)
    }

    private func text(_ entry: BatchReply.Entry, in reply: BatchReply) -> String? {
        guard case .result(let range) = entry.outcome else { return nil }
        return String(decoding: reply.reply.bytes[range], as: UTF8.self)
    }

    @Test func `writes references for the portal and codes each query once`() throws {
        let batch = try Batch([
            BatchCommand("u", "user.current"),
            BatchCommand("d", "department.get", ["ID": ["$ref": "u.UF_DEPARTMENT.0"], "NAME": "A & B=ü"]),
        ])
        let request = try #require(batch.requests.first)
        #expect(batch.requests.count == 1)
        #expect(request.access == .read)
        let commands = try cmd(request)
        #expect(commands["c0"] == "user.current")
        let query = try Form.decode(String((commands["c1"]?.stringValue ?? "").dropFirst("department.get?".count)))
        #expect(query == ["ID": "$result[c0][UF_DEPARTMENT][0]", "NAME": "A & B=ü"])
        #expect(try JSONValue(parsing: request.body)["halt"] == 0)
    }

    @Test func `a batch writes when one of its commands does`() throws {
        let batch = try Batch([BatchCommand("a", "user.current"), BatchCommand("b", "crm.deal.add")], halt: true)
        #expect(batch.requests[0].call.access == .write)
        #expect(try JSONValue(parsing: batch.requests[0].body)["halt"] == 1)
    }

    @Test(
        arguments: [
            ([BatchCommand("a", "batch")], "ERROR_BATCH_METHOD_NOT_ALLOWED"),
            ([BatchCommand("a", "disk.folder.uploadfile")], "ERROR_BATCH_METHOD_NOT_ALLOWED"),
            ([BatchCommand("a", "note.collection.list")], "ERROR_BATCH_METHOD_NOT_ALLOWED"),
            ([BatchCommand("a", "user.get?x=1")], "BAD_METHOD_NAME"),
            ([BatchCommand("a", "user.get"), BatchCommand("a", "user.get")], "BATCH_NAME"),
            (
                [BatchCommand("a", "user.get", ["ID": ["$ref": "b.0"]]), BatchCommand("b", "user.get")],
                "BATCH_REFERENCE"
            ),
            ([BatchCommand("a", "user.get", ["ID": ["$ref": "a.0"]])], "BATCH_REFERENCE"),
            (
                [BatchCommand("a", "user.get"), BatchCommand("b", "user.get", ["X": [["$ref": "a..b"]]])],
                "BATCH_REFERENCE"
            ),
            (
                [BatchCommand("a", "user.get"), BatchCommand("b", "user.get", ["X": ["$ref": "a.x]"]])],
                "BATCH_REFERENCE"
            ),
            ([BatchCommand("a", "crm.lead.add", ["fields": ["TITLE": "$result[x][y]"]])], "BATCH_REFERENCE_IN_TEXT"),
            ([], "BATCH_EMPTY"),
        ] as [([BatchCommand], String)])
    func `refuses before sending`(commands: [BatchCommand], code: String) {
        let failure = #expect(throws: Failure.self) { try Batch(commands) }
        #expect(failure?.code == code)
        #expect(failure?.category == .invalid)
    }

    @Test func `divides long batches where no reference crosses`() throws {
        var commands = (0..<120).map { BatchCommand("n\($0)", "user.get") }
        commands[50] = BatchCommand("n50", "user.get", ["ID": ["$ref": "n48.0.ID"]])
        let batch = try Batch(commands)
        #expect(batch.requests.map(\.commands.count) == [48, 50, 22])
        #expect(batch.requests.flatMap(\.commands).map(\.name) == commands.map(\.name))
        #expect(try cmd(batch.requests[1])["c2"] == "user.get?ID=%24result%5Bc0%5D%5B0%5D%5BID%5D")
        #expect(try Batch(Array(commands[0..<50])).requests.map(\.commands.count) == [50])
    }

    @Test func `refuses more than fifty that hang together`() {
        var commands = [BatchCommand("first", "user.current")]
        for place in 0..<60 { commands.append(BatchCommand("n\(place)", "user.get", ["ID": ["$ref": "first.ID"]])) }
        let failure = #expect(throws: Failure.self) { try Batch(commands) }
        #expect(failure?.code == "BATCH_TOO_LONG")
    }

    @Test func `hands back results, failures and what was not run`() throws {
        let request = try Batch(
            [
                BatchCommand("a", "user.current"), BatchCommand("b", "crm.deal.list"),
                BatchCommand("c", "crm.deal.add"),
                BatchCommand("d", "user.get"),
            ], halt: true
        ).requests[0]
        let reply = try reply(
            """
            {"result":{"result":{"c0":{"ID":"1"},"c1":[1, 2]},\
            "result_error":{"c2":{"error":"","error_description":"no"}},\
            "result_total":{"c1":120},"result_next":{"c1":50},"result_time":{"c0":{"operating":2.5},"c1":[]}},"time":{}}
            """, to: request)
        #expect(reply.entries.map(\.name) == ["a", "b", "c", "d"])
        #expect(text(reply.entries[0], in: reply) == #"{"ID":"1"}"#)
        #expect(text(reply.entries[1], in: reply) == "[1, 2]")
        #expect(reply.entries[1].next == 50 && reply.entries[1].total == 120)
        #expect(reply.entries[0].time?.operating == 2.5)
        guard case .failed(let failure) = reply.entries[2].outcome, case .notRun = reply.entries[3].outcome else {
            throw TestProblem(message: "wrong outcomes")
        }
        #expect(failure.method == "crm.deal.add" && failure.message == "no" && failure.outcome == .nothingDone)
    }

    @Test(arguments: [
        #"{"result":{"result":[],"result_error":{"c0":"QUERY"},"result_total":[],"result_next":[],"result_time":[]}}"#,
        #"{"result":{"result_error":{"c0":{"error":"QUERY","error_description":""}},"result":[]}}"#,
        #"{"result":{"result":{"c0":null},"result_error":{"c0":{"error":"QUERY"}}}}"#,
        #"{"result":{"result_error":{"c0":{"error":"QUERY"}},"result":{"c0":null,"c9":1,"zz":2}}}"#,
    ])
    func `reads failures in every shape`(body: String) throws {
        let request = try Batch([BatchCommand("a", "user.current")]).requests[0]
        guard case .failed(let failure) = try reply(body, to: request).entries[0].outcome else {
            throw TestProblem(message: "no failure")
        }
        #expect(failure.code == "QUERY")
    }

    @Test(arguments: ["null", "false"])
    func `an error that says there is none takes nothing away`(none: String) throws {
        let request = try Batch([BatchCommand("a", "crm.deal.add"), BatchCommand("b", "crm.deal.add")]).requests[0]
        let reply = try reply(
            #"{"result":{"result":{"c0":7},"result_error":{"c0":\#(none),"c1":\#(none)}}}"#, to: request)
        #expect(text(reply.entries[0], in: reply) == "7")
        // The other one may have been done: a failure would say it was not.
        guard case .notRun = reply.entries[1].outcome else { throw TestProblem(message: "c1 has an outcome") }
    }

    @Test(arguments: [#"{"result":7}"#, #"{"result":[]}"#, #"{"result":{"result":[1]}}"#])
    func `a reply that is none to a batch is unreadable`(body: String) throws {
        let request = try Batch([BatchCommand("a", "crm.deal.add")]).requests[0]
        let failure = #expect(throws: Failure.self) { try reply(body, to: request) }
        #expect(failure?.isUncertain == true)
    }
}
