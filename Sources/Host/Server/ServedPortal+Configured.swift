import Bitrix24

extension ServedPortal {
    /// A portal of the configuration, connected; nothing is asked of it yet.
    public init(
        _ configured: PortalConfiguration, budget: any Budget, grants: GrantStore,
        onNotice: @escaping @Sendable (PortalNotice) -> Void
    ) throws(HostFailure) {
        let plan = configured.plan.pace
        let token = configured.applicationToken
        switch configured.access {
        case .webhook(let address):
            self.init(
                configured.name,
                try PortalConnection(webhook: address.exposed, plan: plan, budget: budget, onNotice: onNotice),
                applicationToken: { token })
        case .grant(let name, let clientID):
            let found = try grants.grants(named: name)
            guard let stored = found.first(where: { clientID == nil || $0.grant.application.clientID == clientID })
            else {
                throw HostFailure(
                    .configuration, "portals.\(configured.name): no grant of '\(name)' is stored in \(grants.path)",
                    hint: "authorise it: host auth \(name)")
            }
            let authority = GrantAuthority(stored, in: grants)
            let grant = stored.grant
            self.init(
                configured.name,
                PortalConnection(authority, plan: plan, retry: RetryPolicy(), budget: budget, onNotice: onNotice),
                // An installation that comes later tells a new one.
                applicationToken: {
                    token ?? authority.applicationToken
                        ?? (try? grants.grants(named: grant.memberID))?.first?.grant.applicationToken
                },
                authorization: try Authorization(
                    of: grant.application, on: grant.portal, needing: [], into: grants))
        }
    }
}
