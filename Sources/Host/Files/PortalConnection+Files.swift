public import Bitrix24
public import Net

extension FileSource: FileContent {}

/// How long files may take. The whole time nobody can tell; a transfer in which nothing moves is lost.
enum FileTransfer {
    static let timeoutMS = 4 * 3_600_000
    static let stallTimeoutMS = 60_000
    /// Of an answer that is no file.
    static let answerBytesMax = 1 << 20
}

extension PortalConnection {
    /// Makes the call with its files, in one request or, where a file is large and the method knows how, in two.
    func reply(
        to upload: Upload, _ contents: [FileSource], for run: RunTicket
    ) async throws(EffectFailure) -> Reply {
        let isLarge = contents.reduce(0) { $0 + $1.byteCount } >= Upload.twoStepBytesMin
        let addressCall = try EffectFailure.wrapping { () throws(Failure) in
            isLarge ? try upload.addressCall() : nil
        }
        guard let addressCall, let content = contents.first else {
            return try await reply(
                to: try EffectFailure.wrapping { () throws(Failure) in try upload.call(contents) }, for: run)
        }
        return try await reply(to: upload, content, addressCall: addressCall, for: run)
    }

    private func reply(
        to upload: Upload, _ content: FileSource, addressCall: Call, for run: RunTicket
    ) async throws(EffectFailure) -> Reply {
        var urgent = run
        urgent.urgency = .urgent
        var attempts = 0
        while true {
            attempts += 1
            let asked = try await reply(to: addressCall, for: urgent)
            let address = try EffectFailure.wrapping { () throws(Failure) in try upload.address(in: asked) }
            switch try await post(content, of: upload, to: address) {
            case .reply(let reply): return reply
            case .moved:
                throw .portal(
                    .noAnswer(
                        "the upload address redirects elsewhere", method: upload.method, access: .write,
                        mayHaveBeenSent: false))
            case .failed(let failure):
                // An address that aged meanwhile took nothing: a new one is asked for once.
                guard failure.outcome == .nothingDone, [.authorization, .notFound].contains(failure.category),
                    attempts == 1
                else { throw .portal(redacted(failure)) }
            }
        }
    }

    private func post(
        _ content: FileSource, of upload: Upload, to address: UploadAddress
    ) async throws(EffectFailure) -> Answer {
        let portal = try await authority.credential().portal
        let link = try EffectFailure.wrapping { () throws(Failure) in
            try FileLink(address, of: upload.method, portal: portal)
        }
        let form = MultipartForm(field: address.field, fileName: upload.files[0].name, file: content)
        var request = HTTPRequest(
            url: link.address, headers: [("Content-Type", form.contentType), ("Accept", "application/json")],
            timeoutMS: FileTransfer.timeoutMS, responseBytesMax: FileTransfer.answerBytesMax)
        request.upload = form.upload
        request.stallTimeoutMS = FileTransfer.stallTimeoutMS
        request.refusesPrivateAddresses = link.isForeign
        do throws(HTTPFailure) {
            return upload.answer(RawAnswer(try await client.send(request)))
        } catch {
            guard error.kind != .cancelled else { throw .cancelled }
            return .failed(
                .noAnswer(
                    error.message, method: upload.method, access: .write, mayHaveBeenSent: error.mayHaveBeenSent))
        }
    }

    /// Downloads into the target and puts it in its place.
    func download(_ source: DownloadSource, to target: FileTarget, for run: RunTicket) async throws(EffectFailure) {
        let portal = try await authority.credential().portal
        var download = Download(source, portal: portal)
        // The link that the answer brings ages.
        var urgent = run
        urgent.urgency = .urgent
        var action = download.start()
        while true {
            switch action {
            case .ask(let call): action = download.receive(try await reply(to: call, for: urgent))
            case .fetch(let link, let afterMS):
                if afterMS > 0 { try await pause(.milliseconds(afterMS)) }
                action = try await fetch(link, of: portal, to: target, &download)
            case .failed(let failure): throw .portal(redacted(failure))
            case .finished:
                do throws(FileFailure) {
                    return try target.commit()
                } catch {
                    throw .host(HostFailure(error))
                }
            }
        }
    }

    private func fetch(
        _ link: FileLink, of portal: String, to target: FileTarget, _ download: inout Download
    ) async throws(EffectFailure) -> Download.Action {
        var request = HTTPRequest(
            method: "GET", url: link.address, headers: FileLink.headers(portal: portal),
            timeoutMS: FileTransfer.timeoutMS, responseBytesMax: FileTransfer.answerBytesMax)
        request.target = target
        request.stallTimeoutMS = FileTransfer.stallTimeoutMS
        // A link may come from anywhere, a message of a chat included: it does not lead to what only this machine
        // reaches. The portal itself may be such a host; who configured it said so.
        request.refusesPrivateAddresses = link.isForeign
        do throws(FileFailure) { try target.restart() } catch { throw .host(HostFailure(error)) }
        do throws(HTTPFailure) {
            let response = try await client.send(request)
            return (200..<300).contains(response.status) ? .finished : download.receive(RawAnswer(response))
        } catch {
            switch error.kind {
            case .cancelled: throw .cancelled
            // The same again would end in the same way.
            case .tooLarge, .file, .forbiddenAddress, .badURL, .badRequest, .untrustedCertificate, .wrongHost,
                .expiredCertificate:
                throw .host(HostFailure(error.kind == .file ? .machine : .recipe, error.message))
            default: return download.lose(error.message)
            }
        }
    }
}

extension PortalConnection {
    /// A portal or a gateway may repeat the address it was asked at, which holds the secret.
    private func redacted(_ failure: Failure) -> Failure {
        authority.known.map { failure.redacted(by: $0) } ?? failure
    }
}

extension RawAnswer {
    init(_ response: HTTPResponse) {
        self.init(
            status: response.status, contentType: response.header("content-type"),
            location: response.header("location"), bytes: response.body)
    }
}

extension HTTPUpload {
    /// The body of a call with its attachments; nil for a call that has none.
    init?(_ request: CallRequest) {
        guard !request.attachments.isEmpty else { return nil }
        var pieces: [Piece] = []
        var copied = 0
        for attachment in request.attachments {
            guard let file = attachment.content as? FileSource else {
                preconditionFailure("FileSource is the only FileContent of this program")
            }
            pieces.append(.bytes(Array(request.body[copied..<attachment.offset])))
            pieces.append(.base64(file))
            copied = attachment.offset
        }
        pieces.append(.bytes(Array(request.body[copied...])))
        self.init(pieces)
    }
}
