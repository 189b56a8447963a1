internal import Wire

/// `crm.deal.contact.*`, `crm.lead.contact.*` and `crm.contact.company.*`.
///
/// https://apidocs.bitrix24.com/api-reference/crm/deals/contacts/index.html
struct CrmContactLinks {
    let entityTypeID: Int
    let prefix: String
    /// `CONTACT_ID` or `COMPANY_ID` in every row.
    let key: String

    static let methods: [PortalMethod] =
        CrmContactLinks(entityTypeID: 2, prefix: "crm.deal.contact", key: "CONTACT_ID").methods
        + CrmContactLinks(entityTypeID: 1, prefix: "crm.lead.contact", key: "CONTACT_ID").methods
        + CrmContactLinks(entityTypeID: 7, prefix: "crm.quote.contact", key: "CONTACT_ID").methods
        + CrmContactLinks(entityTypeID: 3, prefix: "crm.contact.company", key: "COMPANY_ID").methods

    private var methods: [PortalMethod] {
        [
            .crm("\(prefix).items.get") { state, call throws(PortalFailure) in
                let (_, relations) = try open(state, call)
                let rows = try relations.links(try call.requiredID()).all()
                return MethodReply(.array(rows.map(row)))
            },
            .crm("\(prefix).items.set") { state, call throws(PortalFailure) in
                try change(state, call) { _ throws(PortalFailure) in
                    (call.parameter("items") ?? .null).phpList.enumerated().compactMap { link($1, position: $0) }
                }
            },
            .crm("\(prefix).items.delete") { state, call throws(PortalFailure) in
                try change(state, call) { _ throws(PortalFailure) in [] }
            },
            .crm("\(prefix).add") { state, call throws(PortalFailure) in
                guard let fields = call.parameter("fields"), let new = link(fields, position: 0) else {
                    throw PortalFailure("", "The parameter 'fields' is not valid.")
                }
                return try change(state, call) { current throws(PortalFailure) in
                    var links = current.filter { $0.targetID != new.targetID }
                    if new.isPrimary { for index in links.indices { links[index].isPrimary = false } }
                    links.append(new)
                    return links
                }
            },
            .crm("\(prefix).fields") { _, _ throws(PortalFailure) in MethodReply(.object(fields)) },
            .crm("\(prefix).delete") { state, call throws(PortalFailure) in
                let id = call.parameter("fields")?[key]?.lenientInteger ?? 0
                return try change(state, call) { current throws(PortalFailure) in
                    current.filter { $0.targetID != id }
                }
            },
        ]
    }

    /// What `fields` tells of a link.
    var fields: JSONObject {
        var object = JSONObject()
        for (name, type) in [(key, "integer"), ("SORT", "integer"), ("ROLE_ID", "integer"), ("IS_PRIMARY", "char")] {
            object[name] = [
                "type": .string(type), "isRequired": .bool(name == key), "isReadOnly": .bool(name == "ROLE_ID"),
                "isImmutable": false, "isMultiple": false, "isDynamic": false, "title": .string(FieldName.title(name)),
            ]
        }
        return object
    }

    private func open(
        _ state: PortalState, _ call: MethodCall
    ) throws(PortalFailure) -> (CrmRecords, CrmRelations) {
        guard let type = try CrmCatalog(state: state).type(entityTypeID) else { throw .notFound }
        let records = CrmRecords(state: state, type: type, userID: call.userID)
        _ = try records.load(try call.requiredID())
        return (records, CrmRelations(state: state, type: type))
    }

    private func change(
        _ state: PortalState, _ call: MethodCall,
        _ edit: ([CrmLinks.Link]) throws(PortalFailure) -> [CrmLinks.Link]
    ) throws(PortalFailure) -> MethodReply {
        let (records, relations) = try open(state, call)
        var record = try records.load(try call.requiredID())
        let current = try relations.links(record.id).all()
        _ = try relations.set(try edit(current), current: current, record: &record)
        try RecordStore(state: state, table: records.type.table).replace(record)
        return MethodReply(true)
    }

    private func row(_ link: CrmLinks.Link) -> JSONValue {
        var row = JSONObject()
        row[key] = .integer(Int64(link.targetID))
        row["SORT"] = .integer(Int64(link.sort))
        row["ROLE_ID"] = .integer(Int64(link.roleID))
        row["IS_PRIMARY"] = link.isPrimary ? "Y" : "N"
        return .object(row)
    }

    private func link(_ value: JSONValue, position: Int) -> CrmLinks.Link? {
        guard let id = value[key]?.lenientInteger, id > 0 else { return nil }
        return CrmLinks.Link(
            targetID: id, sort: value["SORT"]?.lenientInteger ?? (position + 1) * 10,
            roleID: value["ROLE_ID"]?.lenientInteger ?? 0, isPrimary: value["IS_PRIMARY"]?.isTruthy ?? false)
    }
}
