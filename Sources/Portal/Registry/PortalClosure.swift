/// Why a portal refuses every call, whoever makes it.
///
/// https://apidocs.bitrix24.com/api-reference/common/errors.html
public enum PortalClosure: String, Sendable, CaseIterable {
    /// Bitrix24 blocked its REST by hand.
    case overloaded
    /// The plan that REST needs has ended.
    case commercialPlan
    /// The portal was closed for good.
    case deleted

    func failure(_ settings: PortalSettings) -> PortalFailure {
        switch self {
        case .overloaded: PortalFailure("OVERLOAD_LIMIT", "REST API is blocked due to overload", status: 503)
        case .commercialPlan:
            PortalFailure("ACCESS_DENIED", "REST API is available only on commercial plans", status: 403)
        case .deleted: PortalFailure("PORTAL_DELETED", "Portal was deleted", status: settings.deletedPortalStatus)
        }
    }
}
