public import Bitrix24
import Cryptography
public import Wire

/// One authorisation of an application on a portal, from the link to the stored grant.
public final class Authorization: Sendable {
    /// The random text that the redirect has to bring back. Bytes.
    private static let stateBytes = 16
    /// A code lives 30 seconds: an answer that takes longer comes too late for another try.
    private static let answerTimeoutMS = 20_000

    private let application: OAuthApplication
    /// Scheme, host and port, as the person named it.
    private let portal: String
    private let store: GrantStore
    private let client = AuthorizationClient()
    private let state: String
    /// Scopes that the grant must have.
    private let scopes: [String]

    /// - Parameter portal: scheme, host and port.
    public init(
        of application: OAuthApplication, on portal: String, needing scopes: [String], into store: GrantStore
    ) throws(HostFailure) {
        self.application = application
        self.portal = portal
        self.scopes = scopes
        self.store = store
        do throws(CryptographyFailure) {
            state = try SecureRandom.bytes(Self.stateBytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
                .joined()
        } catch {
            throw HostFailure(.machine, error.message)
        }
    }

    /// The page where somebody agrees.
    public var link: String { application.authorizationLink(portal: portal, state: state) }

    /// What a person pasted: a code, or the address that the browser ended at.
    public func grant(pasted text: String) async throws(EffectFailure) -> Grant {
        try await exchange(
            parsed { () throws(AuthorizationFailure) in try AuthorizationRedirect(pasted: text, state: state) })
    }

    /// The query of a redirect.
    public func grant(query: JSONObject) async throws(EffectFailure) -> Grant {
        try await exchange(
            parsed { () throws(AuthorizationFailure) in try AuthorizationRedirect(query: query, state: state) })
    }

    /// A form that the portal posts when the application is opened, installed or uninstalled. Nil after a proved
    /// farewell: then the grant is forgotten.
    public func grant(form: JSONObject, query: JSONObject) async throws(EffectFailure) -> Grant? {
        let form = try parsed { () throws(AuthorizationFailure) in
            try InstallationForm(body: form, query: query, application: application, now: WallClock.now())
        }
        switch form {
        case .installed(let claimed):
            // Anybody can post a form: the authorisation server says whose tokens these are, by renewing them.
            let reply = try await reply(to: TokenRequest(refreshing: claimed))
            let grant = try parsed { () throws(AuthorizationFailure) in try Grant(reply, confirming: claimed) }
            // A form brings no state: whoever has the application on another portal could post that one's.
            guard grant.portal == portal else {
                throw .host(
                    HostFailure(
                        .configuration, "the form came from \(grant.portal), and \(portal) is waited for",
                        hint: "'host auth \(grant.portal)' takes that one"))
            }
            return try keep(grant)
        case .uninstalled(let memberID, let token):
            try host { () throws(HostFailure) in
                guard let grant = try stored(memberID), grant.isProved(by: token) else {
                    throw HostFailure(
                        .configuration, "a farewell came that no application token proves", hint: "it changed nothing")
                }
                try store.forget(GrantID(grant))
            }
            return nil
        }
    }

    private func exchange(_ redirect: AuthorizationRedirect) async throws(EffectFailure) -> Grant {
        let reply = try await reply(to: TokenRequest(exchanging: redirect.code, for: application))
        return try keep(parsed { () throws(AuthorizationFailure) in try Grant(reply, application: application) })
    }

    private func reply(to request: TokenRequest) async throws(EffectFailure) -> TokenReply {
        switch await client.answer(to: request, timeoutMS: Self.answerTimeoutMS) {
        case .granted(let reply): return reply
        case .refused(let failure), .unavailable(let failure): throw .portal(failure)
        }
    }

    private func keep(_ grant: Grant) throws(EffectFailure) -> Grant {
        var kept = grant
        try host { () throws(HostFailure) in
            try GrantScopes.check(scopes, in: grant.scopes)
            // Only an installation tells the application's token; a code that comes later does not take it away.
            if kept.applicationToken == nil { kept.applicationToken = try stored(grant.memberID)?.applicationToken }
            try store.put(kept)
        }
        return kept
    }

    private func stored(_ memberID: String) throws(HostFailure) -> Grant? {
        try store.grants(named: memberID).map(\.grant).first { $0.application.clientID == application.clientID }
    }

    private func parsed<T>(_ body: () throws(AuthorizationFailure) -> T) throws(EffectFailure) -> T {
        do throws(AuthorizationFailure) {
            return try body()
        } catch {
            throw .host(HostFailure(.configuration, error.message, hint: error.hint))
        }
    }

    private func host(_ body: () throws(HostFailure) -> Void) throws(EffectFailure) {
        do throws(HostFailure) {
            try body()
        } catch {
            throw .host(error)
        }
    }
}

/// Compares what is needed with what a portal granted.
enum GrantScopes {
    static func check(_ needed: [String], in granted: [String]) throws(HostFailure) {
        let missing = needed.filter { !granted.contains($0.lowercased()) }
        guard !missing.isEmpty else { return }
        let names = missing.map { "'\($0)'" }.joined(separator: ", ")
        throw HostFailure(
            .configuration, "the portal's grant lacks the scope\(missing.count == 1 ? "" : "s") \(names)",
            hint: "add \(missing.count == 1 ? "it" : "them") to the application's permissions on the portal, then run "
                + "'host auth PORTAL' again")
    }
}
