/// A call that did not succeed, whatever the reason: what happened, whether it may be repeated, what to do.
public struct Failure: Error, Sendable, Equatable {
    /// The portal's code as it came, also `""`, a number or a sentence; one of ours where no portal spoke:
    /// `NO_ANSWER`, `NOT_JSON`, `TRUNCATED_ANSWER`, `EMPTY_ANSWER`, `NO_RESULT`, `HTTP_ERROR`, `PORTAL_MOVED` and,
    /// before anything was sent, those of the category `.invalid`.
    public var code: String
    /// What went wrong, in the portal's words where it has some; at most `messageBytesMax` bytes.
    public var message: String
    public var method: String
    /// The HTTP status; nil when there was no answer. A call in a batch, its caller's or one that the host made, has no
    /// status of its own: there it is the one that the code is documented with, and nil where that leaves it open.
    public var status: Int?
    public var category: Category
    public var outcome: Outcome
    /// Whether the same call may succeed later and does no harm twice.
    public var retryable: Bool
    /// The parameter at fault, where the portal names one.
    public var argument: String?
    /// What to do, in one sentence; empty where the message says it.
    public var hint: String
    /// Which part of a larger request this is about: `command 'deal'`, `item 17`; nil for a call of its own.
    public var part: String?
    /// Whether the call reads or writes.
    let access: Access

    /// What sort of trouble it is, for whoever decides what happens next.
    public enum Category: String, Sendable {
        /// Who we are is not accepted.
        case authorization
        /// We are known and may not.
        case permission
        /// Too many requests; nothing was done.
        case throttled
        /// The method's operating time is used up; nothing was done.
        case operatingLimit
        /// The portal is blocked as a whole: overload, deleted, not paid.
        case blocked
        case notFound
        /// The portal, or we before asking, do not accept the arguments.
        case invalid
        /// Trouble inside the portal, or on the way.
        case server
        /// An answer came that cannot be understood.
        case unreadable
        /// No answer came.
        case transport
        /// The portal has another address now.
        case moved
    }

    /// What became of the call on the portal.
    public enum Outcome: String, Sendable {
        case nothingDone
        case done
        /// Perhaps done: a write of this outcome is never repeated by itself.
        case unknown
    }

    public static let messageBytesMax = 1000

    init(
        code: String, message: String, method: String, status: Int?, category: Category, outcome: Outcome,
        access: Access, argument: String? = nil
    ) {
        self.code = code
        self.message = Failure.tidied(message)
        self.method = method
        self.status = status
        self.category = category
        self.outcome = outcome
        self.argument = argument
        self.access = access
        retryable = false
        hint = ""
        retryable = isTransient && (access == .read || outcome == .nothingDone)
        hint = Hint.text(for: self, access)
    }

    /// Refused by us before anything was sent.
    init(local code: String, _ message: String, method: String, hint: String? = nil) {
        self.init(
            code: code, message: message, method: method, status: nil, category: .invalid, outcome: .nothingDone,
            access: .read)
        if let hint { self.hint = hint }
    }

    /// The portal's pace kept the call back for longer than it could wait.
    public static func waitOver(_ call: Call) -> Failure {
        Failure(
            code: "WAIT_OVER", message: "the portal's pace left no room for it", method: call.method, status: nil,
            category: .throttled, outcome: .nothingDone, access: call.access)
    }

    /// The portal takes no more requests now, or no more of this method.
    public var asksToWait: Bool { category == .throttled || category == .operatingLimit }

    /// No answer came: refused connection, lost connection, time-out.
    ///
    /// - Parameters:
    ///   - message: from the HTTP client; may not hold the URL.
    ///   - mayHaveBeenSent: false when the portal cannot have seen the request.
    ///   - explainsItself: whether the message says what to do, as one about a certificate does.
    public static func noAnswer(
        _ message: String, method: String, access: Access, mayHaveBeenSent: Bool, explainsItself: Bool = false
    ) -> Failure {
        var failure = Failure(
            code: "NO_ANSWER", message: message, method: method, status: nil, category: .transport,
            outcome: mayHaveBeenSent ? .unknown : .nothingDone, access: access)
        if explainsItself { failure.hint = "" }
        return failure
    }

    static let answerTooLargeCode = "ANSWER_TOO_LARGE"

    /// The portal answered more than we take; the same call would bring as much.
    public static func answerTooLarge(_ bytesMax: Int, method: String, access: Access) -> Failure {
        var failure = Failure(
            code: answerTooLargeCode, message: "the answer has more than \(bytesMax) bytes", method: method,
            status: nil, category: .unreadable, outcome: .unknown, access: access)
        failure.retryable = false
        failure.hint = "Ask for less: fewer fields by select, or fewer rows."
        return failure
    }

    /// Trouble that may pass.
    var isTransient: Bool {
        [.throttled, .operatingLimit, .server, .unreadable, .transport].contains(category)
    }

    /// A write of which nobody can say, from here, whether it was done.
    public var isUncertain: Bool { outcome == .unknown && access == .write }

    /// Some errors of old come as HTML, and any may be long.
    private static func tidied(_ message: String) -> String {
        var text = message
        for lineBreak in ["<br>", "<br/>", "<br />"] where text.contains(lineBreak) {
            text = text.split(separator: lineBreak).joined(separator: " ")
        }
        text = text.trimmed()
        guard text.utf8.count > messageBytesMax else { return text }
        return String(decoding: text.utf8.prefix(messageBytesMax), as: UTF8.self) + "…"
    }
}

extension Failure: CustomStringConvertible {
    /// `crm.deal.get: Not found (HTTP 400). What to do.`
    public var description: String { hint.isEmpty ? "\(sentence)." : "\(sentence). \(hint)" }

    /// The description without what to do.
    public var sentence: String {
        let said = message.isEmpty ? code : code.isEmpty || message == code ? message : "\(message) [\(code)]"
        let sentence = said.hasSuffix(".") ? String(said.dropLast()) : said
        let status = status.map { " (HTTP \($0))" } ?? ""
        return "\(part.map { "\($0), " } ?? "")\(method): \(sentence)\(status)"
    }
}
