internal import Storage
internal import Wire

/// Stages, dictionaries and funnels.
struct CrmStages {
    let state: PortalState

    /// Where a stage leads: P still going, S won, F lost.
    func semantic(_ stageID: String, entity: String) throws(PortalFailure) -> String? {
        let found = try state.texts(
            "SELECT semantics FROM crm_status WHERE entity_id = ? AND status_id = ?", [.text(entity), .text(stageID)])
        return found.first.map { $0[0].isEmpty ? "P" : $0[0] }
    }

    /// The first stage of a funnel.
    func firstStage(entity: String) throws(PortalFailure) -> String? {
        try state.texts(
            "SELECT status_id FROM crm_status WHERE entity_id = ? ORDER BY sort, id LIMIT 1", [.text(entity)]
        ).first?.first
    }

    func hasCategory(_ categoryID: Int, entityTypeID: Int) throws(PortalFailure) -> Bool {
        try state.integer(
            "SELECT 1 FROM crm_category WHERE entity_type_id = ? AND id = ?",
            [.integer(Int64(entityTypeID)), .integer(Int64(categoryID))]) != nil
    }

    func defaultCategory(entityTypeID: Int) throws(PortalFailure) -> Int {
        try state.integer(
            "SELECT id FROM crm_category WHERE entity_type_id = ? AND is_default = 'Y'",
            [.integer(Int64(entityTypeID))]) ?? 0
    }

    /// Makes a funnel with the stages every new funnel has.
    @discardableResult
    func addCategory(
        _ type: CrmType, id: Int? = nil, name: String, sort: Int, isDefault: Bool
    ) throws(PortalFailure) -> Int {
        // Funnels of deals are numbered apart from all others.
        let next =
            try state.integer(
                "SELECT coalesce(max(id), 0) + 1 FROM crm_category WHERE (entity_type_id = 2) = ?",
                [.integer(type.entityTypeID == 2 ? 1 : 0)]) ?? 1
        let categoryID = id ?? next
        try state.execute(
            "INSERT INTO crm_category (entity_type_id, id, name, sort, is_default) VALUES (?, ?, ?, ?, ?)",
            [
                .integer(Int64(type.entityTypeID)), .integer(Int64(categoryID)), .text(name),
                .integer(Int64(sort)), .text(isDefault ? "Y" : "N"),
            ])
        let entity = type.stageEntity(categoryID: categoryID)
        let prefix = type.stagePrefix(categoryID: categoryID)
        try addStatuses(CrmDefaults.stages(of: type), entity: entity, prefix: prefix, categoryID: categoryID)
        return categoryID
    }

    /// Puts rows into a dictionary that has none yet.
    func addStatuses(
        _ rows: [CrmDefaults.Row], entity: String, prefix: String = "", categoryID: Int? = nil
    ) throws(PortalFailure) {
        for (index, row) in rows.enumerated() {
            try state.execute(
                """
                INSERT OR IGNORE INTO crm_status (entity_id, status_id, name, name_init, sort, system, \
                category_id, color, semantics) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(entity), .text(prefix + row.id), .text(row.name), .text(row.name),
                    .integer(Int64((index + 1) * 10)), .text(row.isSystem ? "Y" : "N"), SQLValue(categoryID),
                    .text(row.color), .text(row.semantics),
                ])
        }
    }
}
