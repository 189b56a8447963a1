import Bitrix24
import Wire

extension ConfigurationReader {
    private static let portalKeys = ["webhook", "grant", "client_id", "application_token", "plan"]

    /// Reads the portals; false where one of them cannot be used.
    func portals(_ host: ConfigurationTable, _ read: inout HostConfiguration) -> Bool {
        guard let table = host.table("portals", keys: nil) else {
            if let portal = portalOfEnvironment() { read.portals = [portal] }
            return true
        }
        read.portals = table.keys.compactMap { name in
            guard RecipeHead.isName(name) else {
                table.problems.add("portals: a name is 1 to 64 letters, digits, '-' or '_', not '\(name)'")
                return nil
            }
            return table.table(name, keys: Self.portalKeys).flatMap { portal($0, named: name) }
        }
        return read.portals.count == table.keys.count
    }

    private func portal(_ table: ConfigurationTable, named name: String) -> PortalConfiguration? {
        let plan = table.choice("plan", PortalConfiguration.Plan.self) ?? .standard
        let token = table.secret("application_token")
        guard let (origin, access) = access(table) else { return nil }
        return PortalConfiguration(name: name, origin: origin, access: access, applicationToken: token, plan: plan)
    }

    private typealias Found = (origin: String, access: PortalConfiguration.Access)

    private func access(_ table: ConfigurationTable) -> Found? {
        switch (table.has("webhook"), table.has("grant")) {
        case (true, true):
            table.problems.add("\(table.path) has both webhook and grant; one of them says how it is called")
            return nil
        case (false, false):
            table.problems.add("\(table.path) needs webhook or grant")
            return nil
        case (true, false):
            if table.has("client_id") { table.refuse("client_id", "belongs to a grant, and this is a webhook") }
            guard let secret = table.secret("webhook") else { return nil }
            return check(secret) { table.refuse("webhook", $0) }
        case (false, true):
            return table.text("grant").map { ($0, .grant(portal: $0, clientID: table.text("client_id"))) }
        }
    }

    private func check(_ webhook: Secret, _ refuse: (String) -> Void) -> Found? {
        do throws(AddressFailure) {
            // What log lines and errors may hold of it is less than the whole address.
            let parts = try Webhook(webhook.exposed)
            problems.hide(parts.secret)
            return (parts.portal, .webhook(webhook))
        } catch {
            refuse("is no webhook's address: \(error.message)")
            return nil
        }
    }

    private func portalOfEnvironment() -> PortalConfiguration? {
        guard let text = variable(Self.webhookVariable) else { return nil }
        problems.hide(text)
        guard let secret = Secret(text) else {
            problems.add("\(Self.webhookVariable) is no webhook's address")
            return nil
        }
        return check(secret) { problems.add("\(Self.webhookVariable) \($0)") }.map { found in
            PortalConfiguration(
                name: Self.defaultPortal, origin: found.origin, access: found.access, applicationToken: nil,
                plan: .standard)
        }
    }
}
