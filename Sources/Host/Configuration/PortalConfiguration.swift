public import Bitrix24

/// A portal that recipes work on.
public struct PortalConfiguration: Sendable {
    public enum Access: Sendable {
        /// The address of an inbound webhook.
        case webhook(Secret)
        /// A grant of `host auth`: the portal's address or member_id, and which application where there are several.
        case grant(portal: String, clientID: String?)
    }

    /// How much the portal takes.
    public enum Plan: String, Sendable, CaseIterable {
        case standard, enterprise

        public var pace: Pace.Plan { self == .standard ? .standard : .enterprise }
    }

    public let name: String
    /// Where it is, fit to be shown.
    public let origin: String
    public let access: Access
    /// Tells the portal's own events from forged ones.
    public let applicationToken: Secret?
    public let plan: Plan
}
