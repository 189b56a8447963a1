import Testing
import Wire

@testable import Bitrix24

struct ManyWriteTests {
    private func leads(_ count: Int, origin: ((Int) -> String?) = { _ in nil }) -> [JSONObject] {
        (0..<count).map { place in
            var fields: JSONObject = ["TITLE": .string("Lead \(place)")]
            if let origin = origin(place) { fields["ORIGIN_ID"] = .string(origin) }
            return ["fields": .object(fields)]
        }
    }

    private func write(_ items: [JSONObject], once: Bool = true, _ policy: ManyWrite.Policy = ManyWrite.Policy())
        throws -> ManyWrite
    {
        try ManyWrite("crm.lead.add", items, once: once, originPrefix: "run-1", policy: policy)
    }

    /// Does what the machine says until it has finished; the fate of the n-th request is given.
    @discardableResult
    private func drive(
        _ many: inout ManyWrite, _ portal: inout OriginPortal, seed: UInt64 = 1,
        _ fate: (_ request: Int, _ isRead: Bool) -> OriginPortal.Fate
    ) throws -> [String] {
        var random = SeededRandom(seed: seed)
        var script: [String] = []
        for _ in 0..<100_000 {
            switch many.next(nowMS: portal.nowMS) {
            case .finished: return script
            case .wait(let milliseconds):
                #expect(milliseconds > 0)
                script.append("wait \(milliseconds)")
                portal.nowMS += milliseconds
            case .send(let requests):
                var answers: [BatchAnswer] = []
                for request in requests {
                    let isRead = request.access == .read
                    script.append("\(isRead ? "look up" : "add") \(request.commands.count)")
                    portal.nowMS += 100
                    answers.append(
                        try portal.answer(request, fate: fate(portal.requests + 1, isRead), random: &random))
                }
                many.receive(answers, nowMS: portal.nowMS)
            }
        }
        Issue.record("it never ends")
        return script
    }

    private func ids(_ many: ManyWrite) -> [String?] {
        (0..<many.count).map { place in
            guard case .done(let bytes) = many.outcome(place) else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test func `packs by fifty and tells each result in the order of the list`() throws {
        var many = try write(leads(120))
        var portal = OriginPortal()
        #expect(try drive(&many, &portal) { _, _ in .answered } == ["add 50", "add 50", "add 20"])
        #expect(ids(many) == (1...120).map { String($0) })
        #expect(portal.leads[16].origin == "run-1-17")
        #expect(portal.leads[16].system == "host")
    }

    @Test func `nothing to do is finished at once`() throws {
        var many = try write([])
        guard case .finished = many.next(nowMS: 0) else {
            Issue.record("not finished")
            return
        }
    }

    @Test func `a lost answer is settled by looking up, at once where the portal has done the work`() throws {
        var many = try write(leads(120))
        var portal = OriginPortal()
        let script = try drive(&many, &portal) { request, _ in request == 2 ? .answerLost : .answered }
        // One of those that are there is asked for too, so that 50 do not fit into one command.
        #expect(script == ["add 50", "add 50", "add 20", "look up 2"])
        #expect(ids(many).compactMap(\.self).count == 120)
        #expect(portal.leads.count == 120)
    }

    @Test func `what is not found is sent again only when the portal cannot be working on it any more`() throws {
        var many = try write(leads(50))
        var portal = OriginPortal()
        let script = try drive(&many, &portal) { request, _ in request == 1 ? .neverArrived : .answered }
        #expect(script == ["add 50", "look up 1", "wait 64900", "look up 1", "add 50"])
        #expect(portal.leads.count == 50)
        #expect(many.takeUndone() == 50)
        #expect(many.takeUndone() == 0)
    }

    @Test func `work that ends after the answer was lost is found, not repeated`() throws {
        var many = try write(leads(50))
        var portal = OriginPortal()
        let script = try drive(&many, &portal) { request, _ in request == 1 ? .workedOnLater : .answered }
        #expect(script.filter { $0.hasPrefix("add") } == ["add 50"])
        #expect(portal.leads.count == 50)
        #expect(ids(many).compactMap(\.self).count == 50)
    }

    @Test func `a refusal is waited out, longer each time, and tried with one request`() throws {
        var many = try write(leads(100))
        var portal = OriginPortal()
        let script = try drive(&many, &portal) { request, _ in request <= 4 ? .refused : .answered }
        #expect(
            script == [
                "add 50", "add 50", "wait 1000", "add 50", "wait 2000", "add 50", "wait 4000", "add 50", "add 50",
            ])
        #expect(portal.leads.count == 100)
    }

    @Test func `refusals end after refusalsMax, as failures that say nothing was done`() throws {
        var policy = ManyWrite.Policy()
        policy.refusalsMax = 3
        var many = try write(leads(2), policy)
        var portal = OriginPortal()
        try drive(&many, &portal) { _, _ in .refused }
        guard case .failed(let failure) = many.outcome(1) else {
            Issue.record("no failure")
            return
        }
        #expect(failure.retryable && !failure.isUncertain)
        #expect(failure.sentence.hasPrefix("item 2, crm.lead.add: "))
    }

    @Test func `an item that is lost each time fails in the end and is on the portal at no time`() throws {
        var many = try write(leads(1))
        var portal = OriginPortal()
        let script = try drive(&many, &portal) { _, isRead in isRead ? .answered : .neverArrived }
        #expect(script.filter { $0 == "add 1" }.count == ManyWrite.Policy().sendingsMax)
        guard case .failed(let failure) = many.outcome(0) else {
            Issue.record("no failure")
            return
        }
        #expect(failure.outcome == .nothingDone && failure.retryable)
        #expect(failure.hint.contains("sent 4 times"))
    }

    @Test func `origins of the caller's own are looked up first, and what is there is not added again`() throws {
        var portal = OriginPortal()
        for place in [3, 60, 61] { portal.add(["ORIGIN_ID": .string("crm-\(place)"), "ORIGINATOR_ID": "host"]) }
        portal.add(["ORIGIN_ID": "crm-5", "ORIGINATOR_ID": "somebody else"])
        var many = try write(leads(120) { "crm-\($0)" })
        let script = try drive(&many, &portal) { _, _ in .answered }
        #expect(script == ["look up 3", "add 50", "add 50", "add 17"])
        #expect(portal.leads.count == 121)
        #expect(ids(many)[3] == "1" && ids(many)[61] == "3")
        var again = try write(leads(120) { "crm-\($0)" })
        #expect(try drive(&again, &portal) { _, _ in .answered } == ["look up 3"])
        #expect(ids(again) == ids(many))
    }

    @Test func `the same origin twice in a list is one record`() throws {
        var many = try write(leads(4) { "crm-\($0 % 2)" })
        var portal = OriginPortal()
        try drive(&many, &portal) { _, _ in .answered }
        #expect(ids(many) == ["1", "2", "1", "2"])
    }

    @Test func `without once, origins are left alone, and only whole and single ones settle a loss`() throws {
        var items = leads(4) { $0 == 0 ? nil : $0 == 1 ? "a" : "same" }
        for place in 1...3 {
            var fields = items[place]["fields"]?.objectValue ?? JSONObject()
            fields["ORIGINATOR_ID"] = "shop"
            items[place]["fields"] = .object(fields)
        }
        var many = try write(items, once: false)
        var portal = OriginPortal()
        try drive(&many, &portal) { request, _ in request == 1 ? .answerLost : .answered }
        #expect(portal.leads.map(\.origin) == ["", "a", "same", "same"])
        #expect(ids(many) == [nil, "2", nil, nil])
        for place in [0, 2, 3] {
            guard case .failed(let failure) = many.outcome(place) else {
                Issue.record("no failure")
                continue
            }
            #expect(failure.isUncertain && !failure.retryable)
            #expect(failure.hint.contains("crm.lead.list"))
            #expect(failure.part == "item \(place + 1)")
        }
    }

    @Test func `a portal that does not filter by origin proves nothing, and the items stay uncertain`() throws {
        var portal = OriginPortal()
        portal.filters = false
        portal.add(["ORIGIN_ID": "other", "ORIGINATOR_ID": "other"])
        var many = try write(leads(2))
        let script = try drive(&many, &portal) { request, isRead in isRead ? .answered : .neverArrived }
        #expect(script == ["add 2", "look up 1"])
        guard case .failed(let failure) = many.outcome(0) else {
            Issue.record("no failure")
            return
        }
        #expect(failure.isUncertain && failure.hint.contains("could not be looked up"))
    }

    @Test func `who may not read what he adds cannot settle anything, and doubles nothing`() throws {
        var portal = OriginPortal()
        portal.hidesAll = true
        var many = try write(leads(60))
        let script = try drive(&many, &portal) { request, _ in request == 1 ? .answerLost : .answered }
        #expect(script == ["add 50", "add 10", "look up 2"])
        guard case .failed(let failure) = many.outcome(0) else {
            Issue.record("no failure")
            return
        }
        #expect(failure.isUncertain && failure.hint.contains("cannot be read"))
    }

    @Test func `a look-up that keeps failing leaves the items uncertain`() throws {
        var portal = OriginPortal()
        var many = try write(leads(2))
        let script = try drive(&many, &portal) { request, isRead in isRead ? .neverArrived : .answerLost }
        #expect(script.filter { $0 == "look up 1" }.count == ManyWrite.Policy().lookUpFailuresMax + 1)
        guard case .failed(let failure) = many.outcome(1) else {
            Issue.record("no failure")
            return
        }
        #expect(failure.isUncertain && failure.hint.contains("could not be looked up"))
    }

    @Test(
        arguments: [
            ("crm.lead.update", [["id": 1]], true, "ONCE_UNSUPPORTED"),
            ("crm.item.add", [["entityTypeId": 128]], true, "ONCE_UNSUPPORTED"),
            ("batch", [[:]], false, "ERROR_BATCH_METHOD_NOT_ALLOWED"),
            ("disk.folder.uploadfile", [[:]], false, "ERROR_BATCH_METHOD_NOT_ALLOWED"),
            ("note.collection.list", [[:]], false, "ERROR_BATCH_METHOD_NOT_ALLOWED"),
        ] as [(String, [JSONObject], Bool, String)])
    func `refuses before anything is sent what cannot be done`(
        method: String, items: [JSONObject], once: Bool, code: String
    ) {
        let failure = #expect(throws: Failure.self) {
            _ = try ManyWrite(method, items, once: once, originPrefix: "r")
        }
        #expect(failure?.code == code)
    }

    @Test func `an item that cannot be sent fails alone`() throws {
        var items = leads(3)
        items[1] = ["fields": ["TITLE": "$result[x]"]]
        var many = try write(items)
        var portal = OriginPortal()
        try drive(&many, &portal) { _, _ in .answered }
        #expect(ids(many) == ["1", nil, "2"])
    }

    @Test func `universal items are marked and found in their own spelling`() throws {
        let fields = try #require(OriginFields("crm.item.add", ["entityTypeId": "2"]))
        let marked = fields.marked(["entityTypeId": 2, "fields": [:]], RecordOrigin(system: "host", id: "x-1"))
        #expect(marked["fields"] == ["originatorId": "host", "originId": "x-1"])
        #expect(fields.origin(in: ["fields": ["ORIGIN_ID": 7, "ORIGINATOR_ID": "shop"]])?.id == "7")
        let found = fields.found(in: ["items": [["id": 5, "originatorId": "host", "originId": "x-1"]]])
        #expect(found?.first?.result["item"]?["id"] == 5)
        #expect(fields.lookUp("l", system: "host", ["x-1"]).parameters["entityTypeId"] == 2)
    }

    @Test func `a single call whose answer was lost is settled the same way`() throws {
        let parameters: JSONObject = ["fields": ["TITLE": "x", "ORIGIN_ID": "7", "ORIGINATOR_ID": "shop"]]
        let lost = Failure.noAnswer("gone", method: "crm.lead.add", access: .write, mayHaveBeenSent: true)
        #expect(ManyWrite(settling: lost, of: "crm.lead.add", ["fields": ["ORIGIN_ID": "7"]], nowMS: 0) == nil)
        var portal = OriginPortal()
        portal.add(["ORIGIN_ID": "7", "ORIGINATOR_ID": "shop"])
        var found = try #require(ManyWrite(settling: lost, of: "crm.lead.add", parameters, nowMS: 0))
        #expect(try drive(&found, &portal) { _, _ in .answered } == ["look up 1"])
        #expect(ids(found) == ["1"])
        var empty = OriginPortal()
        var sent = try #require(ManyWrite(settling: lost, of: "crm.lead.add", parameters, nowMS: 0))
        let script = try drive(&sent, &empty) { _, _ in .answered }
        #expect(script.last == "add 1" && empty.leads.count == 1)
    }

    @Test(arguments: 1...60)
    func `with losses anywhere none is lost and none is doubled`(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let count = Int.random(in: 1...200, using: &random)
        let usesOwn = Bool.random(using: &random)
        var policy = ManyWrite.Policy()
        policy.requestsMax = Int.random(in: 1...10, using: &random)
        let badness = Double.random(in: 0...0.7, using: &random)
        var portal = OriginPortal()
        var many = try write(leads(count) { usesOwn ? "own-\($0)" : nil }, policy)
        try drive(&many, &portal, seed: UInt64(seed) + 1000) { _, isRead in
            guard Double.random(in: 0..<1, using: &random) < badness else { return .answered }
            // A read is repeated by the connection already: here it fails seldom.
            if isRead { return Double.random(in: 0..<1, using: &random) < 0.1 ? .neverArrived : .answered }
            return OriginPortal.Fate.allCases.randomElement(using: &random) ?? .answered
        }
        portal.finishWork()
        var records: [String: Int] = [:]
        for lead in portal.leads { records[lead.origin, default: 0] += 1 }
        #expect(records.values.allSatisfy { $0 == 1 }, "doubled")
        for place in 0..<count {
            let origin = usesOwn ? "own-\(place)" : "run-1-\(place + 1)"
            switch many.outcome(place) {
            case .done(let bytes):
                let id = Int(String(decoding: bytes, as: UTF8.self)) ?? 0
                #expect(portal.leads.indices.contains(id - 1) && portal.leads[id - 1].origin == origin)
            case .failed(let failure):
                #expect(failure.isUncertain || records[origin] == nil, "\(failure)")
            case nil: Issue.record("item \(place) has no outcome")
            }
        }
    }
}
