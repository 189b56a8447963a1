import Bitrix24
import Bridge
import Glibc
import Host
import Wire

/// What verbs take from the world around the process: variables, files, standard input.
enum Environment {
    static let webhookVariable = "BITRIX24_WEBHOOK_URL"
    static let storeVariable = "HOST_STORE"
    static let storeDefault = ".host/store.db"
    static let dataBytesMax = 16 << 20

    static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// The portal that was named, or the one of the environment; nil when there is neither.
    ///
    /// A name such as `acme` stands for the webhook in `BITRIX24_WEBHOOK_URL_ACME`, so that no command line, which
    /// others on the machine can read, has to hold the secret; else it is a portal that was authorised.
    ///
    /// - Parameters:
    ///   - retry: how long its calls go on.
    ///   - progress: where a person sees that calls wait for the portal's pace.
    static func portal(
        _ named: String?, retry: RetryPolicy = RetryPolicy(), progress: ProgressLine
    ) throws(CommandLineFailure) -> PortalConnection? {
        let granted = try named.flatMap { (named) throws(CommandLineFailure) in try grant(meantBy: named) }
        let url = granted == nil ? try named.map(webhook) ?? variable(webhookVariable) : nil
        if granted == nil, url == nil { return nil }
        let budget = SharedBudget(in: RuntimeDirectory.path(variable: variable)) { warning in
            progress.clear()
            Terminal.error("host: \(warning)\n")
        }
        let place = named.map { $0.contains("/") ? "--portal" : webhookVariable($0) } ?? webhookVariable
        let notify: @Sendable (PortalNotice) -> Void = { notice in
            switch notice {
            case .waits(let wait): progress.update(waiting: wait)
            case .moved(let portal):
                progress.clear()
                Terminal.error("host: the portal is now at \(portal); update \(place)\n")
            }
        }
        if let (stored, store) = granted {
            return PortalConnection(grant: stored, in: store, retry: retry, budget: budget, onNotice: notify)
        }
        guard let url else { return nil }
        do {
            return try PortalConnection(webhook: url, retry: retry, budget: budget, onNotice: notify)
        } catch {
            throw CommandLineFailure(error)
        }
    }

    /// The address of the portal that was named, fit to be shown.
    static func origin(of named: String) throws(CommandLineFailure) -> String {
        if let (stored, _) = try grant(meantBy: named) { return stored.grant.portal }
        let url = try webhook(named)
        do {
            return try Webhook(url).portal
        } catch {
            throw CommandLineFailure(.configuration, "the webhook's address cannot be used: \(error.message)")
        }
    }

    private static func webhook(_ named: String) throws(CommandLineFailure) -> String {
        if named.contains("/") { return named }
        let name = webhookVariable(named)
        guard let url = variable(name) else {
            throw CommandLineFailure(
                .configuration, "no portal is configured under the name '\(named)'",
                hint:
                    "set \(name) to its inbound webhook, give --portal URL, or authorise it with 'host auth'; grants "
                    + "were looked for in \(absolute(grants().path)), HOST_STORE names another store")
        }
        return url
    }

    /// The variable that holds the webhook of a portal with that name.
    static func webhookVariable(_ named: String) -> String {
        let suffix = named.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return webhookVariable + "_" + String(suffix)
    }

    static func requiredPortal(
        _ named: String?, retry: RetryPolicy, progress: ProgressLine
    ) throws(CommandLineFailure) -> PortalConnection {
        guard let portal = try portal(named, retry: retry, progress: progress) else {
            throw CommandLineFailure(PortalConnection.missing)
        }
        return portal
    }

    static func store(_ path: String?) -> KeyValueStore {
        KeyValueStore(.file(path ?? variable(storeVariable) ?? storeDefault))
    }

    /// A path that says also elsewhere which file is meant.
    static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }

    static func file(_ path: String, bytesMax: Int) throws(CommandLineFailure) -> [UInt8] {
        do {
            return try SourceFile.read(path, bytesMax: bytesMax)
        } catch {
            throw CommandLineFailure(error)
        }
    }

    /// Writes a file anew.
    static func write(_ text: String, to path: String) throws(CommandLineFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw cannotWrite(path) }
        defer { close(descriptor) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw cannotWrite(path) }
            bytes = bytes.dropFirst(count)
        }
    }

    private static func cannotWrite(_ path: String) -> CommandLineFailure {
        CommandLineFailure(.failed, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }

    /// `KEY=VALUE` in two.
    static func pair(_ text: String, _ option: String) throws(HostFailure) -> (String, String) {
        guard let mark = text.firstIndex(of: "="), mark != text.startIndex else {
            throw HostFailure(.usage, "\(option) takes NAME=VALUE, got '\(text)'")
        }
        return (String(text[..<mark]), String(text[text.index(after: mark)...]))
    }

    /// JSON from a word, from `@FILE` or from standard input (`-`); an absent word is an empty object.
    static func json(_ word: String?, _ option: String) throws(HostFailure) -> JSONValue {
        guard let word else { return .object(JSONObject()) }
        let bytes: [UInt8]
        let name: String
        if word == "-" {
            name = "standard input"
            bytes = try SourceFile.read(STDIN_FILENO, named: name, bytesMax: dataBytesMax)
        } else if word.hasPrefix("@") {
            name = String(word.dropFirst())
            bytes = try SourceFile.read(name, bytesMax: dataBytesMax)
        } else {
            name = option
            bytes = Array(word.utf8)
        }
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw HostFailure(.usage, "\(name) is no JSON: \(error.message) at byte \(error.offset)")
        }
    }
}

extension CommandLineFailure {
    init(_ failure: EffectFailure) {
        switch failure {
        case .portal(let portal):
            let isConfiguration = portal.category == .authorization || portal.category == .blocked
            self.init(
                isConfiguration ? .configuration : .failed, portal.sentence,
                hint: portal.hint.isEmpty ? nil : portal.hint)
        case .host(let host): self.init(host)
        case .limit(let name, let allowed, let note):
            self.init(
                .limit, "limit '\(name.rawValue)' reached: \(allowed)" + (note.map { "; \($0)" } ?? ""))
        case .cancelled: self.init(.failed, "cancelled")
        case .parked, .suspended, .diverged, .ended: self.init(.failed, "the run was interrupted")
        }
    }

    init(_ failure: HostFailure) {
        let status: ExitStatus =
            switch failure.kind {
            case .usage: .usage
            case .configuration: .configuration
            case .recipe, .machine: .failed
            }
        self.init(status, failure.message, hint: failure.hint)
    }
}
