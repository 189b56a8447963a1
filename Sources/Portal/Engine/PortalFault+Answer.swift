// What each fault puts on the wire.
extension PortalFault {
    /// The answer of a fault that keeps the method from being run; nil for the others.
    func answerBefore(target: String, api: PortalAPI) -> PortalAnswer? {
        switch kind {
        case .html:
            return PortalAnswer(
                headers: PortalAnswer.html,
                body: Array("<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>".utf8))
        case .never: return PortalFault.delivery(.never)
        case .dropBefore: return PortalFault.delivery(.dropped)
        case .redirect(let base):
            let location = (base.hasSuffix("/") ? String(base.dropLast()) : base) + target
            return PortalAnswer(status: 302, headers: [(name: "Location", value: location)], body: [])
        case .large(let bytes): return PortalFault.large(bytes: bytes)
        case .errorBefore(let status, let code, let description):
            return PortalFault.error(status, code, description, api)
        default: return nil
        }
    }

    /// What becomes of the answer of a method that was run.
    func answerAfter(_ answer: PortalAnswer, api: PortalAPI) -> PortalAnswer {
        var answer = answer
        switch kind {
        case .truncated: answer.delivery = .truncated(at: answer.body.count / 2)
        case .cutJSON: answer.body.removeLast(answer.body.count - answer.body.count / 2)
        case .dropAfter: answer.delivery = .dropped
        case .errorAfter(let status, let code, let description):
            answer = PortalFault.error(status, code, description, api)
        default: break
        }
        return answer
    }

    private static func delivery(_ delivery: PortalAnswer.Delivery) -> PortalAnswer {
        var answer = PortalAnswer(status: 200)
        answer.delivery = delivery
        return answer
    }

    private static func error(_ status: Int, _ code: String, _ description: String, _ api: PortalAPI) -> PortalAnswer {
        let failure = PortalFailure(code, description, status: status)
        return PortalAnswer(status: status, body: Envelope.failure(failure, api: api))
    }

    private static func large(bytes: Int) -> PortalAnswer {
        let filler = [UInt8](repeating: UInt8(ascii: "x"), count: max(0, min(bytes, largeBytesMax)))
        return PortalAnswer(body: Array("{\"result\":\"".utf8) + filler + Array("\"}".utf8))
    }
}
