import Wire

/// What became of one request of several that were sent at once.
public enum BatchAnswer: Sendable {
    case reply(BatchReply)
    case failed(Failure)
}

extension ManyWrite {
    /// Takes the answers to what `next` asked to send, one for each request, in their order.
    public mutating func receive(_ answers: [BatchAnswer], nowMS: UInt64) {
        let asked = round
        round = nil
        switch asked {
        case .writes(let requests):
            var refusal: Failure?
            for (places, answer) in zip(requests, answers) { refusal = written(places, answer, nowMS) ?? refusal }
            if let refusal { hold(refusal, nowMS: nowMS) } else { refusals = 0 }
        case .lookUps(let requests, let askedMS):
            for (commands, answer) in zip(requests, answers) { lookedUp(commands, answer, askedMS: askedMS, nowMS) }
        case nil: break
        }
    }

    /// Returns a refusal after which the others had better wait.
    private mutating func written(_ places: [Int], _ answer: BatchAnswer, _ nowMS: UInt64) -> Failure? {
        var refusal: Failure?
        switch answer {
        case .failed(let failure):
            for place in places where settle(place, failure, nowMS) { refusal = failure }
        case .reply(let reply):
            for (place, entry) in zip(places, reply.entries) {
                note(entry.time)
                switch entry.outcome {
                case .result(let range): end(place, .done(Array(reply.reply.bytes[range])))
                case .failed(let failure): if settle(place, failure, nowMS) { refusal = failure }
                case .notRun: _ = settle(place, noResult, nowMS)
                }
            }
        }
        return refusal
    }

    /// The answer to the batch tells nothing of the command.
    private var noResult: Failure {
        Failure(
            code: "NO_RESULT", message: "the answer to the batch does not mention it", method: method, status: 200,
            category: .unreadable, outcome: .unknown, access: access)
    }

    /// Decides what happens to an item that failed; true when it was refused for now.
    private mutating func settle(_ place: Int, _ failure: Failure, _ nowMS: UInt64) -> Bool {
        var failure = failure.about(method, access, part: ManyWrite.part(place))
        if failure.outcome == .nothingDone, failure.retryable, refusals < policy.refusalsMax,
            failure.category == .throttled || failure.category == .operatingLimit
        {
            items[place].sendings -= 1
            sendAgain(place)
            return true
        }
        if failure.isUncertain, items[place].origin != nil {
            items[place].standing = .lost
            items[place].lostMS = nowMS
            items[place].loss = failure
            return false
        }
        if failure.isUncertain { failure.retryable = false }
        end(place, .failed(failure))
        return false
    }

    /// The method's own operating time is told with each success.
    private mutating func note(_ time: Timing?) {
        guard let reset = time?.operatingResetAt, let finish = time?.finish, reset > finish else { return }
        operatingResetMS = UInt64(min(reset - finish, OperatingLedger.windowSeconds) * 1000)
    }

    mutating func hold(_ refusal: Failure, nowMS: UInt64) {
        var wait = min(policy.refusalWaitMS << UInt64(min(refusals, 20)), policy.refusalWaitMSMax)
        if refusal.category == .operatingLimit { wait = max(operatingResetMS + wait, policy.operatingWaitMSMin) }
        refusals += 1
        holdUntilMS = nowMS + wait
    }
}

extension Failure {
    /// The same trouble as that of an item of a list, counted from 1.
    public func about(_ call: Call, item: Int) -> Failure {
        about(call.method, call.access, part: ManyWrite.part(item - 1))
    }

    /// The same trouble as that of one call which travelled in the request.
    func about(_ method: String, _ access: Access, part: String) -> Failure {
        var failure = Failure(
            code: code, message: message, method: method, status: status, category: category, outcome: outcome,
            access: access, argument: argument)
        if failure.category == .invalid, method == self.method { failure.hint = hint }
        failure.retryable = failure.retryable && retryable
        failure.part = part
        return failure
    }
}
