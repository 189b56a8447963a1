public import Bitrix24
import Wire

/// What an operator decides, as `host.lua` says it. Paths in it count from the folder of that file.
public struct HostConfiguration: Sendable {
    public struct Listening: Sendable, Equatable {
        /// A name or an address, an IPv6 one without brackets.
        public var host = "127.0.0.1"
        /// 0 takes any free one.
        public var port = 8080
    }

    /// Files in PEM.
    public struct TLS: Sendable, Equatable {
        public let certificatePath: String
        public let keyPath: String
    }

    public enum Store: Sendable, Equatable {
        case file(String)
        /// An address that may hold a password.
        case postgres(Secret)

        public var location: StoreLocation {
            switch self {
            case .file(let path): .file(path)
            case .postgres(let url): .postgres(url.exposed)
            }
        }
    }

    /// How long what happened is kept, in milliseconds.
    public struct Retention: Sendable, Equatable {
        public var runsMS = 30 * 86_400_000
        public var failedRunsMS = 90 * 86_400_000
    }

    /// What HTTP requests of recipes may reach besides what the recipes declare.
    public struct HTTP: Sendable, Equatable {
        public var hosts: [HostPattern] = []
        /// Addresses that are not public and may be reached all the same.
        public var privateAddresses: [String] = []
    }

    public struct Log: Sendable, Equatable {
        public typealias Format = HostLog.Format

        public var level = RunLog.Level.info
        public var format = Format.human
    }

    /// Who may post events.
    public struct APIKey: Sendable, Equatable {
        public let name: String
        public let key: Secret
    }

    public static let fileName = "host.lua"
    /// The file of `host run` and of grants: a recipe has its values there whoever runs it.
    static let storeDefault = ".host/store.db"

    public var listening = Listening()
    public var tls: TLS?
    /// Where portals reach this host; nil where none has to.
    public var url: String?
    public var store = Store.file(storeDefault)
    public var portals: [PortalConfiguration] = []
    public var recipes: [RecipeConfiguration] = []
    public var apiKeys: [APIKey] = []
    public var consolePassword: Secret?
    /// The bounds of every run, and what recipes may ask for at most.
    public var limits = RunLimits()
    public var runsAtOnce = 64
    public var inboxEventsMax = 100_000
    public var retention = Retention()
    public var http = HTTP()
    public var models: [ModelConfiguration] = []
    public var log = Log()
    /// Takes every secret of the configuration out of a text.
    public var redactor = Redactor()
    /// What is not wrong but should be looked at.
    public var warnings: [String] = []

    /// A recipe besides those that it names, on the only portal there is.
    public mutating func add(recipe path: String) throws(HostFailure) {
        let folder = try RecipeFolder(path)
        recipes.append(
            RecipeConfiguration(
                name: folder.defaultName, recipe: folder, portal: portals.count == 1 ? portals.first?.name : nil,
                settings: [], limits: limits))
    }
}

extension HostConfiguration.Store {
    /// A file's path or a PostgreSQL address; nil for an address that is none.
    public init?(_ text: String) {
        guard case .postgres = StoreLocation(text) else {
            self = .file(text)
            return
        }
        guard let secret = Secret(text) else { return nil }
        self = .postgres(secret)
    }
}
