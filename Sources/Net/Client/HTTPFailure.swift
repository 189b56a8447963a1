/// Why a request has no answer.
public struct HTTPFailure: Error, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// The URL is none, or neither http nor https.
        case badURL
        /// The method or a header cannot be sent.
        case badRequest
        /// The host's name has no address.
        case resolve
        /// Nobody accepts connections there.
        case connect
        /// No authority we trust has signed the server's certificate.
        case untrustedCertificate
        /// The certificate is for other hosts than the one asked.
        case wrongHost
        /// The certificate is no longer valid, or not yet.
        case expiredCertificate
        /// TLS failed otherwise.
        case tls
        /// `timeoutMS` or the connect time-out passed.
        case timeout
        /// The connection ended before an answer.
        case closed
        /// The answer is larger than `responseBytesMax`.
        case tooLarge
        /// A file of this machine could not be read or written.
        case file
        /// The host is of a private network, which `refusesPrivateAddresses` does not allow.
        case forbiddenAddress
        /// The answer ended before its announced end.
        case truncated
        /// The task was cancelled or the client closed.
        case cancelled
        case other

        /// Whether the server was reached and no trust in it came about.
        public var isOfTLS: Bool { [.untrustedCertificate, .wrongHost, .expiredCertificate, .tls].contains(self) }
    }

    public let kind: Kind
    /// False only when it is certain that no byte of the request left this machine.
    public let mayHaveBeenSent: Bool
    /// Names host and port and never the URL: the path of a webhook is a secret.
    public let message: String

    public var description: String { message }

    public init(kind: Kind, mayHaveBeenSent: Bool, message: String) {
        self.kind = kind
        self.mayHaveBeenSent = mayHaveBeenSent
        self.message = message
    }
}
