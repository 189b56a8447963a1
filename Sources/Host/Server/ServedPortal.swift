public import Bitrix24

/// A portal as `host serve` knows it.
public struct ServedPortal: Sendable {
    public let name: String
    public let connection: PortalConnection
    /// By which its events are known to be its own; nil when nobody has told it, and then none is taken.
    let applicationToken: @Sendable () -> Secret?
    /// Takes the forms of the application's installation; nil for a webhook's portal.
    let authorization: Authorization?

    public init(
        _ name: String, _ connection: PortalConnection, applicationToken: @escaping @Sendable () -> Secret?,
        authorization: Authorization? = nil
    ) {
        self.name = name
        self.connection = connection
        self.applicationToken = applicationToken
        self.authorization = authorization
    }
}
