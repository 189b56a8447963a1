public import Bitrix24

extension PortalConnection {
    /// Calls as an application, with a grant's tokens, renewed in `store` when they expire.
    ///
    /// - Parameters:
    ///   - plan: how many requests the portal takes.
    ///   - retry: how often a call that failed is sent again, and after which waits.
    ///   - renewal: the bounds of a renewal.
    ///   - budget: nil for one of its own; processes of one machine should share one.
    ///   - onNotice: told what a person should know, from any thread.
    public convenience init(
        grant: StoredGrant, in store: GrantStore, plan: Pace.Plan = .standard, retry: RetryPolicy = RetryPolicy(),
        renewal: RenewalPolicy = RenewalPolicy(), budget: (any Budget)? = nil,
        onNotice: (@Sendable (PortalNotice) -> Void)? = nil
    ) {
        self.init(
            GrantAuthority(grant, in: store, policy: renewal), plan: plan, retry: retry, budget: budget,
            onNotice: onNotice)
    }
}
