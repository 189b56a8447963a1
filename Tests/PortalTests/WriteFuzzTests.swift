import Bitrix24
import Testing
import Wire

@testable import Portal

/// Every write with parameters of every wrong type: the portal refuses or obeys, it never fails.
@Suite struct WriteFuzzTests {
    private static let rounds = 40
    /// Refusals Bitrix24 knows, and the portal's own for what it does not play.
    private static let statuses: Set<Int> = [200, 400, 401, 403, 404, 405, 422, 501]

    @Test(
        "Wrong-typed parameters get a documented answer and leave every list readable", arguments: [1, 2] as [UInt64])
    func writes(seed: UInt64) throws {
        let portal = try filled()
        var dice = Dice(generator: SeededGenerator(seed: seed))
        var counts: [Int: Int] = [:]
        for method in PortalMethods.all where isWrite(method) {
            let facts = Catalog.lookup(method.name, api: method.api == .v3 ? .v3 : .classic)
            let names = facts?.parameters.map(\.name) ?? ["fields", "id"]
            for _ in 0..<Self.rounds {
                let parameters = dice.parameters(names)
                let reply = try call(portal, method, parameters)
                counts[reply.status, default: 0] += 1
                let isSound = Self.statuses.contains(reply.status) && !reply.text.contains("The local portal failed")
                try #require(isSound, "\(method.name) \(parameters.text) → \(reply.status) \(reply.text.prefix(300))")
            }
        }
        // Dice that only ever miss would prove nothing.
        #expect(counts[200, default: 0] > 300 && counts[400, default: 0] > 300)
        for method in PortalMethods.all where !isWrite(method) {
            let reply = try call(portal, method, ["entityTypeId": 2, "id": 1])
            try #require(Self.statuses.contains(reply.status), "\(method.name) → \(reply.text.prefix(300))")
            try #require(!reply.text.contains("The local portal failed"), "\(method.name) → \(reply.text.prefix(300))")
        }
    }

    @Test("The dice throw the same for the same seed")
    func deterministic() {
        var first = Dice(generator: SeededGenerator(seed: 7))
        var second = Dice(generator: SeededGenerator(seed: 7))
        #expect(first.parameters(["fields"]) == second.parameters(["fields"]))
    }

    private func isWrite(_ method: PortalMethod) -> Bool {
        Catalog.lookup(method.name, api: method.api == .v3 ? .v3 : .classic).map { $0.access == .write } ?? false
    }

    private func call(_ portal: PortalHarness, _ method: PortalMethod, _ parameters: JSONValue) throws -> Reply {
        let prefix = method.api == .v3 ? "/rest/api/1" : "/rest/1"
        let answer = portal.engine.handle(
            PortalRequest(
                "POST", "\(prefix)/local0portal0secret/\(method.name)",
                headers: [(name: "Content-Type", value: "application/json")], body: parameters.encoded()))
        return Reply(status: answer.status, text: String(decoding: answer.body, as: UTF8.self))
    }

    private struct Reply {
        let status: Int
        let text: String
    }

    /// One record of each kind, so that the number 1 leads somewhere.
    private func filled() throws -> PortalHarness {
        let portal = try PortalHarness { $0.operatingSecondsMax = nil }
        let flags: JSONValue = [
            "title": "Visit", "entityTypeId": 128, "isStagesEnabled": "Y", "isLinkWithProductsEnabled": "Y",
        ]
        let writes: [(String, JSONValue)] = [
            ("crm.type.add", ["fields": flags]), ("crm.lead.add", ["fields": [:]]), ("crm.deal.add", ["fields": [:]]),
            ("crm.contact.add", ["fields": ["NAME": "Ann"]]), ("crm.company.add", ["fields": [:]]),
            ("crm.quote.add", ["fields": [:]]), ("crm.item.add", ["entityTypeId": 128, "fields": [:]]),
            ("crm.item.add", ["entityTypeId": 31, "fields": [:]]), ("crm.product.add", ["fields": ["NAME": "Mop"]]),
            (
                "crm.requisite.add", ["fields": ["ENTITY_TYPE_ID": 4, "ENTITY_ID": 1, "PRESET_ID": 1]]
            ),
            ("crm.deal.userfield.add", ["fields": ["FIELD_NAME": "X", "USER_TYPE_ID": "enumeration"]]),
            ("tasks.task.add", ["fields": ["TITLE": "x", "RESPONSIBLE_ID": 1]]), ("imopenlines.config.add", [:]),
        ]
        for (method, parameters) in writes {
            let reply = try portal.call(method, parameters)
            try #require(reply.status == 200, "\(method): \(reply.text)")
        }
        return portal
    }
}

/// Throws values of every type, nested a little.
private struct Dice {
    var generator: SeededGenerator

    private static let scalars: [JSONValue] = [
        .null, true, false, 0, 1, -1, 2, 31, 128, "", "1", "0", "-1", "abc", "Y", "N", "DEL", "2026-05-14",
        "2026-05-14T10:00:00+03:00", "99999-99-99", .integer(.max), .integer(.min), .number(1e300), .number(-0.5),
        "9223372036854775808", "1e400", "😀\u{0}\n\"'\\%_*?[", "$result[a][b]", "NEW", "C1:NEW", "DT128_1:NEW", "deal",
        "dynamic_128", "D", "SI", "T80", "UF_CRM_X", "enumeration", .string(String(repeating: "x", count: 5000)),
    ]

    /// Names that mean something somewhere, and some that do not.
    private static let keys: [String] = {
        let tables = [
            CrmTables.deal, CrmTables.quote, CrmTables.oldInvoice, CrmTables.invoice, ProductTables.product,
            ProductTables.row, CrmActivities.table, CrmRequisites.table,
        ]
        let names = tables.flatMap(\.fields).flatMap { [$0.name, $0.universal] }.filter { !$0.isEmpty }
        let more = [
            "0", "1", "-1", "", "ID", "VALUE", "DELETE", "LIST", "SETTINGS", "FIELD_NAME", "USER_TYPE_ID", "PHONE",
            "fm",
            "contactIds", "observers", "relations", "parent", "title", "fieldName", "entityId", "UF_CRM_X", "FILES",
            "fileData", "COMMUNICATIONS", "NO_SUCH",
        ]
        return names + more
    }()

    mutating func value(depth: Int = 0) -> JSONValue {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0 where depth < 3:
            .array((0..<Int.random(in: 0...3, using: &generator)).map { _ in value(depth: depth + 1) })
        case 1...3 where depth < 3: .object(object(depth: depth + 1))
        default: Self.scalars.randomElement(using: &generator) ?? .null
        }
    }

    private mutating func object(depth: Int) -> JSONObject {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            object[Self.keys.randomElement(using: &generator) ?? ""] = value(depth: depth)
        }
        return object
    }

    /// Most parameters there, a few missing, `id` often one that exists, `fields` often an object.
    mutating func parameters(_ names: [String]) -> JSONValue {
        var parameters = JSONObject()
        for name in names where Int.random(in: 0..<8, using: &generator) > 0 {
            let isPlain = Int.random(in: 0..<3, using: &generator) > 0
            if isPlain, name.lowercased().hasSuffix("id") {
                parameters[name] = 1
            } else if isPlain, ["fields", "field", "params"].contains(name.lowercased()) {
                parameters[name] = .object(object(depth: 0))
            } else {
                parameters[name] = value()
            }
        }
        return .object(parameters)
    }
}
