internal import Wire

// What the CRM raises when a record is written. The old objects have events of their own; smart processes and new
// invoices share three, and have three more for each type.
//
// https://apidocs.bitrix24.com/api-reference/crm/universal/events/index.html
extension CrmRecords {
    enum Change: String { case add = "ADD", update = "UPDATE", delete = "DELETE" }

    func emit(_ change: Change, _ id: Int) {
        let owners = [1: "LEAD", 2: "DEAL", 3: "CONTACT", 4: "COMPANY", 7: "QUOTE"]
        if let owner = owners[type.entityTypeID] {
            state.events.emit("ONCRM\(owner)\(change.rawValue)", id: id)
            return
        }
        let data: JSONObject = [
            "FIELDS": ["ID": .integer(Int64(id)), "ENTITY_TYPE_ID": .integer(Int64(type.entityTypeID))]
        ]
        for name in ["ONCRMDYNAMICITEM\(change.rawValue)", "ONCRMDYNAMICITEM\(change.rawValue)_\(type.entityTypeID)"] {
            state.events.emit(name, data)
        }
    }

    /// A deal that goes to another funnel is moved, not updated: one event instead of the other.
    ///
    /// https://apidocs.bitrix24.com/api-reference/crm/deals/events/on-crm-deal-move-to-category.html
    func emitUpdate(_ record: StoredRecord, from before: StoredRecord) {
        guard type.entityTypeID == 2, record.fields["CATEGORY_ID"] != before.fields["CATEGORY_ID"] else {
            emit(.update, record.id)
            return
        }
        state.events.emit(
            "ONCRMDEALMOVETOCATEGORY",
            [
                "FIELDS": [
                    "ID": .integer(Int64(record.id)), "CATEGORY_ID": record.fields["CATEGORY_ID"] ?? .null,
                    "STAGE_ID": record.fields["STAGE_ID"] ?? .null,
                ]
            ])
    }
}
