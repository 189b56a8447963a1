internal import Storage
internal import Wire

/// The CRM: records, dictionaries, funnels, activities, comments.
enum CrmFamily {
    static let family = PortalFamily(
        "crm", schema: CrmSchema.statements + CrmActivities.schema + CrmComments.table.schema,
        methods: CrmClassic.methods + CrmItem.methods + CrmContactLinks.methods + CrmStatusMethods.methods
            + CrmCategoryMethods.methods + CrmDuplicates.methods + CrmActivities.methods + CrmComments.methods
            + CrmDictionaries.methods,
        prepare: { state throws(PortalFailure) in try prepare(state) })

    /// Dictionaries and the main funnel of a fresh portal.
    private static func prepare(_ state: PortalState) throws(PortalFailure) {
        guard try state.integer("SELECT 1 FROM crm_status LIMIT 1") == nil else { return }
        let stages = CrmStages(state: state)
        try stages.addStatuses(CrmDefaults.leadStatuses, entity: "STATUS")
        for dictionary in CrmDefaults.dictionaries {
            try stages.addStatuses(dictionary.rows, entity: dictionary.entity)
        }
        try stages.addCategory(.deal, id: 0, name: "General", sort: 300, isDefault: true)
    }
}
