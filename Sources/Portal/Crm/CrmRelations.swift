internal import Wire

/// Keeps the three places in step where a record's contacts show: the list of links, the single
/// `CONTACT_ID`, and the universal view's `contactIds`.
struct CrmRelations {
    let state: PortalState
    let type: CrmType

    /// Contacts hang on deals, leads and smart processes; companies hang on contacts.
    var targetTypeID: Int { type.entityTypeID == 3 ? 4 : 3 }
    private var singleField: String { type.entityTypeID == 3 ? "COMPANY_ID" : "CONTACT_ID" }
    private var listName: String { type.entityTypeID == 3 ? "companyIds" : "contactIds" }

    func links(_ id: Int) -> CrmLinks {
        CrmLinks(state: state, ownerTypeID: type.entityTypeID, ownerID: id, targetTypeID: targetTypeID)
    }

    /// True when the links are different now.
    func apply(_ input: CrmRecords.Input, to record: inout StoredRecord) throws(PortalFailure) -> Bool {
        guard type.table.place(singleField) != nil else { return false }
        let current = try links(record.id).all()
        var wanted: [CrmLinks.Link]?
        if let ids = input.linkedIDs {
            wanted = CrmLinks.links(ids)
        } else if let single = input.value(singleField) {
            wanted = withPrimary(single.lenientInteger ?? 0, in: current)
        }
        guard let wanted else { return false }
        return try set(wanted, current: current, record: &record)
    }

    /// Writes the links and what shows them on the record; the caller saves the record.
    func set(
        _ wanted: [CrmLinks.Link], current: [CrmLinks.Link], record: inout StoredRecord
    ) throws(PortalFailure) -> Bool {
        try links(record.id).replace(wanted)
        let primary = wanted.first(where: \.isPrimary) ?? wanted.first
        record.fields[singleField] = primary.map { .string(String($0.targetID)) } ?? .null
        record.links[listName] = .array(wanted.map { .integer(Int64($0.targetID)) })
        if type.entityTypeID == 1 {
            let hasClient = primary != nil || (record.fields["COMPANY_ID"]?.lenientInteger ?? 0) > 0
            record.fields["IS_RETURN_CUSTOMER"] = hasClient ? "Y" : "N"
        }
        return wanted.map(\.targetID) != current.map(\.targetID)
            || wanted.first(where: \.isPrimary)?.targetID != current.first(where: \.isPrimary)?.targetID
    }

    private func withPrimary(_ id: Int, in current: [CrmLinks.Link]) -> [CrmLinks.Link] {
        guard id > 0 else { return [] }
        var links = current
        for index in links.indices { links[index].isPrimary = links[index].targetID == id }
        if !links.contains(where: { $0.targetID == id }) {
            links.removeAll { link in current.contains { $0.isPrimary && $0.targetID == link.targetID } }
            links.insert(CrmLinks.Link(targetID: id, sort: 10, roleID: 0, isPrimary: true), at: 0)
        }
        return links
    }
}
