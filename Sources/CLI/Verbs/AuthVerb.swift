import Bitrix24
import Host
import Wire

/// `host auth …`
enum AuthVerb: Verb {
    static let name = "auth"
    static let summary = "authorises an application on a portal, and keeps its tokens"
    static let usage = """
        PORTAL [--client-id ID] [--secret-file FILE|-] [--server URL] [--listen PORT] [--scope LIST]
               host auth list | show PORTAL | forget PORTAL
        """
    static let options = [
        Option("--client-id", "ID", "the application's client_id; else BITRIX24_CLIENT_ID"),
        Option("--secret-file", "FILE|-", "its client_secret, - for a line of input; else BITRIX24_CLIENT_SECRET"),
        Option("--server", "URL", "the authorisation server of a portal on premise"),
        Option("--listen", "PORT", "takes the redirect, or the portal's form, on this port of loopback; 0 any"),
        Option("--scope", "LIST", "scopes the grant must have, such as crm,im"),
        Option("--store", "FILE", "where grants are kept; else HOST_STORE, else .host/store.db"),
    ]
    static let notes = """
        It prints a link; whoever opens it and agrees ends at an address with a code, to be pasted within 30 seconds.
        Tokens are sealed with the key in HOST_KEY or in the file HOST_KEY_FILE, else .host/key, which is made.
        Afterwards --portal takes the portal's name: host call app.info --portal acme.bitrix24.com
        """

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 2)
        let store = Environment.grants(store: options.value("--store"))
        switch (options.operands.first, options.operands.dropFirst().first) {
        case (nil, _): throw .usage("which portal? host auth acme.bitrix24.com", verb: name)
        case ("list", nil): try list(store)
        case ("show", let name?): Terminal.out(described(try stored(name, store)))
        case ("forget", let name?):
            guard let found = try Environment.grantName(named: name, in: store) else { throw notStored(name) }
            try host { () throws(HostFailure) in try store.forget(found.id) }
            Terminal.out("forgotten: \(found.portal)\n")
        case (let portal?, nil) where !["show", "forget"].contains(portal):
            try await authorize(portal, options, store)
        default: throw .usage("'auth' takes one portal", verb: name)
        }
        return .done
    }

    // -- Authorising --------------------------------------------------------------------------------------------------

    private static func authorize(
        _ named: String, _ options: Options, _ store: GrantStore
    ) async throws(CommandLineFailure) {
        let clientID = options.value("--client-id") ?? Environment.variable(Environment.clientIDVariable)
        let known = try Environment.grant(named: named, of: clientID, in: store)?.grant
        let portal = try parsed { () throws(AuthorizationFailure) in
            if let known { known.portal } else { try PortalAddress.origin(named) }
        }
        let application = try application(on: portal, clientID, options, known)
        let scopes = (options.value("--scope") ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        let authorization: Authorization
        let listener: AuthorizationListener?
        do throws(HostFailure) {
            authorization = try Authorization(of: application, on: portal, needing: scopes, into: store)
            listener = try options.value("--listen").map { (text) throws(HostFailure) in
                guard let port = UInt16(text) else {
                    throw HostFailure(.usage, "--listen takes a number from 0 to 65535")
                }
                return try AuthorizationListener(port: Int(port))
            }
        } catch {
            throw CommandLineFailure(error)
        }
        Terminal.out("Open this page and agree:\n  \(authorization.link)\n")
        let grant: Grant?
        if let listener {
            Terminal.out("Waiting for the redirect at \(listener.url)\n")
            grant = try await effect { () async throws(EffectFailure) in
                try await listener.grant(for: authorization) { failure in
                    let shown = CommandLineFailure(failure)
                    Terminal.error("host: \(shown.message)\n" + (shown.hint.map { "  \($0)\n" } ?? ""))
                }
            }
        } else {
            if Terminal.isInteractive { Terminal.error("Paste the code, or the address you end at: ") }
            guard let pasted = try Environment.line() else {
                throw CommandLineFailure(
                    .configuration, "no code came on standard input", hint: "paste it, or give --listen PORT")
            }
            grant = try await effect { () async throws(EffectFailure) in try await authorization.grant(pasted: pasted) }
        }
        Terminal.out(
            grant.map { "authorised: \(line($0))\n" } ?? "the application was uninstalled: its grant is forgotten\n")
    }

    /// As the options and the environment name it, else the one that the portal has granted to before.
    private static func application(
        on portal: String, _ clientID: String?, _ options: Options, _ known: Grant?
    ) throws(CommandLineFailure) -> OAuthApplication {
        let secret = try secret(options)
        let server = try parsed { () throws(AuthorizationFailure) in
            try options.value("--server").map { (text) throws(AuthorizationFailure) in try AuthorizationServer(text) }
                ?? known?.application.server
        }
        guard server != nil || !PortalAddress.isLoopback(portal) else {
            // The cloud's server would be told a secret that is none of its own.
            throw CommandLineFailure(
                .configuration, "a portal on this machine needs --server", hint: "'host portal' prints it")
        }
        guard let clientID = clientID ?? known?.application.clientID else {
            throw CommandLineFailure(
                .configuration, "which application? its client_id is missing",
                hint: "give --client-id ID, as the application's page on the portal shows it")
        }
        let stored = clientID == known?.application.clientID ? known?.application.clientSecret.exposed : nil
        guard let secret = secret ?? stored else {
            throw CommandLineFailure(
                .configuration, "the application's client_secret is missing",
                hint: "set BITRIX24_CLIENT_SECRET, or give --secret-file FILE")
        }
        return try parsed { () throws(AuthorizationFailure) in
            try OAuthApplication(clientID: clientID, clientSecret: secret, server: server ?? .cloud)
        }
    }

    private static func secret(_ options: Options) throws(CommandLineFailure) -> String? {
        switch options.value("--secret-file") {
        case nil: return Environment.variable(Environment.clientSecretVariable)
        case "-": return try Environment.line()
        case let path?:
            return String(
                decoding: try Environment.file(path, bytesMax: Environment.lineBytesMax), as: UTF8.self)
        }
    }

    // -- Showing ------------------------------------------------------------------------------------------------------

    private static func list(_ store: GrantStore) throws(CommandLineFailure) {
        let names = try host { () throws(HostFailure) in try store.names() }
        guard !names.isEmpty else {
            let path = Environment.absolute(store.path)
            Terminal.error(
                "no portal is authorised in \(path): host auth PORTAL, or name another store in HOST_STORE\n")
            return
        }
        do throws(HostFailure) {
            for stored in try store.grants() { Terminal.out(line(stored.grant) + "\n") }
        } catch {
            // What can be forgotten has to be seen, also when the key is lost.
            for (id, portal) in names {
                Terminal.out("\(portal) (member_id \(id.memberID), \(id.clientID)): sealed\n")
            }
            throw CommandLineFailure(error)
        }
    }

    private static func stored(_ name: String, _ store: GrantStore) throws(CommandLineFailure) -> StoredGrant {
        guard let stored = try Environment.grant(named: name, in: store) else { throw notStored(name) }
        return stored
    }

    private static func notStored(_ name: String) -> CommandLineFailure {
        CommandLineFailure(
            .configuration, "no grant is stored for '\(name)'", hint: "'host auth list' shows those that are")
    }

    private static func line(_ grant: Grant) -> String {
        let user = grant.userID.map { ", user \($0)" } ?? ""
        let scopes = grant.scopes.isEmpty ? "no scopes" : grant.scopes.joined(separator: ",")
        return "\(grant.portal) (member_id \(grant.memberID), \(grant.application.clientID)\(user)): \(scopes)"
    }

    private static func described(_ stored: StoredGrant) -> String {
        let grant = stored.grant
        let rows = [
            ("portal", grant.portal), ("member_id", grant.memberID), ("client_id", grant.application.clientID),
            ("server", grant.application.server.base), ("user", grant.userID.map(String.init) ?? "not told"),
            ("scopes", grant.scopes.joined(separator: ",")),
            ("token until", grant.expiresAt?.iso8601() ?? "not told"),
            ("pairs of tokens", String(stored.generation)),
        ]
        return rows.map { HelpVerb.padded($0.0, 17) + $0.1 + "\n" }.joined()
    }

    // -- Failures -----------------------------------------------------------------------------------------------------

    private static func parsed<T>(_ body: () throws(AuthorizationFailure) -> T) throws(CommandLineFailure) -> T {
        do throws(AuthorizationFailure) {
            return try body()
        } catch {
            throw CommandLineFailure(.configuration, error.message, hint: error.hint)
        }
    }

    @discardableResult
    private static func host<T>(_ body: () throws(HostFailure) -> T) throws(CommandLineFailure) -> T {
        do throws(HostFailure) {
            return try body()
        } catch {
            throw CommandLineFailure(error)
        }
    }

    private static func effect<T>(
        _ body: () async throws(EffectFailure) -> T
    ) async throws(CommandLineFailure) -> T {
        do throws(EffectFailure) {
            return try await body()
        } catch {
            throw CommandLineFailure(error)
        }
    }
}
