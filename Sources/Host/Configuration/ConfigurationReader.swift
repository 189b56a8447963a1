import Bitrix24
import Glibc
import Wire

/// Makes typed values of the table that `host { … }` was given.
struct ConfigurationReader {
    let folder: String
    let variable: (String) -> String?

    static let webhookVariable = "BITRIX24_WEBHOOK_URL"

    func configuration(of table: JSONObject) throws(ConfigurationFailure) -> HostConfiguration {
        let problems = ConfigurationTable.Problems()
        let root = ConfigurationTable(table, path: "", problems)
        var configuration = HostConfiguration()
        listen(root, &configuration)
        if let text = root.text("store") { configuration.store = store(text) }
        configuration.portals = portals(root)
        for (name, value) in root.limits("limits") { set(name, value, &configuration.limits, root) }
        configuration.recipes = recipes(root, configuration.portals)
        configuration.apiKeys = keys(root)
        let console = root.inner("console")
        if let text = console.text("password") {
            configuration.consolePassword =
                text.utf8.count >= Redactor.secretLengthMin ? ConsoleSessions.password(text) : nil
            if configuration.consolePassword == nil {
                console.problem("password", "must have \(Redactor.secretLengthMin) or more characters")
            }
        }
        console.finish()
        let runs = root.inner("runs")
        configuration.eventsAtOnce = runs.count("at_once", 1...10_000) ?? configuration.eventsAtOnce
        runs.finish()
        let inbox = root.inner("inbox")
        configuration.eventsMax = inbox.count("events_max", 1...100_000_000) ?? configuration.eventsMax
        inbox.finish()
        let retention = root.inner("retention")
        configuration.retainRunsMS = retention.duration("runs") ?? configuration.retainRunsMS
        configuration.retainFailedMS = retention.duration("failed") ?? configuration.retainFailedMS
        retention.finish()
        let http = root.inner("http")
        configuration.hosts = http.texts("hosts")
        configuration.privateHosts = http.texts("private")
        for host in configuration.hosts where !RecipeSession.Declared.isHost(host) {
            http.problem("hosts", "has '\(host)', which is no host name; write it like api.example.com")
        }
        http.finish()
        configuration.models = models(root)
        let log = root.inner("log")
        configuration.logLevel = log.choice("level", RunLog.Level.self) ?? configuration.logLevel
        configuration.logFormat = log.choice("format", HostLog.Format.self) ?? configuration.logFormat
        log.finish()
        root.finish()
        guard problems.sentences.isEmpty else { throw ConfigurationFailure(problems: problems.sentences) }
        return configuration
    }

    // -- Parts --------------------------------------------------------------------------------------------------------

    private func listen(_ root: ConfigurationTable, _ configuration: inout HostConfiguration) {
        if let text = root.text("listen") {
            if let mark = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: mark)...]) {
                configuration.listenHost = String(text[..<mark]).trimmingBrackets
                configuration.listenPort = Int(port)
            } else {
                root.problem("listen", "must be an address and a port, such as \"127.0.0.1:8080\"")
            }
        }
        if let url = root.text("url") {
            if url.hasPrefix("https://") || url.hasPrefix("http://"), (try? PortalAddress.origin(url)) != nil {
                configuration.url = url.hasSuffix("/") ? String(url.dropLast()) : url
            } else {
                root.problem("url", "must be an address such as \"https://hooks.example.com\"")
            }
        }
        let tls = root.inner("tls")
        let (certificate, key) = (tls.text("certificate"), tls.text("key"))
        if let certificate, let key {
            configuration.tls = HostConfiguration.TLS(
                certificatePath: ConfigurationLoader.place(certificate, in: folder),
                keyPath: ConfigurationLoader.place(key, in: folder))
        } else if certificate != nil || key != nil {
            root.problem("tls", "needs both certificate and key, paths of PEM files")
        }
        tls.finish()
    }

    private func store(_ text: String) -> StoreLocation {
        guard case .file(let path) = StoreLocation(text) else { return StoreLocation(text) }
        return .file(ConfigurationLoader.place(path, in: folder))
    }

    private func portals(_ root: ConfigurationTable) -> [HostConfiguration.Portal] {
        var portals: [HostConfiguration.Portal] = []
        let tables = root.each("portals")
        for (name, table) in tables {
            let (webhook, grant) = (table.secret("webhook"), table.text("grant"))
            let clientID = table.text("client_id")
            let token = table.secret("application_token")
            let plan = table.text("plan")
            if let plan, !["standard", "enterprise"].contains(plan) {
                table.problem("plan", "must be \"standard\" or \"enterprise\"")
            }
            if !Self.isName(name) {
                table.problem("", "is no name: letters, digits, '-' and '_', as it stands in addresses")
            }
            switch (webhook, grant) {
            case (let webhook?, nil):
                if (try? Webhook(webhook.exposed)) == nil {
                    table.problem("webhook", "must look like https://acme.bitrix24.com/rest/1/secret/")
                }
                portals.append(.init(name: name, way: .webhook(webhook), applicationToken: token, plan: plan))
            case (nil, let grant?):
                portals.append(
                    .init(name: name, way: .grant(grant, clientID: clientID), applicationToken: token, plan: plan))
            default: table.problem("", "needs either webhook or grant")
            }
            table.finish()
        }
        if tables.isEmpty, let address = variable(Self.webhookVariable), let webhook = Secret(address) {
            portals.append(.init(name: "default", way: .webhook(webhook), applicationToken: nil, plan: nil))
        }
        return portals
    }

    private func recipes(
        _ root: ConfigurationTable, _ portals: [HostConfiguration.Portal]
    ) -> [HostConfiguration.Recipe] {
        let only = portals.count == 1 ? portals.first?.name : nil
        var recipes: [HostConfiguration.Recipe] = []
        guard let value = root.value("recipes") else { return recipes }
        var members: [(key: String, value: JSONValue)] = []
        switch value {
        case .array(let list): members = list.enumerated().map { (String($0.offset + 1), $0.element) }
        case .object(let object): members = object.map { ($0.key, $0.value) }
        default: root.problem("recipes", "must be a list of paths, or a table")
        }
        for (key, value) in members {
            if let pattern = value.stringValue {
                let paths = Self.expanded(ConfigurationLoader.place(pattern, in: folder))
                if paths.isEmpty { root.problem("recipes", "has '\(pattern)', where there is nothing") }
                recipes += paths.map { .init(path: $0, portal: only, settings: [], limits: []) }
                continue
            }
            let table = ConfigurationTable(root.object(value, "recipes.\(key)"), path: "recipes.\(key)", root.shared)
            guard let path = table.text("path") else {
                table.problem("path", "is missing: where is the recipe?")
                continue
            }
            let portal = table.text("portal")
            if let portal, !portals.contains(where: { $0.name == portal }) {
                table.problem("portal", "is '\(portal)', and no such portal is configured")
            }
            let settings = table.object(table.value("settings"), "settings").map {
                ($0.key, GivenSetting.value($0.value))
            }
            recipes.append(
                .init(
                    path: ConfigurationLoader.place(path, in: folder), portal: portal ?? only, settings: settings,
                    limits: table.limits("limits")))
            table.finish()
        }
        return recipes
    }

    private func keys(_ root: ConfigurationTable) -> [(name: String, key: Secret)] {
        let table = root.inner("api_keys")
        let names = table.names
        let keys = names.compactMap { name in table.secret(name).map { (name: name, key: $0) } }
        for (place, key) in keys.enumerated() where keys[..<place].contains(where: { $0.key == key.key }) {
            table.problem(key.name, "is the same key as another's: give each its own")
        }
        return keys
    }

    private func models(_ root: ConfigurationTable) -> [HostConfiguration.Model] {
        let llm = root.inner("llm")
        var models: [HostConfiguration.Model] = []
        for provider in ["gemini", "claude", "openai"] {
            guard llm.names.contains(provider) else { continue }
            let table = llm.inner(provider)
            models.append(
                .init(
                    provider: provider, url: table.text("url"), key: table.secret("key"), model: table.text("model")))
            table.finish()
        }
        llm.finish()
        return models
    }

    private func set(_ name: String, _ value: String, _ limits: inout RunLimits, _ root: ConfigurationTable) {
        do throws(HostFailure) {
            try limits.set(name, value)
        } catch {
            root.problem("limits", error.message)
        }
    }

    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
                    || byte == 95
            }
    }

    /// What a pattern such as `recipes/*` stands for, in order; folders without a recipe are left out.
    private static func expanded(_ pattern: String) -> [String] {
        guard pattern.contains(where: { "*?[".contains($0) }) else { return [pattern] }
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { place in
            guard let path = paths[place].map({ String(cString: $0) }) else { return nil }
            if path.hasSuffix(".lua") { return path.hasSuffix("_test.lua") ? nil : path }
            return access(path + "/recipe.lua", R_OK) == 0 ? path : nil
        }
    }
}

extension String {
    /// `[::1]` is an address between brackets.
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
