public import Wire

extension PortalEngine {
    /// Adds many CRM records in one transaction, for benchmarks and seeds: everything `crm.*.add` does,
    /// without a call in between and without events.
    ///
    /// - Parameters:
    ///   - entityTypeID: 1 leads, 2 deals, 3 contacts, 4 companies, or a smart process of this portal.
    ///   - fields: classic `fields` of the record at a position, 0 to `count` - 1.
    /// - Returns: the ids, ascending.
    @discardableResult
    public func addRecords(
        entityTypeID: Int, count: Int, userID: Int = 1, fields: (Int) -> JSONObject
    ) throws(PortalFailure) -> [Int] {
        guard let type = try CrmCatalog(state: state).type(entityTypeID) else { throw .notFound }
        let records = CrmRecords(state: state, type: type, userID: userID)
        return try state.events.silently { () throws(PortalFailure) in
            try state.transaction { () throws(PortalFailure) in
                var ids: [Int] = []
                ids.reserveCapacity(count)
                let template = try records.template()
                for position in 0..<count {
                    ids.append(try records.add(CrmInput.classic(fields(position), type: type), from: template))
                }
                return ids
            }
        }
    }

    /// Adds a custom field to every record of a type, as `crm.*.userfield.add` would.
    ///
    /// - Parameters:
    ///   - name: `UF_CRM_…`, upper case.
    ///   - kind: string, integer, double, boolean, date, datetime or enumeration.
    public func addCustomField(
        _ name: String, kind: String, isMultiple: Bool = false, entityTypeID: Int
    ) throws(PortalFailure) {
        guard let known = FieldKind(rawValue: kind), name.hasPrefix("UF_CRM_"), name.utf8.count <= 50,
            name.utf8.allSatisfy({ $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        else {
            throw PortalFailure("INVALID_ARG_VALUE", "A custom field is UF_CRM_ and A-Z, 0-9, _; got \(name), \(kind).")
        }
        try CrmCatalog(state: state).addField(
            name, kind: known, isMultiple: isMultiple, label: name, to: entityTypeID)
    }
}
