internal import Storage
internal import Wire

/// The CRM: records, dictionaries, funnels, activities, comments.
enum CrmFamily {
    static let family = PortalFamily(
        "crm",
        schema: CrmSchema.statements + CrmStageHistory.schema + CrmRequisites.schema
            + CrmAddresses.table.schema + CrmActivities.schema + CrmComments.table.schema,
        methods: CrmClassic.methods + CrmItem.methods + CrmContactLinks.methods + CrmStatusMethods.methods
            + CrmCategoryMethods.methods + CrmDuplicates.methods + CrmActivities.methods + CrmActivityBindings.methods
            + CrmComments.methods + CrmTimeline.methods + CrmCompanyContacts.methods
            + CrmActivityKinds.methods
            + CrmDictionaries.methods + CrmTypeMethods.methods + CrmStageHistory.methods + CrmUserFieldMethods.methods
            + UserFieldConfig.methods + CrmRequisites.methods + CrmAddresses.methods,
        prepare: { state throws(PortalFailure) in try prepare(state) })

    /// Dictionaries and the main funnels of a fresh portal. A dictionary that has rows is the users' own.
    private static func prepare(_ state: PortalState) throws(PortalFailure) {
        try CrmRequisites.prepare(state)
        let stages = CrmStages(state: state)
        let own: [(entity: String, rows: [CrmDefaults.Row])] = [
            ("STATUS", CrmDefaults.leadStatuses), ("QUOTE_STATUS", CrmDefaults.quoteStatuses),
            ("INVOICE_STATUS", CrmDefaults.invoiceStages),
        ]
        for dictionary in own + CrmDefaults.dictionaries {
            let isThere = try state.integer(
                "SELECT 1 FROM crm_status WHERE entity_id = ? LIMIT 1", [.text(dictionary.entity)])
            if isThere == nil { try stages.addStatuses(dictionary.rows, entity: dictionary.entity) }
        }
        for type in [CrmType.deal, .invoice] {
            let isThere = try state.integer(
                "SELECT 1 FROM crm_category WHERE entity_type_id = ? LIMIT 1", [.integer(Int64(type.entityTypeID))])
            guard isThere == nil else { continue }
            try stages.addCategory(
                type, id: type.entityTypeID == 2 ? 0 : nil, name: "General", sort: 300, isDefault: true)
        }
    }
}
