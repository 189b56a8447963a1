public import Wire

/// A refusal in the shape Bitrix24 gives it.
///
/// `code` may be empty (most classic CRM errors) or numeric text; see
/// https://apidocs.bitrix24.com/api-reference/common/errors.html.
public struct PortalFailure: Error, Sendable, Equatable {
    public var status: Int
    public var code: String
    public var description: String
    /// Further members next to `error` (`argument`), or v3's `validation` list.
    public var extra: JSONObject

    public init(_ code: String, _ description: String, status: Int = 400, extra: JSONObject = JSONObject()) {
        self.status = status
        self.code = code
        self.description = description
        self.extra = extra
    }

    public static func == (left: PortalFailure, right: PortalFailure) -> Bool {
        left.status == right.status && left.code == right.code && left.description == right.description
    }
}

extension PortalFailure {
    static let accessDenied = PortalFailure("", "Access denied.")
    static let notFound = PortalFailure("", "Not found")

    /// The portal's own fault, not one that Bitrix24 would answer: the text says so.
    static func local(_ what: String) -> PortalFailure {
        PortalFailure("INTERNAL_SERVER_ERROR", "The local portal failed: \(what)", status: 500)
    }

    /// A parameter value that the portal does not understand although Bitrix24 might.
    static func notPlayed(_ what: String) -> PortalFailure {
        PortalFailure("LOCAL_PORTAL_NOT_PLAYED", "The local portal does not play \(what) yet.", status: 501)
    }
}
