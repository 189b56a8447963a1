import Testing
import Wire

@testable import Bitrix24

/// Many calls through a dispatcher to a portal that misbehaves by lot, under a clock of its own: what a shell has to
/// do, and nothing else. The portal knows what it did, so that each answer can be held against it.
struct FaultyDispatch {
    private enum State: Equatable { case waits, underWay, settled }

    private struct Ticket {
        let call: Call
        var state = State.waits
        var attempts = 1
        /// How often the portal did it.
        var deeds = 0
    }

    private struct Request {
        let dueNS: UInt64
        let tickets: [Int]
        let pack: Pack<Int>?
        /// Nil when nobody learns what became of it.
        let answer: Answer?
    }

    static let calls = 300
    static let attemptsMax = 200
    static let stepsMax = 100_000
    private static let methods = ["crm.lead.get", "crm.lead.update", "user.get", "disk.file.uploadversion"]

    private let seed: UInt64
    private var random: SeededRandom
    private var dispatcher: Dispatcher<Int>
    private var pace = Pace()
    private var nowNS: UInt64 = 1
    private var tickets: [Ticket] = []
    private var requests: [Request] = []
    private(set) var withdrawn = 0
    private(set) var failed = 0
    private(set) var repeated = 0

    init(seed: UInt64) {
        self.seed = seed
        random = SeededRandom(seed: seed)
        dispatcher = Dispatcher(slotNS: pace.slotNS)
    }

    /// Until every call has its answer.
    mutating func run() throws {
        var steps = 0
        while tickets.count < Self.calls || tickets.contains(where: { $0.state != .settled }) {
            steps += 1
            guard steps < Self.stepsMax else { throw TestProblem(message: "seed \(seed): calls are stuck") }
            try arrive()
            withdraw()
            let untilNS = try depart()
            advance(untilNS)
            try receive()
        }
        #expect(dispatcher.count == 0, "seed \(seed)")
        try expectNothingUnderWay()
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    // -- In and out ---------------------------------------------------------------------------------------------------

    private mutating func arrive() throws {
        guard tickets.count < Self.calls, chance(30) else { return }
        for _ in 0..<min(Int.random(in: 1...60, using: &random), Self.calls - tickets.count) {
            let method = Self.methods.randomElement(using: &random) ?? "user.get"
            let call = try Call(method, parameters: ["id": .integer(Int64(tickets.count))])
            tickets.append(Ticket(call: call))
            try enqueue(tickets.count - 1)
        }
    }

    private mutating func enqueue(_ number: Int, isAlone: Bool = false) throws {
        tickets[number].state = .waits
        let options = DispatchOptions(
            run: UInt64(number % 7), holder: "holder \(number % 2)", isUrgent: number % 7 == 3, isAlone: isAlone)
        try dispatcher.enqueue(number, tickets[number].call, options)
    }

    /// A run that ends takes its calls along, as far as they were not sent.
    private mutating func withdraw() {
        guard chance(5), let number = tickets.indices.randomElement(using: &random) else { return }
        let isTaken = dispatcher.withdraw(number)
        #expect(isTaken == (tickets[number].state == .waits), "seed \(seed): only what waits is withdrawn")
        guard isTaken else { return }
        tickets[number].state = .settled
        withdrawn += 1
    }

    /// When to look again.
    private mutating func depart() throws -> UInt64? {
        while true {
            let need: Pace.Need
            switch dispatcher.step(nowNS: nowNS) {
            case .wait(let untilNS): return untilNS
            case .ask(let asked): need = asked
            }
            switch dispatcher.departure(pace.request(need, nowNS: nowNS), nowNS: nowNS) {
            case .call(let number)?: try send([number], nil)
            case .pack(let pack)?: try send(pack.tickets, pack)
            case nil: break
            }
        }
    }

    private mutating func send(_ sent: [Int], _ pack: Pack<Int>?) throws {
        for number in sent {
            guard tickets[number].state == .waits else {
                throw TestProblem(message: "seed \(seed): call \(number) goes out without having waited")
            }
            tickets[number].state = .underWay
        }
        let dueNS = nowNS + UInt64.random(in: 1_000_000...3_000_000_000, using: &random)
        let call = pack?.call ?? tickets[sent[0]].call
        requests.append(Request(dueNS: dueNS, tickets: sent, pack: pack, answer: answer(to: call, sent, pack != nil)))
    }

    private mutating func advance(_ untilNS: UInt64?) {
        let next = min(untilNS ?? .max, requests.map(\.dueNS).min() ?? .max)
        let idleNS = nowNS + UInt64.random(in: 1_000_000...500_000_000, using: &random)
        nowNS = max(nowNS + 1, tickets.count < Self.calls || next == .max ? min(next, idleNS) : next)
    }

    private mutating func receive() throws {
        let due = requests.filter { $0.dueNS <= nowNS }
        requests.removeAll { $0.dueNS <= nowNS }
        for request in due {
            if let pack = request.pack {
                guard let answer = request.answer else {
                    dispatcher.gaveUp(nowNS: nowNS)
                    for number in request.tickets { settle(number, .failed(lost(number))) }
                    continue
                }
                let outcomes = dispatcher.answered(pack, answer, nowNS: nowNS)
                #expect(
                    outcomes.map(\.ticket) == request.tickets, "seed \(seed): a pack answers each of its calls once")
                for (number, outcome) in outcomes { try take(outcome, number) }
            } else {
                let number = request.tickets[0]
                dispatcher.answered(
                    tickets[number].call, holder: "holder \(number % 2)", request.answer, nowNS: nowNS)
                switch request.answer {
                case .reply(let reply)?: settle(number, .reply(reply))
                case .failed(let failure)?: try take(.failed(failure), number)
                case .moved?: try take(.again, number)
                case nil: settle(number, .failed(lost(number)))
                }
            }
        }
    }

    private func lost(_ number: Int) -> Failure {
        let call = tickets[number].call
        return .noAnswer("given up", method: call.method, access: call.access, mayHaveBeenSent: true)
    }

    // -- What became of it --------------------------------------------------------------------------------------------

    private mutating func take(_ outcome: Pack<Int>.Outcome, _ number: Int) throws {
        switch outcome {
        case .reply: settle(number, outcome)
        case .failed(let failure):
            guard failure.retryable, tickets[number].attempts < Self.attemptsMax else { return settle(number, outcome) }
            try again(number)
        case .alone: try again(number, isAlone: true)
        case .again: try again(number)
        }
    }

    private mutating func again(_ number: Int, isAlone: Bool = false) throws {
        #expect(tickets[number].state == .underWay, "seed \(seed): call \(number) is answered twice")
        tickets[number].attempts += 1
        repeated += 1
        try enqueue(number, isAlone: isAlone)
    }

    private mutating func settle(_ number: Int, _ outcome: Pack<Int>.Outcome) {
        let ticket = tickets[number]
        #expect(ticket.state == .underWay, "seed \(seed): call \(number) is answered twice")
        tickets[number].state = .settled
        let isWrite = ticket.call.access == .write
        switch outcome {
        case .reply(let reply):
            let text = reply.withResult { String(decoding: $0, as: UTF8.self) }
            #expect(text == "\(number)", "seed \(seed): each gets its own answer")
            #expect(isWrite ? ticket.deeds == 1 : ticket.deeds >= 1, "seed \(seed): call \(number) was done")
        case .failed(let failure):
            failed += 1
            guard isWrite else { break }
            #expect(ticket.deeds <= (failure.isUncertain ? 1 : 0), "seed \(seed): call \(number), \(failure)")
        case .alone, .again: Issue.record("seed \(seed): call \(number) is settled without an answer")
        }
    }

    /// A request that is never said to have ended would take the room of another for ever.
    private mutating func expectNothingUnderWay() throws {
        pace = Pace(.enterprise)
        nowNS += 3_600_000_000_000
        dispatcher.learn([], nowNS: nowNS)
        tickets.removeAll()
        for number in 0..<Dispatcher<Int>.Limits().requestsMax {
            tickets.append(Ticket(call: try Call("user.get", parameters: ["id": .integer(Int64(number))])))
            try enqueue(number)
        }
        _ = try depart()
        #expect(requests.count == Dispatcher<Int>.Limits().requestsMax, "seed \(seed)")
    }

    // -- The portal ---------------------------------------------------------------------------------------------------

    private mutating func answer(to call: Call, _ sent: [Int], _ isPack: Bool) -> Answer? {
        let unanswered: (Bool) -> Answer = {
            .failed(.noAnswer("lost", method: call.method, access: call.access, mayHaveBeenSent: $0))
        }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<5: return raw(503, #"{"error":"QUERY_LIMIT_EXCEEDED"}"#, call)
        case 5..<7: return raw(429, #"{"error":"OPERATION_TIME_LIMIT"}"#, call)
        case 7..<10: return .moved(location: "https://new.bitrix24.com/")
        case 10..<13: return unanswered(false)
        case 13..<17:
            perform(sent.prefix(Int.random(in: 0...sent.count, using: &random)))
            return unanswered(true)
        case 17..<20:
            perform(sent.prefix(Int.random(in: 0...sent.count, using: &random)))
            return raw(500, #"{"error":"INTERNAL_SERVER_ERROR"}"#, call)
        case 20..<23:
            perform(sent[...])
            return raw(200, #"{"result":{"result":{"c0":"#, call)
        case 23..<25:
            perform(sent.prefix(Int.random(in: 0...sent.count, using: &random)))
            return nil
        default: return isPack ? batch(sent, call) : single(sent[0], call)
        }
    }

    private mutating func perform(_ done: ArraySlice<Int>) {
        for number in done { tickets[number].deeds += 1 }
    }

    private func raw(_ status: Int, _ body: String, _ call: Call) -> Answer {
        Answer(RawAnswer(status: status, bytes: Array(body.utf8)), to: call)
    }

    private mutating func single(_ number: Int, _ call: Call) -> Answer {
        if chance(5) { return raw(400, #"{"error":"ERROR_ARGUMENT"}"#, call) }
        perform([number])
        return raw(200, "{\"result\":\(number)}", call)
    }

    /// Some commands are done, some refused, and of some nothing is said.
    private mutating func batch(_ sent: [Int], _ call: Call) -> Answer {
        let taken = chance(3) ? Int.random(in: 1...sent.count, using: &random) : sent.count
        var results: [String] = []
        var errors: [String] = []
        for (place, number) in sent.enumerated() {
            let key = BatchRequest.key(place)
            let error: String?
            switch Int.random(in: 0..<100, using: &random) {
            case _ where place >= taken: error = "ERROR_BATCH_LENGTH_EXCEEDED"
            case 0..<4: error = "ERROR_ARGUMENT"
            case 4..<5: error = "OPERATION_TIME_LIMIT"
            case 5..<6: error = "ERROR_BATCH_METHOD_NOT_ALLOWED"
            case 6..<8:
                if chance(50) { perform([number]) }
                continue
            case 8..<10:
                if chance(50) { perform([number]) }
                error = "INTERNAL_SERVER_ERROR"
            default: error = nil
            }
            if let error {
                errors.append("\"\(key)\":{\"error\":\"\(error)\"}")
            } else {
                perform([number])
                results.append("\"\(key)\":\(number)")
            }
        }
        let body = """
            {"result":{"result":{\(results.joined(separator: ","))},\
            "result_error":{\(errors.joined(separator: ","))}}}
            """
        return raw(200, body, call)
    }
}
