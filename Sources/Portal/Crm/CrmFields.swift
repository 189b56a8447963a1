internal import Wire

/// `*.fields`: what each field is.
///
/// https://apidocs.bitrix24.com/api-reference/crm/deals/crm-deal-fields.html
enum CrmFields {
    static func describe(_ type: CrmType, view: RecordFilter.View) -> JSONObject {
        var object = describe(type.table, view: view)
        guard type.hasMultifields, view == .classic else { return object }
        for name in ["PHONE", "EMAIL", "WEB", "IM", "LINK"] {
            object[name] = [
                "type": "crm_multifield", "isRequired": false, "isReadOnly": false, "isImmutable": false,
                "isMultiple": true, "isDynamic": false, "title": .string(FieldName.title(name)),
            ]
        }
        return object
    }

    /// - Parameter shown: classic names; empty describes every field of the view.
    static func describe(_ table: RecordTable, view: RecordFilter.View, shown: [String] = []) -> JSONObject {
        var object = JSONObject()
        for field in table.fields where shown.isEmpty || shown.contains(field.name) {
            let name = view == .classic ? field.name : field.universal
            guard !name.isEmpty else { continue }
            object[name] = .object(facts(field, view: view))
        }
        return object
    }

    private static func facts(_ field: RecordField, view: RecordFilter.View) -> JSONObject {
        var facts = JSONObject()
        facts["type"] = .string(field.kind.apiName)
        facts["isRequired"] = .bool(field.isRequired)
        facts["isReadOnly"] = .bool(field.isReadOnly)
        facts["isImmutable"] = .bool(field.isImmutable && view == .classic)
        facts["isMultiple"] = .bool(field.isMultiple)
        facts["isDynamic"] = .bool(field.isCustom)
        if !field.statusEntity.isEmpty { facts["statusType"] = .string(field.statusEntity) }
        if let custom = field.custom {
            if !custom.items.isEmpty {
                facts["items"] = .array(
                    custom.items.map { ["ID": .string(String($0.id)), "VALUE": .string($0.value)] })
            }
            // A custom field's title is its code; what people read is in the labels.
            facts["title"] = .string(view == .classic ? field.name : field.title)
            for name in ["listLabel", "formLabel", "filterLabel"] { facts[name] = .string(field.title) }
            facts["settings"] = .object(custom.settings)
        } else {
            facts["title"] = .string(field.title)
        }
        if view == .universal { facts["upperName"] = .string(field.name) }
        return facts
    }
}
