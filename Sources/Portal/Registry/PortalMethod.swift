/// Which of the two REST generations a method belongs to. The same name may live in both with
/// different parameters and replies (`tasks.task.list`), so the registry keys on the pair.
public enum PortalAPI: String, Sendable {
    /// `/rest/{user}/{secret}/{method}`: classic methods and their envelope.
    case classic
    /// `/rest/api/{user}/{secret}/{method}`: REST 3.0, JSON only, its own error shape.
    case v3
}

/// One REST method the portal plays.
///
/// A handler runs on the engine's thread, alone; it may use the state's database freely. Whatever it
/// throws becomes the reply's error, at the root or in a batch's `result_error`.
public struct PortalMethod: Sendable {
    public typealias Handler = @Sendable (PortalState, MethodCall) throws(PortalFailure) -> MethodReply

    /// Lower case: callers may spell a method in any case.
    public let name: String
    /// The scope a credential needs; `basic` is always granted.
    public let scope: String
    /// Narrower scopes that open the method too; the handler then shows less (`user_basic` for `user`).
    public let narrowerScopes: Set<String>
    public let api: PortalAPI
    /// Whether the handler itself refuses who is no administrator, in its method's own words. Else the engine does,
    /// where the catalog says that only administrators may call it.
    public let checksAdministrator: Bool
    public let handler: Handler

    public init(
        _ name: String, scope: String, or narrowerScopes: Set<String> = [], api: PortalAPI = .classic,
        checksAdministrator: Bool = false, handler: @escaping Handler
    ) {
        self.name = name.lowercased()
        self.scope = scope
        self.narrowerScopes = narrowerScopes
        self.api = api
        self.checksAdministrator = checksAdministrator
        self.handler = handler
    }

    /// - Parameter scopes: a credential's; nil means all of them.
    func isOpen(to scopes: Set<String>?) -> Bool {
        guard let scopes, scope != "basic", !scope.isEmpty else { return true }
        return scopes.contains(scope) || !scopes.isDisjoint(with: narrowerScopes)
    }
}
