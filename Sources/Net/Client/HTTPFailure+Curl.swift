internal import CCurl
internal import Glibc

extension HTTPFailure {
    /// What libcurl's result means for a transfer that did not succeed.
    init(_ code: CURLcode, of transfer: Transfer, on easy: EasyHandle) {
        let sent = easy.requestBytesSent > 0
        let kind =
            transfer.stop ?? Kind(certificateOf: easy, code)
            ?? Kind(code, isSent: sent, hasAnswerBegun: transfer.hasAnswerBegun)
        let server = HTTPFailure.server(of: transfer.request.url, easy.curl)
        let reason = HTTPFailure.reason(kind, code, transfer.request, easy)
        self.init(kind: kind, mayHaveBeenSent: sent, message: "\(server): \(reason)")
    }

    static func cancelled(_ transfer: Transfer, on easy: EasyHandle) -> HTTPFailure {
        let server = server(of: transfer.request.url, easy.curl)
        return HTTPFailure(
            kind: .cancelled, mayHaveBeenSent: easy.requestBytesSent > 0,
            message: "\(server): the request was cancelled.")
    }

    private static func reason(
        _ kind: Kind, _ code: CURLcode, _ request: HTTPRequest, _ easy: EasyHandle
    ) -> String {
        switch kind {
        case .badURL: return "The URL cannot be understood, or is neither http nor https."
        case .badRequest: return "The request cannot be sent."
        case .resolve: return "The host's name has no address; check the name and this machine's DNS."
        case .connect:
            let number = easy.systemError
            return number == 0 ? "No connection." : "No connection: \(String(cString: strerror(number)))."
        case .untrustedCertificate:
            return "No authority this machine trusts signed the server's certificate. If it is your own server, name "
                + "its certificate in SSL_CERT_FILE."
        case .wrongHost: return "The server's certificate is for another host. Check the name in the address."
        case .expiredCertificate:
            return "The server's certificate is not valid today. Its owner has to renew it; check this machine's clock."
        case .tls:
            // libcurl's detail names the certificate's fault, and no URL.
            let detail = easy.errorDetail
            return "TLS failed: \(detail.isEmpty ? words(for: code, easy.curl) : detail)"
        case .timeout:
            let stalled = request.stallTimeoutMS.map { ", or no byte for \($0) ms" } ?? ""
            return "No complete answer within \(request.timeoutMS) ms\(stalled)."
        case .closed: return "The connection was closed before an answer came."
        case .tooLarge:
            guard let target = request.target, (200..<300).contains(easy.status) else {
                return "The answer is larger than \(request.responseBytesMax) bytes (responseBytesMax)."
            }
            return "The file is larger than \(target.bytesMax) bytes."
        case .file: return request.target?.failure?.message ?? "The file to send changed while it was sent."
        case .forbiddenAddress: return "The address leads to this machine or into a private network."
        case .truncated: return "The answer broke off before its end."
        case .cancelled: return "The request was cancelled."
        case .other: return words(for: code, easy.curl)
        }
    }

    /// libcurl's own words for a result; they hold nothing of the request.
    private static func words(for code: CURLcode, _ curl: Curl) -> String {
        curl.pointee.easy_strerror(code).map { String(cString: $0) } ?? "libcurl failed with \(code.rawValue)."
    }

    /// The URL's host and port, the only parts of it that may be told.
    private static func server(of url: String, _ curl: Curl) -> String {
        guard let parsed = curl.pointee.url() else { return "The server" }
        defer { curl.pointee.url_cleanup(parsed) }
        guard curl.pointee.url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK,
            let host = part(CURLUPART_HOST, of: parsed, curl),
            let port = part(CURLUPART_PORT, of: parsed, curl)
        else { return "The server" }
        return "\(host):\(port)"
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer, _ curl: Curl) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl.pointee.url_get(url, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else {
            return nil
        }
        defer { curl.pointee.free(text) }
        return String(cString: text)
    }
}

extension HTTPFailure.Kind {
    /// What is wrong with the certificate; nil when that is not what ended the transfer.
    ///
    /// The numbers are OpenSSL's X509_V_ERR_…, which do not change (x509_vfy.h). libcurl checks the name itself, before
    /// it asks for OpenSSL's verdict, which is then still the 1 it starts with.
    fileprivate init?(certificateOf easy: EasyHandle, _ code: CURLcode) {
        guard code == CURLE_PEER_FAILED_VERIFICATION else { return nil }
        switch easy.certificateVerdict {
        case 0, 1, 62: self = .wrongHost
        case 9, 10: self = .expiredCertificate
        case 2, 18, 19, 20, 21: self = .untrustedCertificate
        default: return nil
        }
    }

    fileprivate init(_ code: CURLcode, isSent: Bool, hasAnswerBegun: Bool) {
        self =
            switch code {
            case CURLE_URL_MALFORMAT: .badURL
            // The same code says "the answer is HTTP/0.9": then the URL was good.
            case CURLE_UNSUPPORTED_PROTOCOL: isSent ? .other : .badURL
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
            case CURLE_COULDNT_CONNECT: .connect
            case CURLE_OPERATION_TIMEDOUT: .timeout
            case CURLE_PARTIAL_FILE: .truncated
            case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_SEND_FAIL_REWIND, CURLE_HTTP2,
                CURLE_HTTP2_STREAM:
                hasAnswerBegun ? .truncated : .closed
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
                CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE,
                CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_ENGINE_NOTFOUND,
                CURLE_SSL_CLIENTCERT:
                .tls
            default: .other
            }
    }
}
