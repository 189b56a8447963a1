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
        public enum Format: String, Sendable, CaseIterable {
            case human, json
        }

        public var level = RunLog.Level.info
        public var format = Format.human
    }

    /// Who may post events.
    public struct APIKey: Sendable, Equatable {
        public let name: String
        public let key: Secret
    }

    public static let fileName = "host.lua"

    public var listening = Listening()
    public var tls: TLS?
    /// Where portals reach this host; nil where none has to.
    public var url: String?
    public var store = Store.file(".host/host.db")
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
}
