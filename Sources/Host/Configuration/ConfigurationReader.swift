import Bitrix24
import Glibc
import Wire

/// Reads the table that was given to `host`, section by section.
struct ConfigurationReader {
    let folder: String
    let variable: (String) -> String?
    let problems: ConfigurationProblems

    static let defaultPortal = "default"
    static let webhookVariable = "BITRIX24_WEBHOOK_URL"

    private static let keys = [
        "listen", "tls", "url", "store", "portals", "recipes", "api_keys", "console", "limits", "runs", "inbox",
        "retention", "http", "llm", "log",
    ]
    private static let runsAtOnceRange = 1...10_000
    private static let inboxEventsRange = 1...100_000_000
    private static let retentionRange = 0...(3660 * 86_400_000)

    init(folder: String, variable: @escaping (String) -> String?, _ problems: ConfigurationProblems) {
        self.folder = folder
        self.variable = variable
        self.problems = problems
    }

    /// What it says; it counts only where there are no problems afterwards.
    func configuration(_ value: JSONValue) -> HostConfiguration {
        let host = ConfigurationTable(value, at: "", keys: Self.keys, problems)
        var read = HostConfiguration()
        network(host, &read)
        read.store = store(host) ?? .file(path(HostConfiguration.storeDefault))
        let hasSoundPortals = portals(host, &read)
        read.apiKeys = apiKeys(host)
        read.consolePassword = host.table("console", keys: ["password"])?.secret("password")
        for limit in host.limits("limits") {
            do throws(HostFailure) {
                try read.limits.allow(limit.name, limit.value)
            } catch {
                host.refuse("limits", error.message)
            }
        }
        bounds(host, &read)
        read.models = models(host)
        read.recipes = RecipesReader(self, read, portalsAreSound: hasSoundPortals).recipes(host)
        read.redactor = problems.redactor
        read.warnings = problems.warnings
        return read
    }

    func path(_ path: String) -> String { ConfigurationFile.path(path, in: folder) }

    private func network(_ host: ConfigurationTable, _ read: inout HostConfiguration) {
        let form = "an address and a port, such as \"127.0.0.1:8080\" or \"[::]:443\""
        read.listening = host.parsed("listen", form, HostConfiguration.Listening.init) ?? read.listening
        if let tls = host.table("tls", keys: ["certificate", "key"]) {
            let certificate = readable("certificate", of: tls)
            let key = readable("key", of: tls)
            if let certificate, let key { read.tls = .init(certificatePath: certificate, keyPath: key) }
        }
        read.url = host.parsed("url", "an address such as \"https://hooks.example.com\"") { text in
            guard let url = try? URLParts(text), url.query == nil else { return nil }
            return url.path == "/" ? url.origin : url.text
        }
    }

    private func readable(_ key: String, of table: ConfigurationTable) -> String? {
        guard let name = table.text(key) else {
            if !table.has(key) { table.refuse(key, "is missing") }
            return nil
        }
        let path = path(name)
        guard access(path, R_OK) == 0 else {
            table.refuse(key, "cannot be read: \(path): \(String(cString: strerror(errno)))")
            return nil
        }
        return path
    }

    private func store(_ host: ConfigurationTable) -> HostConfiguration.Store? {
        host.parsed("store", "a file, or an address such as \"postgres://user@db/host\"") { text in
            if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
                return Secret(text).map(HostConfiguration.Store.postgres)
            }
            return text.contains("://") ? nil : .file(path(text))
        }
    }

    private func apiKeys(_ host: ConfigurationTable) -> [HostConfiguration.APIKey] {
        guard let table = host.table("api_keys", keys: nil) else { return [] }
        return table.keys.compactMap { name in
            table.secret(name).map { HostConfiguration.APIKey(name: name, key: $0) }
        }
    }

    private func bounds(_ host: ConfigurationTable, _ read: inout HostConfiguration) {
        let runs = host.table("runs", keys: ["at_once"])
        read.runsAtOnce = runs?.count("at_once", in: Self.runsAtOnceRange) ?? read.runsAtOnce
        let inbox = host.table("inbox", keys: ["events_max"])
        read.inboxEventsMax = inbox?.count("events_max", in: Self.inboxEventsRange) ?? read.inboxEventsMax
        if let retention = host.table("retention", keys: ["runs", "failed"]) {
            let range = Self.retentionRange
            read.retention.runsMS = retention.milliseconds("runs", in: range) ?? read.retention.runsMS
            read.retention.failedRunsMS = retention.milliseconds("failed", in: range) ?? read.retention.failedRunsMS
        }
        if let http = host.table("http", keys: ["hosts", "private"]) {
            let form = "a host such as \"api.example.com\" or \"*.example.com\""
            read.http.hosts = http.list("hosts", form, HostPattern.init) ?? []
            read.http.privateAddresses =
                http.list("private", "an address such as \"10.0.0.5\"") { Self.isAddress($0) ? $0 : nil } ?? []
        }
        if let log = host.table("log", keys: ["level", "format"]) {
            read.log.level = log.choice("level", RunLog.Level.self) ?? read.log.level
            read.log.format = log.choice("format", HostConfiguration.Log.Format.self) ?? read.log.format
        }
    }

    private func models(_ host: ConfigurationTable) -> [ModelConfiguration] {
        let kinds = ModelConfiguration.Kind.allCases
        guard let llm = host.table("llm", keys: kinds.map(\.rawValue)) else { return [] }
        return kinds.compactMap { kind in
            guard let table = llm.table(kind.rawValue, keys: ["url", "key", "model"]) else { return nil }
            let needed = kind == .openai ? ["url", "model"] : ["key", "model"]
            for key in needed where !table.has(key) { table.refuse(key, "is missing") }
            let url = table.parsed("url", "an address such as \"https://llm.example.com/v1\"") { text in
                (try? URLParts(text))?.text
            }
            let key = table.secret("key")
            guard let model = table.text("model") else { return nil }
            return ModelConfiguration(kind: kind, key: key, model: model, url: url)
        }
    }

    static func isAddress(_ text: String) -> Bool {
        var (v4, v6) = (in_addr(), in6_addr())
        return inet_pton(AF_INET, text, &v4) == 1 || inet_pton(AF_INET6, text, &v6) == 1
    }
}

extension HostConfiguration.Listening {
    /// Reads `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = String(text[..<colon])
        if host == "localhost" { host = "127.0.0.1" }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        guard ConfigurationReader.isAddress(host) else { return nil }
        self.init(host: host, port: Int(port))
    }
}
