/// A registered application: what its card on the portal says, and how far its installation got.
///
/// https://apidocs.bitrix24.com/settings/oauth/index.html
public struct PortalApplication: Sendable, Equatable {
    public enum Installation: String, Sendable, CaseIterable {
        /// Not on the portal: it was never added, or was uninstalled. Its tokens are dead.
        case absent
        /// Added, but its installer has not called `installFinish`: no events, no widgets.
        case unfinished
        case finished
    }

    /// How the application is paid for, as tokens and `app.info` tell.
    public enum Status: String, Sendable, CaseIterable {
        case free = "F"
        case demo = "D"
        case trial = "T"
        case paid = "P"
        case local = "L"
    }

    /// `local.xxxxxxxx.xxxxxxxx` or `app.xxxxxxxx.xxxxxxxx`.
    public var clientID: String
    public var clientSecret: String
    /// Lower-case scopes in the order of the card.
    public var scopes: [String]
    /// Where the authorization code is sent; nil shows it on a page.
    public var redirectURI: String?
    public var title: String
    /// An application without an interface is installed at once, and told so at `installPath`.
    public var hasInterface: Bool
    /// Absolute URL of the installer, or of the handler that gets ONAPPINSTALL.
    public var installPath: String?
    /// What every event and widget carries as proof. Empty until the application is registered.
    public var applicationToken: String
    public var status: Status
    public var installation: Installation
    /// A period that ended: tokens are refused with `PAYMENT_REQUIRED`.
    public var isPaymentExpired = false

    public init(
        clientID: String, clientSecret: String, scopes: [String], redirectURI: String? = nil, title: String? = nil,
        hasInterface: Bool = false, installPath: String? = nil, applicationToken: String = "",
        status: Status = .local, installation: Installation = .finished
    ) {
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scopes = scopes.map { $0.lowercased() }
        self.redirectURI = redirectURI
        self.title = title ?? clientID
        self.hasInterface = hasInterface
        self.installPath = installPath
        self.applicationToken = applicationToken
        self.status = status
        self.installation = installation
    }
}

/// The applications a portal knows, by `client_id`.
public struct PortalApplications: Sendable {
    public static let countMax = 1_000

    public private(set) var all: [PortalApplication] = []

    public subscript(clientID: String) -> PortalApplication? {
        all.first { $0.clientID == clientID }
    }

    /// Registers an application, or replaces the one with the same `client_id`.
    mutating func register(_ application: PortalApplication) throws(PortalFailure) {
        if let place = all.firstIndex(where: { $0.clientID == application.clientID }) {
            all[place] = application
            return
        }
        guard all.count < Self.countMax else {
            throw PortalFailure("INVALID_REQUEST", "A local portal knows at most \(Self.countMax) applications.")
        }
        all.append(application)
    }

    /// Changes one application. False when nobody knows it.
    @discardableResult
    mutating func change(_ clientID: String, _ body: (inout PortalApplication) -> Void) -> Bool {
        guard let place = all.firstIndex(where: { $0.clientID == clientID }) else { return false }
        body(&all[place])
        return true
    }
}
