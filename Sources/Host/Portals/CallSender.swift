import Bitrix24
import Net

/// Makes one request of a call and reads what comes back. No pace, no retries.
struct CallSender: Sendable {
    let client: HTTPClient

    func answer(to call: Call, as credential: Credential) async throws(EffectFailure) -> Answer {
        let asked = call.request(as: credential)
        var request = HTTPRequest(
            url: asked.url, headers: asked.headers, body: asked.body, timeoutMS: PortalConnection.answerTimeoutMS,
            responseBytesMax: PortalConnection.answerBytesMax)
        request.isRepeatable = call.isRepeatable
        if let upload = HTTPUpload(asked) {
            request.upload = upload
            request.timeoutMS = FileTransfer.timeoutMS
            request.stallTimeoutMS = FileTransfer.stallTimeoutMS
        }
        do throws(HTTPFailure) {
            return Answer(RawAnswer(try await client.send(request)), to: call)
        } catch {
            switch error.kind {
            case .cancelled: throw .cancelled
            // No server takes a body that broke off: nothing was done.
            case .file: throw .host(HostFailure(.machine, "\(call.method): \(error.message)"))
            case .tooLarge:
                return .failed(
                    .answerTooLarge(PortalConnection.answerBytesMax, method: call.method, access: call.access))
            default:
                return .failed(
                    .noAnswer(
                        error.message, to: call, mayHaveBeenSent: error.mayHaveBeenSent,
                        explainsItself: error.kind.isOfTLS))
            }
        }
    }
}
