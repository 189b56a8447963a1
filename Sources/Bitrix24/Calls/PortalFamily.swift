import Wire

/// Where a portal may be after a renaming: whoever answers for it with 302 is told the secret at the new address.
enum PortalFamily {
    /// Domains of the cloud; a portal may change from one to another.
    /// Source: https://helpdesk.bitrix24.de/open/10252860
    private static let cloudZones: Set<String> = [
        "by", "cn", "com", "com.br", "com.tr", "de", "es", "eu", "fr", "id", "in", "it", "jp", "kz", "pl", "ru", "ua",
        "uk", "vn",
    ]

    /// Whether the hosts are one, neighbours under one domain, both in the cloud, or both this machine.
    static func holds(_ old: URLParts, _ new: URLParts) -> Bool {
        if old.host == new.host || (old.isLoopback && new.isLoopback) { return true }
        guard let oldDomain = domain(of: old.host), let newDomain = domain(of: new.host) else { return false }
        return oldDomain == newDomain || (isCloud(oldDomain) && isCloud(newDomain))
    }

    /// What follows the first label, where its owner decides who is in it: not `com`, nor the like of `co.uk`; nil for
    /// addresses in digits, which have no family.
    private static func domain(of host: String) -> Substring? {
        let labels = host.split(separator: ".")
        guard !host.hasPrefix("["), labels.count > 2, let top = labels.last, !top.allSatisfy(\.isNumber) else {
            return nil
        }
        // Under a country's domain short names are registries': com.br, co.uk, org.au.
        guard labels.count > 3 || top.utf8.count > 2 || labels[1].utf8.count > 3 else { return nil }
        return host[labels[1].startIndex...]
    }

    private static func isCloud(_ domain: Substring) -> Bool {
        domain.hasPrefix("bitrix24.") && cloudZones.contains(String(domain.dropFirst("bitrix24.".count)))
    }
}
