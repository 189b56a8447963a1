internal import Wire

/// `crm.company.contact.*`: the companies of contacts, seen from the company. The link is the contact's.
///
/// https://apidocs.bitrix24.com/api-reference/crm/companies/contacts/index.html
enum CrmCompanyContacts {
    static let methods: [PortalMethod] = [
        .crm("crm.company.contact.items.get") { state, call throws(PortalFailure) in
            let rows = try contacts(of: try company(state, call), state).enumerated().map { place, id -> JSONValue in
                [
                    "CONTACT_ID": .integer(Int64(id)), "SORT": .integer(Int64((place + 1) * 10)), "ROLE_ID": 0,
                    "IS_PRIMARY": place == 0 ? "Y" : "N",
                ]
            }
            return MethodReply(.array(rows))
        },
        .crm("crm.company.contact.items.set") { state, call throws(PortalFailure) in
            let company = try company(state, call)
            let wanted = (call.parameter("items") ?? .null).phpList.compactMap { $0["CONTACT_ID"]?.lenientInteger }
            for id in try contacts(of: company, state) where !wanted.contains(id) {
                try link(id, to: company, isLinked: false, state, call)
            }
            for id in wanted { try link(id, to: company, isLinked: true, state, call) }
            return MethodReply(true)
        },
        .crm("crm.company.contact.items.delete") { state, call throws(PortalFailure) in
            let company = try company(state, call)
            for id in try contacts(of: company, state) { try link(id, to: company, isLinked: false, state, call) }
            return MethodReply(true)
        },
        one("add", isLinked: true), one("delete", isLinked: false),
        .crm("crm.company.contact.fields") { _, _ throws(PortalFailure) in
            MethodReply(.object(CrmContactLinks(entityTypeID: 4, prefix: "", key: "CONTACT_ID").fields))
        },
    ]

    private static func one(_ name: String, isLinked: Bool) -> PortalMethod {
        .crm("crm.company.contact.\(name)") { state, call throws(PortalFailure) in
            let company = try company(state, call)
            guard let id = call.parameter("fields")?["CONTACT_ID"]?.lenientInteger, id > 0 else {
                throw PortalFailure("", "The parameter 'fields' is not valid.")
            }
            try link(id, to: company, isLinked: isLinked, state, call)
            return MethodReply(true)
        }
    }

    private static func company(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> Int {
        try CrmRecords(state: state, type: try type(4, state), userID: call.userID).load(try call.requiredID()).id
    }

    private static func contacts(of company: Int, _ state: PortalState) throws(PortalFailure) -> [Int] {
        try state.integers(
            """
            SELECT owner_id FROM crm_link WHERE owner_type_id = 3 AND target_type_id = 4 AND target_id = ? \
            ORDER BY owner_id
            """, [.integer(Int64(company))])
    }

    private static func link(
        _ contact: Int, to company: Int, isLinked: Bool, _ state: PortalState, _ call: MethodCall
    ) throws(PortalFailure) {
        let type = try type(3, state)
        var record = try CrmRecords(state: state, type: type, userID: call.userID).load(contact)
        let relations = CrmRelations(state: state, type: type)
        let current = try relations.links(contact).all()
        guard current.contains(where: { $0.targetID == company }) != isLinked else { return }
        var links = current.filter { $0.targetID != company }
        if isLinked {
            links.append(.init(targetID: company, sort: (links.count + 1) * 10, roleID: 0, isPrimary: links.isEmpty))
        }
        _ = try relations.set(links, current: current, record: &record)
        try RecordStore(state: state, table: type.table).replace(record)
    }

    private static func type(_ id: Int, _ state: PortalState) throws(PortalFailure) -> CrmType {
        guard let type = try CrmCatalog(state: state).type(id) else { throw .notFound }
        return type
    }
}
