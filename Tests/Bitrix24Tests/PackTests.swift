import Testing
import Wire

@testable import Bitrix24

/// What goes into a pack, and how its answer comes apart again.
struct PackTests {
    private func isPacked(_ method: String, _ parameters: JSONValue, api: RESTVersion? = nil) throws -> Bool {
        let call = try Call(method, api: api, parameters: parameters.encoded())
        return CallText.mayBePacked(call) && CallText.text(of: call) != nil
    }

    @Test func `only what means the same in a batch is packed`() throws {
        let cases: [(method: String, parameters: JSONValue, isPacked: Bool)] = [
            ("crm.deal.list", ["filter": [">ID": 7], "select": ["ID", "TITLE"], "start": -1], true),
            ("crm.deal.add", ["fields": ["TITLE": "Größe 10 % & mehr", "OPPORTUNITY": 10.5]], true),
            ("user.current", [:], true),
            ("task.commentitem.getlist", ["TASKID": 1], true),
            ("task.commentitem.getlist", ["TASKID": 1, "FILTER": ["AUTHOR_ID": 1]], false),
            ("batch", ["cmd": ["a": "user.current"]], false),
            ("crm.deal.frobnicate", ["id": 1], false),
            ("disk.folder.uploadfile", ["id": 1], false),
            ("imconnector.list", [:], false),
            ("crm.deal.add", ["fields": ["COMMENTS": "see $result[a][ID]"]], false),
            ("crm.deal.add", ["fields": ["$result[a": "x"]], false),
            ("crm.item.update", ["id": 1, "fields": ["opened": true]], false),
            ("crm.item.update", ["id": 1, "fields": ["comments": .null]], false),
            ("crm.item.update", ["id": 1, "fields": ["observers": []]], false),
            ("crm.item.update", ["id": 1, "fields": ["a[b": "x"]], false),
            ("crm.item.list", ["entityTypeId": 2, "filter": ["": 1]], false),
            ("user.get", ["a.b": 1], false),
            ("crm.deal.add", ["fields": ["COMMENTS": .string(String(repeating: "x", count: 20_000))]], false),
            ("crm.deal.list", ["filter": ["@ID": .array((0..<300).map { .integer($0) })]], false),
        ]
        for (method, parameters, expected) in cases {
            #expect(try isPacked(method, parameters) == expected, "\(method) \(parameters.text)")
        }
        #expect(try !isPacked("tasks.task.get", ["id": 1], api: .v3))
    }

    @Test func `an escaped reference is found too`() throws {
        let body = #"{"fields":{"COMMENTS":"\u0024result\u005ba]"}}"#
        #expect(CallText.text(of: try Call("crm.deal.add", parameters: Array(body.utf8))) == nil)
    }

    private func packed(_ calls: [(method: String, parameters: JSONObject)]) throws -> DispatchScript {
        var script = DispatchScript(level: 46)
        for (ticket, call) in calls.enumerated() {
            try script.enqueue(ticket, call.method, call.parameters, run: UInt64(ticket))
        }
        script.nowNS = 10_000_000_000
        #expect(script.departures() == [Array(calls.indices)])
        return script
    }

    private let readAndWrite: [(method: String, parameters: JSONObject)] = [
        ("crm.deal.get", ["id": 1]), ("crm.deal.update", ["id": 1, "fields": ["TITLE": "a b"]]),
    ]

    @Test func `each command says what its call says, and none stops the others`() throws {
        let script = try packed(readAndWrite)
        let body = String(decoding: script.packs[0]?.call.body ?? [], as: UTF8.self)
        #expect(
            body == #"{"halt":0,"cmd":{"c0":"crm.deal.get?id=1","c1":"crm.deal.update?id=1&fields[TITLE]=a%20b"}}"#)
        #expect(script.packs[0]?.call.access == .write)
    }

    @Test func `results and errors come back one by one, without copies`() throws {
        var script = try packed(readAndWrite + [("crm.deal.list", [:])])
        let body = """
            {"result":{"result":{"c0":{"ID":"1"},"c2":[{"ID":"1"}]},\
            "result_error":{"c1":{"error":"ACCESS_DENIED","error_description":"no"}},\
            "result_total":{"c2":70},"result_next":{"c2":50},"result_time":{"c2":{"duration":0.5,"operating":3}}}}
            """
        let outcomes = try script.receive(0, body)
        #expect(outcomes.map(\.ticket) == [0, 1, 2])
        guard case .reply(let deal) = outcomes[0].outcome, case .failed(let failure) = outcomes[1].outcome,
            case .reply(let list) = outcomes[2].outcome
        else { throw TestProblem(message: "\(outcomes)") }
        #expect(deal.withResult { String(decoding: $0, as: UTF8.self) } == #"{"ID":"1"}"#)
        #expect(deal.bytes == Array(body.utf8))
        #expect(failure.method == "crm.deal.update" && failure.category == .permission && !failure.retryable)
        #expect(list.next == 50 && list.total == 70 && list.time?.operating == 3)
    }

    @Test func `a lost or broken answer is retried by reads and uncertain for writes`() throws {
        for answer in ["{\"result\":{\"result\":{\"c0\":", "<html>", "", "{\"result\":true}", "{\"result\":{}}"] {
            var script = try packed(readAndWrite)
            let outcomes = try script.receive(0, answer)
            guard case .failed(let read) = outcomes[0].outcome, case .failed(let write) = outcomes[1].outcome else {
                throw TestProblem(message: answer)
            }
            #expect(read.retryable && read.method == "crm.deal.get", "\(answer)")
            #expect(write.isUncertain && !write.retryable, "\(answer)")
            #expect(write.hint.contains("crm.deal.list"), "\(answer)")
        }
    }

    @Test func `what the portal refused as a whole it did not do: all may be repeated`() throws {
        for (code, status) in [("QUERY_LIMIT_EXCEEDED", 503), ("QUERY_LIMIT_EXCEEDED", 429)] {
            var script = try packed(readAndWrite)
            for (_, outcome) in try script.fail(0, code, status) {
                guard case .failed(let failure) = outcome else { throw TestProblem(message: code) }
                #expect(failure.retryable && failure.category == .throttled)
            }
        }
        var script = try packed(readAndWrite)
        for (_, outcome) in try script.fail(0, "OVERLOAD_LIMIT", 503) {
            guard case .failed(let failure) = outcome else { throw TestProblem(message: "overload") }
            #expect(!failure.retryable && failure.category == .blocked && failure.outcome == .nothingDone)
        }
    }

    @Test func `what a batch refuses is sent alone, from then on`() throws {
        var script = try packed(readAndWrite)
        let outcomes = try script.receive(
            0, #"{"result":{"result":{"c0":1},"result_error":{"c1":{"error":"ERROR_BATCH_METHOD_NOT_ALLOWED"}}}}"#)
        guard case .alone = outcomes[1].outcome else { throw TestProblem(message: "\(outcomes)") }
        for ticket in 10..<13 { try script.enqueue(ticket, "crm.deal.update", run: 1) }
        script.nowNS += 60_000_000_000
        script.pace = Pace(.standard, standing: Pace.Standing(level: 40, levelNS: script.nowNS))
        #expect(script.departures().allSatisfy { $0.count == 1 })
    }

    @Test func `a portal that takes shorter batches gets shorter packs`() throws {
        var script = try packed(readAndWrite + readAndWrite)
        let error = #"{"error":"ERROR_BATCH_LENGTH_EXCEEDED"}"#
        let outcomes = try script.receive(
            0, #"{"result":{"result":{"c0":1,"c1":1},"result_error":{"c2":\#(error),"c3":\#(error)}}}"#)
        guard case .again = outcomes[2].outcome, case .again = outcomes[3].outcome else {
            throw TestProblem(message: "\(outcomes)")
        }
        for ticket in 10..<14 { try script.enqueue(ticket, run: UInt64(ticket)) }
        script.pace = Pace(.standard, standing: Pace.Standing(level: 40, levelNS: script.nowNS))
        #expect(script.departures() == [[10, 11], [12, 13]])
    }

    @Test func `a method refused inside a pack waits, the pack's others do not`() throws {
        var script = try packed(readAndWrite)
        try script.receive(
            0, #"{"result":{"result":{"c0":1},"result_error":{"c1":{"error":"OPERATION_TIME_LIMIT"}}}}"#)
        try script.enqueue(10, "crm.deal.update", run: 1)
        try script.enqueue(11, "crm.deal.get", run: 1)
        script.nowNS += 5_000_000_000
        #expect(script.departures() == [[11]])
    }

    @Test func `a portal that charges packs to batch gets single calls while batch is blocked`() throws {
        var script = try packed(readAndWrite)
        for (_, outcome) in try script.fail(0, "OPERATION_TIME_LIMIT", 429) {
            guard case .failed(let failure) = outcome else { throw TestProblem(message: "\(outcome)") }
            #expect(failure.retryable && failure.category == .operatingLimit)
        }
        script.pace = Pace(.standard, standing: Pace.Standing(level: 40, levelNS: script.nowNS))
        for ticket in 10..<13 { try script.enqueue(ticket, run: UInt64(ticket)) }
        #expect(script.departures() == [[10]])
        for ticket in 10..<12 {
            try script.answer(ticket)
            #expect(script.departures() == [[ticket + 1]])
        }
        try script.answer(12)
        script.nowNS += 10_000_000_000
        script.pace = Pace(.standard, standing: Pace.Standing(level: 40, levelNS: script.nowNS))
        for ticket in 20..<23 { try script.enqueue(ticket, run: UInt64(ticket)) }
        #expect(script.departures() == [[20, 21, 22]])
    }

    @Test func `batch's own operating time, when told, holds packs before they are refused`() throws {
        var script = try packed(readAndWrite)
        try script.receive(
            0,
            #"{"result":{"result":{"c0":1,"c1":1}},"time":{"finish":1000,"operating":481,"operating_reset_at":1060}}"#)
        for ticket in 10..<13 { try script.enqueue(ticket, run: UInt64(ticket)) }
        script.pace = Pace(.standard, standing: Pace.Standing(level: 40, levelNS: script.nowNS))
        #expect(script.departures() == [[10]])
    }

    @Test func `an answer too large for a pack is asked for alone by reads`() throws {
        var script = try packed(readAndWrite)
        guard let pack = script.packs[0] else { throw TestProblem(message: "no pack") }
        let failure = Failure.answerTooLarge(1, method: "batch", access: pack.call.access)
        let outcomes = script.dispatcher.answered(pack, .failed(failure), nowNS: script.nowNS)
        guard case .alone = outcomes[0].outcome, case .failed(let write) = outcomes[1].outcome else {
            throw TestProblem(message: "\(outcomes)")
        }
        #expect(write.isUncertain)
    }

    @Test func `calls of two credentials never share a pack`() throws {
        var script = DispatchScript(level: 46)
        for ticket in 0..<6 {
            try script.enqueue(
                ticket, run: UInt64(ticket), holder: ticket % 2 == 0 ? "application" : "webhook of user 1")
        }
        script.nowNS = 10_000_000_000
        #expect(script.departures() == [[0, 2, 4]])
        script.nowNS += script.pace.slotNS
        #expect(script.departures() == [[1, 3, 5]])
    }
}
