public import Wire

/// What came back from the authorisation page: a code, by redirect or copied by a person. It lives 30 seconds, once.
/// Source: https://apidocs.bitrix24.com/settings/oauth/index.html
public struct AuthorizationRedirect: Sendable, Equatable {
    public let code: Secret
    /// The authorisation server's host, where the redirect names it.
    public let server: String?

    private init(code: Secret, server: String?) {
        self.code = code
        self.server = server
    }

    /// The parameters of a redirect.
    ///
    /// - Parameter state: the one that the link had: another means that somebody else's authorisation is being slipped
    ///   in, or that the page is an old one.
    public init(query: JSONObject, state: String) throws(AuthorizationFailure) {
        if let error = query["error"]?.scalarText, !error.isEmpty {
            let why = query["error_description"]?.scalarText ?? error
            throw AuthorizationFailure(
                "the portal did not authorise: \(why.prefix(200))", hint: "Open the link again and agree.")
        }
        guard let code = query["code"]?.scalarText.flatMap(Secret.init) else {
            throw AuthorizationFailure(
                "the redirect brings no code", hint: "Open the link again, and paste the address it ends at.")
        }
        guard query["state"]?.scalarText.flatMap(Secret.init) == Secret(state) else {
            throw AuthorizationFailure(
                "the redirect answers another link than this one", hint: "Open the link that was printed last.")
        }
        self.code = code
        server = query["server_domain"]?.scalarText.map { "https://\($0)" }
    }

    /// What a person pastes: the code alone, or the address that the browser ended at.
    public init(pasted text: String, state: String) throws(AuthorizationFailure) {
        let text = text.trimmed()
        guard text.contains("=") else {
            guard let code = Secret(text), code.exposed.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == 0x2E }) else {
                throw AuthorizationFailure(
                    "what was pasted is neither a code nor an address with one",
                    hint: "Paste the code, or the whole address that the browser ended at.")
            }
            self.init(code: code, server: nil)
            return
        }
        let query = text.firstIndex(of: "?").map { text[text.index(after: $0)...] } ?? text[...]
        let form: JSONObject
        do throws(FormFailure) {
            form = try Form.decode(String(query.prefix { $0 != "#" }))
        } catch {
            throw AuthorizationFailure(
                "the address cannot be read: \(error.message)", hint: "Paste the address that the browser ended at.")
        }
        try self.init(query: form, state: state)
    }
}
