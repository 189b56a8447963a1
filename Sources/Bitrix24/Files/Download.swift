import Wire

/// What a file is downloaded from.
public enum DownloadSource: Sendable {
    /// A link that is at hand.
    case link(String)
    /// A method whose answer holds a link, and the way to it. Asked again when the link has expired meanwhile.
    case call(Call, path: [String])
}

/// One download as a state machine: it is told what came and says what to do. A link lives for seconds to an hour, some
/// for one use.
/// Source: https://apidocs.bitrix24.com/api-reference/files/how-to-get-files.html
public struct Download: Sendable {
    public enum Action: Sendable {
        /// Make the call, before all that is not urgent: the link it brings ages.
        case ask(Call)
        /// Get what is there, after a pause.
        case fetch(FileLink, afterMS: Int)
        /// The file is whole.
        case finished
        case failed(Failure)
    }

    /// How often the source's method is asked in all.
    static let asksMax = 3
    /// How often a link is tried again after trouble on the way.
    static let repeatsMax = 3
    static let redirectsMax = 3
    static let pauseMS = 500

    private let source: DownloadSource
    private let portal: String
    private var link: FileLink?
    private var asks = 0
    private var repeats = 0
    private var redirects = 0

    /// - Parameter portal: scheme, host and port.
    public init(_ source: DownloadSource, portal: String) {
        self.source = source
        self.portal = portal
    }

    /// For failures and listings: the method asked, or what there is instead.
    public static func name(of source: DownloadSource) -> String {
        switch source {
        case .link: "a link"
        case .call(let call, _): call.method
        }
    }

    private var name: String {
        switch source {
        case .link: "download"
        case .call(let call, _): call.method
        }
    }

    public mutating func start() -> Action {
        switch source {
        case .link(let text): return open(text)
        case .call(let call, _):
            asks += 1
            return .ask(call)
        }
    }

    /// The source's method answered.
    public mutating func receive(_ reply: Reply) -> Action {
        guard case .call(let call, let path) = source else { return .finished }
        do throws(JSONFailure) {
            let useful = try JSONValue(parsing: Array(reply.bytes[reply.part(call.facts?.resultKey)]))
            let whole = try JSONValue(parsing: Array(reply.bytes[reply.resultRange]))
            if let text = FileLink.text(in: useful, path: path) ?? FileLink.text(in: whole, path: path) {
                return open(text)
            }
        } catch {
            return fail("NO_LINK", "the answer cannot be read: \(error.message)", .unreadable)
        }
        let place = path.isEmpty ? "the answer" : "'\(path.joined(separator: "."))' of the answer"
        return fail(
            "NO_LINK", "\(place) holds no link to a file", .notFound,
            hint: "Name the field that holds the file, such as ufCrm_1 or ufCrm_1.0.")
    }

    /// What was fetched is no file.
    ///
    /// - Parameter raw: an answer with a status below 200 or from 300 on.
    public mutating func receive(_ raw: RawAnswer) -> Action {
        switch raw.status {
        case 300..<400: return follow(raw.location)
        case 401, 403, 404, 410:
            guard case .call(let call, _) = source, asks < Download.asksMax else { return fail(expired(raw)) }
            asks += 1
            return .ask(call)
        case 408, 429, 500...: return again(reason(raw))
        default: return fail(reason(raw))
        }
    }

    /// No answer, or not all of it.
    ///
    /// - Parameter message: may not hold the link.
    public mutating func lose(_ message: String) -> Action {
        again(Failure.noAnswer(message, method: name, access: .read, mayHaveBeenSent: true))
    }

    // -- Steps --------------------------------------------------------------------------------------------------------

    private mutating func open(_ text: String) -> Action {
        redirects = 0
        do throws(AddressFailure) {
            let link = try FileLink(text, portal: portal)
            self.link = link
            return .fetch(link, afterMS: 0)
        } catch {
            return fail("BAD_LINK", error.message, .invalid)
        }
    }

    /// Portals hand large files to stores of their own by a redirect.
    private mutating func follow(_ location: String?) -> Action {
        redirects += 1
        guard let location, let link, redirects <= Download.redirectsMax else {
            return fail("BAD_LINK", "the link leads on and on, or nowhere", .server)
        }
        do throws(AddressFailure) {
            let next = try link.following(location, portal: portal)
            self.link = next
            return .fetch(next, afterMS: 0)
        } catch {
            return fail("BAD_LINK", error.message, .invalid)
        }
    }

    private mutating func again(_ failure: Failure) -> Action {
        guard let link, repeats < Download.repeatsMax else { return .failed(failure) }
        repeats += 1
        return .fetch(link, afterMS: Download.pauseMS << (repeats - 1))
    }

    // -- Failures -----------------------------------------------------------------------------------------------------

    /// What an answer that is no file says of the portal's pace and whatever else ails it; nil for a redirect.
    public func failure(in raw: RawAnswer) -> Failure? {
        guard case .failed(let failure) = Answer(raw, method: name, access: .read) else { return nil }
        return failure
    }

    /// The portal's own reason, where the answer has one.
    private func reason(_ raw: RawAnswer) -> Failure {
        failure(in: raw)
            ?? Failure(
                code: "HTTP_ERROR", message: "the link answered HTTP \(raw.status)", method: name, status: raw.status,
                category: .unreadable, outcome: .nothingDone, access: .read)
    }

    private func expired(_ raw: RawAnswer) -> Failure {
        var failure = reason(raw)
        failure.retryable = false
        failure.hint =
            switch source {
            case .link:
                "Links live for a short time, and some for one use: give the method that makes the link, such as "
                    + "b24.download({ \"disk.file.get\", { id = 7 } }, …), and it is asked again."
            case .call: "Check that the file is still there, and that the credential's user may read it."
            }
        return failure
    }

    private func fail(
        _ code: String, _ message: String, _ category: Failure.Category, hint: String? = nil
    ) -> Action {
        var failure = Failure(
            code: code, message: message, method: name, status: nil, category: category, outcome: .nothingDone,
            access: .read)
        if let hint { failure.hint = hint }
        failure.retryable = false
        return fail(failure)
    }

    private func fail(_ failure: Failure) -> Action { .failed(failure) }
}

extension FileLink {
    /// As a browser sends them: without, the cloud's nginx may answer 404. Others need not know where we come from.
    /// Source: https://apidocs.bitrix24.com/api-reference/files/how-to-get-files.html
    public func headers(portal: String) -> [(name: String, value: String)] {
        let headers = [
            (name: "User-Agent", value: "Mozilla/5.0 (compatible; host/1; Bitrix24 recipes)"),
            (name: "Accept", value: "*/*"), (name: "Accept-Language", value: "en;q=0.9,*;q=0.5"),
        ]
        return isForeign ? headers : headers + [(name: "Referer", value: portal + "/")]
    }
}

extension Call {
    /// Stands for a file's own way to or from the portal where requests wait for its pace. The platform calls the ways
    /// so, too: `/rest/download.json`, `/rest/upload.json`.
    public init(transfer access: Access) {
        method = access == .read ? "download" : "upload"
        api = .classic
        facts = nil
        self.access = access
        body = Array("{}".utf8)
    }
}
