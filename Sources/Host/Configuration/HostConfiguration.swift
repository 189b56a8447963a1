public import Bitrix24
public import Wire

/// What `host.lua` says, checked and complete. Secrets are `Secret`s, which no description shows.
public struct HostConfiguration: Sendable {
    public struct Portal: Sendable {
        public enum Way: Sendable {
            /// An inbound webhook's address.
            case webhook(Secret)
            /// An application that `host auth` authorised: the portal's address or member_id, and its client_id where
            /// it has several.
            case grant(String, clientID: String?)
        }

        public let name: String
        public let way: Way
        public let applicationToken: Secret?
        public let plan: String?
    }

    public struct Recipe: Sendable {
        /// The file, or a folder that has a `recipe.lua`.
        public let path: String
        public let portal: String?
        public let settings: [(name: String, value: GivenSetting)]
        public let limits: [(name: String, value: String)]
    }

    public struct TLS: Sendable {
        public let certificatePath: String
        public let keyPath: String
    }

    public struct Model: Sendable {
        public let provider: String
        public let url: String?
        public let key: Secret?
        public let model: String?
    }

    public var listenHost = "127.0.0.1"
    public var listenPort = 8080
    public var tls: TLS?
    /// How portals reach the host; nil where nobody does.
    public var url: String?
    public var store = StoreLocation.file(HostConfiguration.storeDefault)
    public var portals: [Portal] = []
    public var recipes: [Recipe] = []
    public var apiKeys: [(name: String, key: Secret)] = []
    public var consolePassword: Secret?
    public var limits = RunLimits()
    public var eventsAtOnce = 64
    public var eventsMax = 100_000
    public var retainRunsMS = 30 * 86_400_000
    public var retainFailedMS = 90 * 86_400_000
    public var hosts: [String] = []
    public var privateHosts: [String] = []
    public var models: [Model] = []
    public var logLevel = RunLog.Level.info
    public var logFormat = HostLog.Format.human

    public static let storeDefault = ".host/store.db"

    public init() {}

    /// Recipes besides those that it names, on the only portal there is.
    public mutating func add(recipes paths: [String]) {
        let only = portals.count == 1 ? portals.first?.name : nil
        recipes += paths.map { Recipe(path: $0, portal: only, settings: [], limits: []) }
    }

    /// What of it no line may show: secrets of every kind.
    public var hiding: Redactor {
        var secrets = apiKeys.map(\.key) + [consolePassword].compactMap { $0 } + models.compactMap(\.key)
        for portal in portals {
            if case .webhook(let address) = portal.way { secrets.append(address) }
            if let token = portal.applicationToken { secrets.append(token) }
        }
        let password = consolePassword.map { PercentCoding.decode($0.exposed) }
        return Redactor(hiding: secrets.map(\.exposed) + [password].compactMap { $0 })
    }
}

/// What is wrong with a configuration: all of it.
public struct ConfigurationFailure: Error, Sendable {
    /// A sentence each, with its place: `portals.acme.webhook is missing`.
    public let problems: [String]

    public var asHostFailure: HostFailure {
        HostFailure(
            .configuration, problems.first ?? "the configuration cannot be used",
            hint: problems.count > 1 ? "and \(problems.count - 1) more: 'host check' lists them" : nil)
    }
}
