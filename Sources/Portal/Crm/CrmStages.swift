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
        let next = try state.integer("SELECT coalesce(max(id), 0) + 1 FROM crm_category") ?? 1
        let categoryID = id ?? next
        try state.execute(
            "INSERT INTO crm_category (entity_type_id, id, name, sort, is_default) VALUES (?, ?, ?, ?, ?)",
            [
                .integer(Int64(type.entityTypeID)), .integer(Int64(categoryID)), .text(name),
                .integer(Int64(sort)), .text(isDefault ? "Y" : "N"),
            ])
        let entity = type.stageEntity(categoryID: categoryID)
        let prefix = type.stagePrefix(categoryID: categoryID)
        let rows = type.isSmartProcess ? CrmDefaults.smartStages : CrmDefaults.dealStages
        try addStatuses(rows, entity: entity, prefix: prefix, categoryID: categoryID)
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

/// The dictionaries of a fresh portal.
///
/// https://apidocs.bitrix24.com/api-reference/crm/status/index.html
enum CrmDefaults {
    struct Row: Sendable {
        let id: String
        let name: String
        var semantics = ""
        var color = ""
        var isSystem = false
    }

    static let leadStatuses = [
        Row(id: "NEW", name: "New", color: "#39A8EF", isSystem: true),
        Row(id: "IN_PROCESS", name: "In progress", color: "#2FC6F6"),
        Row(id: "PROCESSED", name: "Processed", color: "#55D0E0"),
        Row(id: "CONVERTED", name: "High-quality lead", semantics: "S", color: "#7BD500", isSystem: true),
        Row(id: "JUNK", name: "Junk lead", semantics: "F", color: "#FF5752", isSystem: true),
    ]

    static let dealStages = [
        Row(id: "NEW", name: "New", color: "#39A8EF", isSystem: true),
        Row(id: "PREPARATION", name: "Prepare documents", color: "#2FC6F6"),
        Row(id: "PREPAYMENT_INVOICE", name: "Prepayment invoice", color: "#55D0E0"),
        Row(id: "EXECUTING", name: "In work", color: "#47E4C2"),
        Row(id: "FINAL_INVOICE", name: "Final invoice", color: "#FFA900"),
        Row(id: "WON", name: "Deal won", semantics: "S", color: "#7BD500", isSystem: true),
        Row(id: "LOSE", name: "Deal lost", semantics: "F", color: "#FF5752", isSystem: true),
        Row(id: "APOLOGY", name: "Analyze failure", semantics: "F", color: "#FF5752"),
    ]

    static let smartStages = [
        Row(id: "NEW", name: "Start", color: "#39A8EF", isSystem: true),
        Row(id: "PREPARATION", name: "Prepare documents", color: "#2FC6F6"),
        Row(id: "CLIENT", name: "Approval", color: "#55D0E0"),
        Row(id: "SUCCESS", name: "Success", semantics: "S", color: "#7BD500", isSystem: true),
        Row(id: "FAIL", name: "Failed", semantics: "F", color: "#FF5752", isSystem: true),
    ]

    static let dictionaries: [(entity: String, rows: [Row])] = [
        (
            "SOURCE",
            rows(
                "CALL Call, EMAIL E-mail, WEB Website, ADVERTISING Advertising, PARTNER Existing client, "
                    + "RECOMMENDATION By recommendation, TRADE_SHOW Show or exhibition, WEBFORM CRM form, "
                    + "CALLBACK Callback, RC_GENERATOR Sales boost, STORE Online store, OTHER Other")
        ),
        ("CONTACT_TYPE", rows("CLIENT Clients, SUPPLIER Suppliers, PARTNER Partners, OTHER Other")),
        (
            "COMPANY_TYPE",
            rows(
                "CUSTOMER Client, SUPPLIER Supplier, COMPETITOR Competitor, PARTNER Partner, OTHER Other")
        ),
        (
            "INDUSTRY",
            rows(
                "IT Information technology, TELECOM Telecommunication, MANUFACTURING Manufacturing, "
                    + "BANKING Banking services, CONSULTING Consulting, FINANCE Finance, GOVERNMENT Government, "
                    + "DELIVERY Delivery, ENTERTAINMENT Entertainment, NOTPROFIT Non-profit, OTHER Other")
        ),
        (
            "EMPLOYEES",
            rows(
                "EMPLOYEES_1 less than 50, EMPLOYEES_2 50-250, EMPLOYEES_3 250-500, "
                    + "EMPLOYEES_4 over 500")
        ),
        (
            "DEAL_TYPE",
            rows(
                "SALE Sales, COMPLEX Integrated sales, GOODS Sale of goods, SERVICES Services, "
                    + "SERVICE After-sales service")
        ),
        ("HONORIFIC", rows("HNR_EN_1 Mr., HNR_EN_2 Mrs., HNR_EN_3 Ms.")),
        (
            "CALL_LIST",
            rows(
                "IN_WORK In progress, SUCCESS Successful, WRONG_NUMBER Wrong number, "
                    + "STOP_CALLING Do not call")
        ),
    ]

    private static func rows(_ text: String) -> [Row] {
        text.split(separator: ",").map { entry in
            let words = entry.split(separator: " ", maxSplits: 1)
            return Row(id: String(words[0]), name: words.count > 1 ? String(words[1]) : String(words[0]))
        }
    }
}
