internal import Storage
internal import Wire

/// A compiled condition: SQL with its values.
struct SQLCondition {
    var sql: String
    var values: [SQLValue] = []
}

/// Compiles a list's `filter`: prefixed keys, joined by AND; in universal methods also nested groups.
///
/// https://apidocs.bitrix24.com/api-reference/crm/deals/crm-deal-list.html
struct RecordFilter {
    /// Which names the caller may use, and what happens to the others.
    enum View { case classic, universal }

    let table: RecordTable
    let view: View
    let state: PortalState
    /// Conditions on fields that are no part of the record's JSON (PHONE, contactIds): nil passes on.
    var special: (_ name: String, _ operation: FilterOperation, _ values: [String]) -> SQLCondition? = { _, _, _ in
        nil
    }

    func compile(_ filter: JSONObject) throws(PortalFailure) -> SQLCondition {
        try group(filter, depth: 0)
    }

    static let depthMax = 16

    private func group(_ filter: JSONObject, depth: Int) throws(PortalFailure) -> SQLCondition {
        guard depth <= Self.depthMax else {
            throw PortalFailure("INVALID_ARG_VALUE", "The filter is nested too deep.")
        }
        var conditions: [SQLCondition] = []
        var joiner = " AND "
        for (key, value) in filter {
            if view == .universal, key.lowercased() == "logic" {
                if value.phpText?.uppercased() == "OR" { joiner = " OR " }
                continue
            }
            if view == .universal, Int(key) != nil, let inner = value.phpObject {
                conditions.append(try group(inner, depth: depth + 1))
            } else if let condition = try condition(key, value) {
                conditions.append(condition)
            }
        }
        let filled = conditions.filter { !$0.sql.isEmpty }
        guard !filled.isEmpty else { return SQLCondition(sql: "") }
        return SQLCondition(
            sql: "(" + filled.map(\.sql).joined(separator: joiner) + ")", values: filled.flatMap(\.values))
    }

    private func condition(_ key: String, _ value: JSONValue) throws(PortalFailure) -> SQLCondition? {
        let (operation, name) = FilterOperation.split(key)
        let texts = value.phpText.map { [$0] } ?? value.phpList.compactMap(\.phpText)
        if let special = special(name, operation, texts) { return special }
        let place = view == .classic ? table.place(name.uppercased()) : table.universalPlace(name)
        guard let place else {
            // The classic lists ignore what they do not know; the universal ones refuse.
            if view == .classic { return nil }
            throw PortalFailure(
                "INVALID_ARG_VALUE", "Invalid filter: field '\(name)' is not allowed in filter")
        }
        let field = table.fields[place]
        let isList = value.phpText == nil
        return operation.condition(on: field, values: texts, isList: isList, state: state)
    }
}
