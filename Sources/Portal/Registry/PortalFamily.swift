/// A group of methods with the tables they need: one folder under `Sources/Portal`.
public struct PortalFamily: Sendable {
    public let name: String
    /// SQL run once when a portal opens its database; every statement is `IF NOT EXISTS`.
    public let schema: [String]
    public let methods: [PortalMethod]
    /// Puts the rows there that a fresh Bitrix24 has (stages, the first employee). Called on every
    /// start: it must leave existing data alone.
    public let prepare: (@Sendable (PortalState) throws(PortalFailure) -> Void)?

    public init(
        _ name: String, schema: [String] = [], methods: [PortalMethod],
        prepare: (@Sendable (PortalState) throws(PortalFailure) -> Void)? = nil
    ) {
        self.name = name
        self.schema = schema
        self.methods = methods
        self.prepare = prepare
    }
}

/// Everything the portal plays.
public enum PortalMethods {
    public static let families: [PortalFamily] = [
        SystemFamily.family,
        OAuthFamily.family,
        CrmFamily.family,
        ProductFamily.family,
        CallStatistics.family,
        OpenLineConfigs.family,
        UserFamily.family,
        CalendarFamily.family,
        TaskFamily.family,
        MessageFamily.family,
        BotFamily.family,
        LineMethods.family,
        FileFamily.family,
        DiskFamily.family,
        EventFamily.family,
        ProcessFamily.family,
    ]

    /// What `GET /` shows: the portal's data and its last calls, as HTML.
    ///
    /// - Parameter query: the request's raw query.
    static func page(_ state: PortalState, _ log: CallLog, query: String) throws(PortalFailure) -> [UInt8] {
        try PortalPage.render(state, log, query: query)
    }

    public static let all: [PortalMethod] = families.flatMap(\.methods)

    private static let index: [String: PortalMethod] = {
        var index: [String: PortalMethod] = [:]
        for method in all {
            let key = "\(method.api.rawValue) \(method.name)"
            precondition(index[key] == nil, "two handlers for \(key)")
            index[key] = method
        }
        return index
    }()

    static func lookup(_ name: String, api: PortalAPI) -> PortalMethod? {
        index["\(api.rawValue) \(name)"]
    }
}
