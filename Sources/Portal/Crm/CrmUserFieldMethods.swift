internal import Wire

/// `crm.deal.userfield.*` and its siblings for leads, contacts, companies and estimates.
///
/// https://apidocs.bitrix24.com/api-reference/crm/deals/user-defined-fields/index.html
struct CrmUserFieldMethods: Sendable {
    let entityTypeID: Int
    let name: String

    static let methods: [PortalMethod] =
        [CrmType.lead, .deal, .contact, .company, .quote].flatMap {
            CrmUserFieldMethods(entityTypeID: $0.entityTypeID, name: $0.classicName).methods
        } + [
            .crm("crm.userfield.types") { _, _ throws(PortalFailure) in
                MethodReply(
                    .array(
                        CrmUserFields.kinds.map { kind in
                            ["ID": .string(kind.type), "title": .string(FieldName.title(kind.type))]
                        }))
            }
        ]

    private var methods: [PortalMethod] {
        [
            .crm("crm.\(name).userfield.add") { state, call throws(PortalFailure) in try add(state, call) },
            .crm("crm.\(name).userfield.get") { state, call throws(PortalFailure) in
                let fields = try open(state, call)
                let id = try call.requiredID()
                guard let field = try fields.find(id) else { throw PortalFailure.notFound }
                return MethodReply(.object(try Self.row(id, field, fields)))
            },
            .crm("crm.\(name).userfield.list") { state, call throws(PortalFailure) in try list(state, call) },
            .crm("crm.\(name).userfield.update") { state, call throws(PortalFailure) in
                let fields = try open(state, call)
                guard let given = try call.object("fields") else {
                    throw PortalFailure("", "Parameter 'fields' must be array.")
                }
                try fields.update(try call.requiredID(), given: given, label: Self.label(given))
                return MethodReply(true)
            },
            .crm("crm.\(name).userfield.delete") { state, call throws(PortalFailure) in
                try open(state, call).delete(try call.requiredID())
                return MethodReply(true)
            },
        ]
    }

    private func open(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> CrmUserFields {
        guard state.isAdministrator(call.userID) else { throw .accessDenied }
        guard let type = try CrmCatalog(state: state).type(entityTypeID) else { throw .notFound }
        return CrmUserFields(state: state, type: type)
    }

    private func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let fields = try open(state, call)
        guard let given = try call.object("fields") else {
            throw PortalFailure("", "Parameter 'fields' must be array.")
        }
        guard let type = given["USER_TYPE_ID"]?.phpText, !type.isEmpty else {
            throw PortalFailure("", "The field USER_TYPE_ID is required.")
        }
        let short = (given["FIELD_NAME"]?.phpText ?? "").uppercased()
        guard !short.isEmpty else { throw PortalFailure("", "The field FIELD_NAME is required.") }
        let name = short.hasPrefix("UF_CRM_") ? short : "UF_CRM_" + short
        let id = try fields.add(
            name, type: type, isMultiple: given["MULTIPLE"]?.isTruthy ?? false, label: Self.label(given) ?? name,
            given: given)
        return MethodReply(.integer(Int64(id)))
    }

    /// A label as a text for all languages or one for each; English first.
    static func label(_ given: JSONObject) -> String? {
        for name in ["EDIT_FORM_LABEL", "LIST_COLUMN_LABEL", "LABEL"] {
            guard let value = given[name] else { continue }
            if let text = value.phpText, !text.isEmpty { return text }
            if let text = value["en"]?.phpText ?? value.phpList.first?.phpText, !text.isEmpty { return text }
        }
        return nil
    }

    static func row(_ id: Int, _ field: RecordField, _ fields: CrmUserFields) throws(PortalFailure) -> JSONObject {
        var row = JSONObject()
        row["ID"] = .string(String(id))
        row["ENTITY_ID"] = .string(try fields.entityID())
        row["FIELD_NAME"] = .string(field.name)
        row["USER_TYPE_ID"] = .string(field.custom?.type ?? field.kind.apiName)
        let facts = field.custom?.facts ?? JSONObject()
        for name in ["XML_ID", "SORT"] { row[name] = facts[name] ?? .null }
        row["MULTIPLE"] = field.isMultiple ? "Y" : "N"
        for name in ["MANDATORY", "SHOW_FILTER", "SHOW_IN_LIST", "EDIT_IN_LIST", "IS_SEARCHABLE"] {
            row[name] = facts[name] ?? "N"
        }
        row["SETTINGS"] = .object(field.custom?.settings ?? JSONObject())
        for name in ["EDIT_FORM_LABEL", "LIST_COLUMN_LABEL", "LIST_FILTER_LABEL"] { row[name] = .string(field.title) }
        for name in ["ERROR_MESSAGE", "HELP_MESSAGE"] { row[name] = facts[name] ?? .null }
        if let custom = field.custom, !custom.items.isEmpty { row["LIST"] = custom.list }
        return row
    }

    /// By `SORT` and `ID` unless asked otherwise. Labels only show when a language is named.
    private func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let fields = try open(state, call)
        let filter = try call.object("filter") ?? JSONObject()
        let match = RowMatch(state: state)
        var rows: [JSONObject] = []
        for (id, field) in try fields.all() {
            var row = try Self.row(id, field, fields)
            let fits = filter.allSatisfy { key, wanted in
                let (operation, name) = FilterOperation.split(key.uppercased())
                guard name != "LANG", let value = row[name] else { return true }
                return match.matches(operation, wanted, value, ["ID", "SORT"].contains(name) ? .number : .text)
            }
            guard fits else { continue }
            if filter["LANG"] == nil {
                for name in [
                    "EDIT_FORM_LABEL", "LIST_COLUMN_LABEL", "LIST_FILTER_LABEL", "ERROR_MESSAGE", "HELP_MESSAGE",
                ] { row.remove(name) }
            }
            rows.append(row)
        }
        sort(&rows, by: try call.object("order") ?? JSONObject())
        return RowPage.reply(rows.map { .object($0) }, call, state)
    }

    private func sort(_ rows: inout [JSONObject], by order: JSONObject) {
        var keys = order.filter {
            ["ID", "FIELD_NAME", "USER_TYPE_ID", "XML_ID", "SORT"].contains($0.key.uppercased())
        }
        .map { ($0.key.uppercased(), $0.value.phpText?.uppercased() == "DESC") }
        if keys.isEmpty { keys = [("SORT", false), ("ID", false)] }
        rows.sort { left, right in
            for (name, isDown) in keys {
                let pair = (left[name]?.phpText ?? "", right[name]?.phpText ?? "")
                if pair.0 == pair.1 { continue }
                let isBefore: Bool
                if let first = Int(pair.0), let second = Int(pair.1) {
                    isBefore = first < second
                } else {
                    isBefore = pair.0 < pair.1
                }
                return isBefore != isDown
            }
            return (left["ID"]?.lenientInteger ?? 0) < (right["ID"]?.lenientInteger ?? 0)
        }
    }
}
