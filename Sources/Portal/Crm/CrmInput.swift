internal import Wire

/// Resolves the names in `fields` for each of the two views.
enum CrmInput {
    /// Classic: upper-case names, multifields as members of their own; what is unknown is ignored.
    static func classic(_ fields: JSONObject, type: CrmType) -> CrmRecords.Input {
        var input = CrmRecords.Input()
        for (key, value) in fields {
            let name = key.uppercased()
            if let field = type.table.field(name) {
                input.fields.append((field, value))
            } else if type.hasMultifields, ClassicWriter.multiTypes.contains(name) {
                input.multifields += CrmMultifields.classicChanges(name, value)
            } else if name == (type.entityTypeID == 3 ? "COMPANY_IDS" : "CONTACT_IDS") {
                input.linkedIDs = value.phpList.compactMap(\.lenientInteger)
            }
        }
        return input
    }

    /// Universal: camelCase names, tolerating upper case; what is unknown is ignored.
    static func universal(_ fields: JSONObject, type: CrmType) -> CrmRecords.Input {
        var input = CrmRecords.Input()
        input.mayChangeCategory = true
        for (name, value) in fields {
            switch name {
            case "fm" where type.hasMultifields: input.multifields += CrmMultifields.universalChanges(value)
            case "contactIds" where type.entityTypeID != 3, "companyIds" where type.entityTypeID == 3:
                input.linkedIDs = value.phpList.compactMap(\.lenientInteger)
            case "observers": input.observers = value.phpList.compactMap(\.lenientInteger)
            default:
                if let place = type.table.universalPlace(name) {
                    input.fields.append((type.table.fields[place], value))
                }
            }
        }
        return input
    }

    /// Conditions on what is not in the record's own JSON.
    static func specialConditions(
        _ type: CrmType
    ) -> (_ name: String, _ operation: FilterOperation, _ values: [String]) -> SQLCondition? {
        { name, operation, values in
            let isNegated = operation.rawValue.hasPrefix("!")
            let inside: SQLCondition
            if type.hasMultifields, ClassicWriter.multiTypes.contains(name.uppercased()) {
                // Exact match only, whatever the prefix says.
                let marks = values.map { _ in "?" }.joined(separator: ",")
                inside = SQLCondition(
                    sql: """
                        id IN (SELECT entity_id FROM crm_multi WHERE entity_type_id = \(type.entityTypeID) \
                        AND type_id = ? AND value COLLATE NOCASE IN (\(marks)))
                        """, values: [.text(name.uppercased())] + values.map { .text($0) })
            } else if name == "contactIds", type.entityTypeID != 3 {
                let ids = values.compactMap { Int($0) }.map(String.init).joined(separator: ",")
                inside = SQLCondition(
                    sql: """
                        id IN (SELECT owner_id FROM crm_link WHERE owner_type_id = \(type.entityTypeID) \
                        AND target_type_id = 3 AND target_id IN (\(ids)))
                        """)
            } else {
                return nil
            }
            return isNegated ? SQLCondition(sql: "NOT \(inside.sql)", values: inside.values) : inside
        }
    }
}

extension JSONObject {
    /// Texts of a list parameter such as `select`.
    static func names(_ value: JSONValue?) -> [String] {
        (value ?? .null).phpList.compactMap(\.phpText).filter { !$0.isEmpty }
    }
}

extension PortalMethod {
    /// A method of the CRM.
    static func crm(_ name: String, handler: @escaping Handler) -> PortalMethod {
        PortalMethod(name, scope: "crm", handler: handler)
    }
}
