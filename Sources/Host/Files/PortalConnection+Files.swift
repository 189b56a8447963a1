public import Bitrix24
public import Net

extension FileSource: FileContent {}

/// How long files may take, and how many of them. The whole time nobody can tell; a transfer in which nothing moves is
/// lost.
enum FileTransfer {
    static let timeoutMS = 4 * 3_600_000
    static let stallTimeoutMS = 60_000
    /// Of an answer that is no file.
    static let answerBytesMax = 1 << 20
    /// At once, of the 32 requests of a connection: calls are not to wait for an hour of files.
    static let atOnceMax = 8
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
        return try await transfers.withPermit { () async throws(EffectFailure) in
            guard let addressCall, let content = contents.first else {
                let call = try EffectFailure.wrapping { () throws(Failure) in try upload.call(contents) }
                return try await reply(to: call, for: run)
            }
            return try await reply(to: upload, content, addressCall: addressCall, for: run)
        }
    }

    private func reply(
        to upload: Upload, _ content: FileSource, addressCall: Call, for run: RunTicket
    ) async throws(EffectFailure) -> Reply {
        var attempts = 0
        while true {
            attempts += 1
            let asked = try await reply(to: addressCall, for: run.urgent)
            let address = try EffectFailure.wrapping { () throws(Failure) in try upload.address(in: asked) }
            switch try await post(content, of: upload, to: address, for: run.urgent) {
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

    /// Sends the file to its address, again where the portal said that it did nothing.
    private func post(
        _ content: FileSource, of upload: Upload, to address: UploadAddress, for run: RunTicket
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
        var retry = Retry(retryPolicy, nowMS: MonotonicClock.nowNS() / 1_000_000)
        while true {
            let answer = try await inTurn(link, access: .write, for: run) { () async throws(EffectFailure) in
                do throws(HTTPFailure) {
                    let answer = upload.answer(RawAnswer(try await client.send(request)))
                    return (answer, answer)
                } catch {
                    if let ending = EffectFailure(ofFile: error) { throw ending }
                    let failure = Failure.noAnswer(
                        error.message, method: upload.method, access: .write, mayHaveBeenSent: error.mayHaveBeenSent)
                    return (.failed(failure), nil)
                }
            }
            guard case .failed(let failure) = answer else { return answer }
            let decision = retry.decide(
                after: failure, nowMS: MonotonicClock.nowNS() / 1_000_000, random: Double.random(in: 0..<1))
            switch decision {
            case .fail(let failure): return .failed(failure)
            case .retry(let afterMS): try await pause(.milliseconds(afterMS))
            }
        }
    }

    /// Downloads into the target and puts it in its place.
    func download(_ source: DownloadSource, to target: FileTarget, for run: RunTicket) async throws(EffectFailure) {
        try await transfers.withPermit { () async throws(EffectFailure) in
            try await get(source, to: target, for: run.urgent)
        }
    }

    private func get(_ source: DownloadSource, to target: FileTarget, for run: RunTicket) async throws(EffectFailure) {
        let portal = try await authority.credential().portal
        var download = Download(source, portal: portal)
        var action = download.start()
        while true {
            switch action {
            case .ask(let call): action = download.receive(try await reply(to: call, for: run))
            case .fetch(let link, let afterMS):
                if afterMS > 0 { try await pause(.milliseconds(afterMS)) }
                action = try await fetch(link, of: portal, to: target, &download, for: run)
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
        _ link: FileLink, of portal: String, to target: FileTarget, _ download: inout Download, for run: RunTicket
    ) async throws(EffectFailure) -> Download.Action {
        var request = HTTPRequest(
            method: "GET", url: link.address, headers: link.headers(portal: portal),
            timeoutMS: FileTransfer.timeoutMS, responseBytesMax: FileTransfer.answerBytesMax)
        request.target = target
        request.stallTimeoutMS = FileTransfer.stallTimeoutMS
        // A link may come from anywhere, a message of a chat included: it does not lead to what only this machine
        // reaches. The portal itself may be such a host; who configured it said so.
        request.refusesPrivateAddresses = link.isForeign
        do throws(FileFailure) { try target.restart() } catch { throw .host(HostFailure(error)) }
        let came = try await inTurn(link, access: .read, for: run) { () async throws(EffectFailure) in
            do throws(HTTPFailure) {
                let response = try await client.send(request)
                guard !(200..<300).contains(response.status) else { return (Fetched.file, nil) }
                let raw = RawAnswer(response)
                return (.answer(raw), download.failure(in: raw).map { .failed($0) })
            } catch {
                if let ending = EffectFailure(ofFile: error) { throw ending }
                return (.nothing(error.message), nil)
            }
        }
        return switch came {
        case .file: .finished
        case .answer(let raw): download.receive(raw)
        case .nothing(let message): download.lose(message)
        }
    }

    private enum Fetched {
        case file
        case answer(RawAnswer)
        /// Why there is no answer, or not all of it.
        case nothing(String)
    }

    /// Makes a request of a file: in its turn where it goes to the portal, which counts it as any other, and at once
    /// elsewhere.
    private func inTurn<Result>(
        _ link: FileLink, access: Access, for run: RunTicket,
        _ send: () async throws(EffectFailure) -> (Result, Answer?)
    ) async throws(EffectFailure) -> Result {
        guard !link.isForeign else { return try await send().0 }
        return try await inTurn(of: Call(transfer: access), for: run, send)
    }
}

extension EffectFailure {
    /// What ends a file's way for good: the same again would end in the same way. Nil for what may pass.
    ///
    /// A body that broke off was taken by no server: whatever the request was to do was not done.
    init?(ofFile failure: HTTPFailure) {
        switch failure.kind {
        case .cancelled: self = .cancelled
        case .file: self = .host(HostFailure(.machine, failure.message))
        case .tooLarge, .forbiddenAddress, .badURL, .badRequest, .untrustedCertificate, .wrongHost, .expiredCertificate:
            self = .host(HostFailure(.recipe, failure.message))
        default: return nil
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
