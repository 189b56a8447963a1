import Testing
import Wire

@testable import Bitrix24

/// What goes out when, by a virtual clock.
struct DispatcherTests {
    @Test func `with plenty of room each call goes out at once and alone`() throws {
        var script = DispatchScript()
        for ticket in 0..<5 { try script.enqueue(ticket, run: UInt64(ticket)) }
        #expect(script.departures() == [[0], [1], [2], [3], [4]])
        #expect(script.dispatcher.count == 0)
        #expect(script.dispatcher.step(nowNS: 0) == .wait(untilNS: nil))
    }

    @Test(arguments: [(waiting: 23, packs: [Int]()), (24, [24]), (120, [50, 50])])
    func `what waits goes together at once when plenty of room is not enough for all`(
        waiting: Int, packs: [Int]
    ) throws {
        var script = DispatchScript()
        for ticket in 0..<waiting { try script.enqueue(ticket, run: UInt64(ticket)) }
        let left = script.departures()
        #expect(left.map(\.count).filter { $0 > 1 } == packs)
        #expect(left.joined().sorted() == Array(0..<waiting))
    }

    @Test func `when room is short a lone call goes at once, and others gather until its answer`() throws {
        var script = DispatchScript(level: 30)
        try script.enqueue(0, run: 0)
        #expect(script.departures() == [[0]])
        for ticket in 1...3 { try script.enqueue(ticket, run: UInt64(ticket)) }
        #expect(script.departures() == [])
        try script.answer(0)
        #expect(script.departures() == [[1, 2, 3]])
    }

    @Test func `gathering ends when a pack is full, or one request has left the bucket`() throws {
        var script = DispatchScript(level: 30)
        try script.enqueue(0, run: 0)
        #expect(script.departures() == [[0]])
        for ticket in 1...49 { try script.enqueue(ticket, run: UInt64(ticket)) }
        #expect(script.departures() == [])
        try script.enqueue(50, run: 50)
        #expect(script.departures() == [Array(1...50)])
        try script.enqueue(51, run: 0)
        #expect(script.departures() == [])
        guard case .wait(let untilNS?) = script.dispatcher.step(nowNS: script.nowNS) else {
            throw TestProblem(message: "does not gather")
        }
        #expect(untilNS == script.nowNS + script.pace.slotNS)
        script.nowNS = untilNS
        #expect(script.departures() == [[51]])
    }

    @Test func `without room each free request takes whatever waits`() throws {
        var script = DispatchScript(level: 46)
        for ticket in 0..<120 { try script.enqueue(ticket, run: UInt64(ticket % 60)) }
        var packs = script.departures()
        while case .wait(let untilNS?) = script.dispatcher.step(nowNS: script.nowNS) {
            script.nowNS = untilNS
            packs += script.departures()
        }
        #expect(packs.map(\.count) == [50, 50, 20])
        #expect(packs.joined().sorted() == Array(0..<120))
    }

    @Test func `runs take turns, so that one with much to do does not stop another`() throws {
        var script = DispatchScript(level: 45)
        for ticket in 0..<200 { try script.enqueue(ticket, run: 1) }
        try script.enqueue(1000, run: 2)
        let pack = script.departures().first ?? []
        #expect(pack.count == 50)
        #expect(pack.contains(1000))
        #expect(pack.filter { $0 < 1000 } == Array(0..<49))
    }

    @Test func `urgent calls go first, but never stop others`() throws {
        var script = DispatchScript(level: 0)
        for ticket in 0..<3 { try script.enqueue(ticket, run: 1) }
        for ticket in 10..<20 { try script.enqueue(ticket, run: 2, isUrgent: true) }
        #expect(Array(script.departures().joined()) == [10, 11, 12, 0, 13, 14, 15, 1, 16, 17, 18, 2, 19])
    }

    @Test(
        arguments: [
            ("im.message.add", true), ("IMBOT.Message.Add", true), ("imbot.v2.Chat.Message.send", true),
            ("imopenlines.bot.session.message.send", true), ("im.v2.File.download", true),
            ("crm.documentgenerator.document.download", true), ("im.v2.File.upload", false), ("crm.lead.add", false),
            ("disk.file.get", false), ("im.message.update", false),
        ])
    func `answers in chats and downloads go before others`(method: String, isFirst: Bool) throws {
        var script = DispatchScript(level: 0)
        try script.enqueue(1, run: 1)
        try script.enqueue(2, method, run: 2)
        #expect(script.departures() == (isFirst ? [[2], [1]] : [[1], [2]]))
    }

    @Test func `a call with a file goes alone, however small the file is`() throws {
        struct Content: FileContent { let byteCount = 1 }
        let file = JSONValue.object(FileValue(name: "a", base64: "AA==").marked)
        let upload = try Upload("crm.deal.update", parameters: ["id": 1, "fields": ["UF_CRM_1": file]])
        let call = try upload.call([Content()])
        #expect(!CallText.mayBePacked(call))
        #expect(CallText.mayBePacked(try Call(call.method, parameters: call.body)))
    }

    @Test func `an urgent call does not ride with others that are not`() throws {
        var script = DispatchScript(level: 46)
        for ticket in 0..<3 { try script.enqueue(ticket, run: 1) }
        for ticket in 10..<12 { try script.enqueue(ticket, run: 2, isUrgent: true) }
        script.nowNS += 10_000_000_000
        #expect(script.departures().first == [10, 11])
    }

    @Test func `a method without operating time stands aside, others go on`() throws {
        var script = DispatchScript()
        try script.enqueue(0, "crm.lead.list", run: 1)
        #expect(script.departures() == [[0]])
        try script.fail(0, "OPERATION_TIME_LIMIT", 429)
        try script.enqueue(1, "CRM.Lead.List", run: 1)
        try script.enqueue(2, "user.get", run: 1)
        try script.enqueue(3, "crm.lead.list", run: 2, holder: "application")
        #expect(script.departures() == [[2], [3]])
        #expect(script.dispatcher.step(nowNS: script.nowNS) == .wait(untilNS: 10_000_000_000))
        script.nowNS = 10_000_000_000
        #expect(script.departures() == [[1]])
    }

    @Test func `too many requests at once wait for answers`() throws {
        var script = DispatchScript(plan: .enterprise)
        for ticket in 0..<40 { try script.enqueue(ticket, run: UInt64(ticket)) }
        #expect(script.departures().count == 32)
        #expect(script.dispatcher.step(nowNS: 0) == .wait(untilNS: nil))
        try script.answer(0)
        #expect(script.departures().count == 1)
    }

    @Test func `whoever waits no more is not sent`() throws {
        var script = DispatchScript(level: 46)
        for ticket in 0..<4 { try script.enqueue(ticket, run: UInt64(ticket)) }
        let withdrawn = [script.dispatcher.withdraw(1), script.dispatcher.withdraw(1)]
        #expect(withdrawn == [true, false])
        script.nowNS += 10_000_000_000
        #expect(script.departures().first == [0, 2, 3])
        try script.enqueue(4, run: 1)
        try script.answer(0)
        #expect(script.departures() == [[4]])
    }

    @Test func `too many that wait are refused, with a bound's name`() throws {
        var limits = Dispatcher<Int>.Limits()
        limits.waitingMax = 2
        var dispatcher = Dispatcher<Int>(limits, slotNS: 1)
        let call = try Call("user.get", parameters: JSONObject())
        for ticket in 0..<2 { try dispatcher.enqueue(ticket, call, DispatchOptions(run: 1, holder: "x")) }
        let failure = #expect(throws: Failure.self) {
            try dispatcher.enqueue(2, call, DispatchOptions(run: 1, holder: "x"))
        }
        #expect(failure?.code == "TOO_MANY_WAITING")
    }

    @Test func `a pack is not made longer than what its methods are seen to take`() throws {
        var script = DispatchScript(level: 46)
        script.seconds = 3
        for _ in 0..<40 {
            try script.enqueue(-1, "crm.lead.list", run: 1)
            script.nowNS += 1_000_000_000
            _ = script.departures()
            try script.answer(-1)
        }
        script.pace = Pace(.standard, standing: Pace.Standing(level: 46, levelNS: script.nowNS))
        for ticket in 0..<30 { try script.enqueue(ticket, "crm.lead.list", run: UInt64(ticket)) }
        script.nowNS += 600_000_000
        #expect(script.departures().first?.count == 6)
    }

    @Test func `nobody starves, order holds, each goes out once, and the bucket never overflows`() throws {
        for seed: UInt64 in 1...25 {
            try DispatchScript.checkRandomArrivals(seed: seed)
        }
    }

    @Test func `whatever the portal does, no call is lost, none answered twice, and no write done twice`() throws {
        var (withdrawn, failed, repeated) = (0, 0, 0)
        for seed: UInt64 in 1...60 {
            var dispatch = FaultyDispatch(seed: seed)
            try dispatch.run()
            withdrawn += dispatch.withdrawn
            failed += dispatch.failed
            repeated += dispatch.repeated
        }
        #expect(withdrawn > 300 && failed > 300 && repeated > 300, "the lots are drawn")
    }

    @Test func `of a short budget every run has the same share, whoever came first and with however much`() throws {
        var script = DispatchScript(level: 46)
        let runs = 9
        // The first run has ten times the calls of the last, and all of its calls wait before any of another's.
        for ticket in 0..<1000 { try script.enqueue(ticket, run: 0) }
        for ticket in 1000..<1000 + 100 * (runs - 1) {
            try script.enqueue(ticket, run: UInt64(1 + (ticket - 1000) / 100))
        }
        var served = [Int](repeating: 0, count: runs)
        for _ in 0..<16 {
            script.nowNS += script.pace.slotNS
            for ticket in script.departures().joined() {
                served[ticket < 1000 ? 0 : 1 + (ticket - 1000) / 100] += 1
            }
            #expect((served.max() ?? 0) - (served.min() ?? 0) <= 1, "\(served)")
        }
        #expect(served.reduce(0, +) == 800)
    }

    @Test func `a run whose calls cannot be packed gets its turn among those whose can`() throws {
        var script = DispatchScript(level: 46)
        for ticket in 0..<500 { try script.enqueue(ticket, run: UInt64(ticket % 5)) }
        for ticket in 500..<503 { try script.enqueue(ticket, "disk.file.uploadversion", run: 9) }
        var left: [[Int]] = []
        for _ in 0..<6 {
            script.nowNS += script.pace.slotNS
            left += script.departures()
        }
        #expect(left.map { $0[0] >= 500 } == [false, true, false, true, false, true])
        #expect(left.filter { $0.count == 50 }.count == 3)
    }
}
