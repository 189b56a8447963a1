/// Calls of different runs in one `batch`, each to be answered as if it had been alone.
public struct Pack<Ticket: Hashable & Sendable>: Sendable {
    /// What became of one call.
    public enum Outcome: Sendable {
        case reply(Reply)
        case failed(Failure)
        /// The portal did nothing, and would not in a pack: the call has to go alone.
        case alone
        /// The portal did nothing, as the pack was too long for it, or at its old address.
        case again
    }

    struct Member: Sendable {
        let ticket: Ticket
        let call: Call
    }

    let members: [Member]
    let holder: String
    let request: BatchRequest

    init(_ members: [(ticket: Ticket, call: Call, text: String)], holder: String) {
        self.members = members.map { Member(ticket: $0.ticket, call: $0.call) }
        self.holder = holder
        let commands = members.enumerated().map { place, member in
            BatchCommand(packed: member.call, as: BatchRequest.key(place))
        }
        // What fails must not keep the others, who know nothing of it, from being done.
        request = BatchRequest(commands, texts: members.map(\.text), halt: false)
    }

    /// The call to send.
    public var call: Call { request.call }
    public var tickets: [Ticket] { members.map(\.ticket) }

    /// What the answer to the batch says of each call, in the order of `tickets`, with its timing.
    func outcomes(_ answer: Answer) -> [(outcome: Outcome, time: Timing?)] {
        switch answer {
        case .failed(let failure): return members.map { (Pack.outcome(failure, of: $0.call), nil) }
        case .moved: return members.map { _ in (.again, nil) }
        case .reply(let reply):
            do throws(Failure) {
                let batch = try BatchReply(reply, to: request)
                return zip(members, batch.entries).map { ($0.outcome($1, in: reply), $1.time) }
            } catch {
                return members.map { (.failed(error.told(of: $0.call)), nil) }
            }
        }
    }

    /// A failure of the batch as a whole. An answer that is too large may be small enough for one call.
    private static func outcome(_ failure: Failure, of call: Call) -> Outcome {
        let isRead = call.access == .read
        if failure.code == Failure.answerTooLargeCode, isRead { return .alone }
        return .failed(failure.told(of: call))
    }
}

extension Pack.Member {
    func outcome(_ entry: BatchReply.Entry, in reply: Reply) -> Pack<Ticket>.Outcome {
        switch entry.outcome {
        case .result(let range):
            var own = Reply(bytes: reply.bytes, resultRange: range)
            own.next = entry.next
            own.total = entry.total
            own.time = entry.time
            return .reply(own)
        case .failed(let failure):
            return switch failure.code.uppercased() {
            case "ERROR_BATCH_METHOD_NOT_ALLOWED": .alone
            case "ERROR_BATCH_LENGTH_EXCEEDED": .again
            default: .failed(failure)
            }
        case .notRun: return .failed(Failure.leftOut(of: call))
        }
    }
}

extension BatchCommand {
    /// A call in a pack; its parameters travel as text beside it.
    init(packed call: Call, as name: String) {
        self.init(name: name, method: call.method, facts: call.facts)
    }
}

extension Failure {
    /// A failure of a whole batch as each of its calls has met it: the trouble is the same, what it means for a read
    /// and for a write is not.
    func told(of call: Call) -> Failure {
        Failure(
            code: code, message: message, method: call.method, status: status, category: category, outcome: outcome,
            access: call.access)
    }

    /// A batch that runs all its commands tells of each.
    static func leftOut(of call: Call) -> Failure {
        Failure(
            code: "NO_RESULT", message: "the answer to a batch says nothing of this call", method: call.method,
            status: 200, category: .unreadable, outcome: .unknown, access: call.access)
    }
}
