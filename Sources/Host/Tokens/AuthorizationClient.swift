import Bitrix24
import Net

/// Speaks to authorisation servers.
final class AuthorizationClient: Sendable {
    private static let answerBytesMax = 1 << 20
    private let client = HTTPClient()

    deinit { client.close() }

    /// Never throws: no answer is an answer too.
    func answer(to request: TokenRequest, timeoutMS: Int) async -> TokenAnswer {
        let sent = HTTPRequest(
            method: request.method, url: request.url, headers: request.headers, body: request.body,
            timeoutMS: timeoutMS, responseBytesMax: Self.answerBytesMax, isRepeatable: false)
        do throws(HTTPFailure) {
            let response = try await client.send(sent)
            return TokenAnswer(
                RawAnswer(
                    status: response.status, contentType: response.header("content-type"), bytes: response.body),
                to: request, now: WallClock.now())
        } catch {
            return TokenAnswer(noAnswer: error.message, to: request, mayHaveBeenSent: error.mayHaveBeenSent)
        }
    }
}
