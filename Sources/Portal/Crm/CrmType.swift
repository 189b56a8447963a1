/// A kind of CRM object and the names that differ between kinds.
struct CrmType: Sendable {
    /// 1 lead, 2 deal, 3 contact, 4 company, 5 old invoice, 7 estimate, 31 invoice, 128 and more: smart processes.
    let entityTypeID: Int
    /// The segment of classic method names; empty when there are only universal ones.
    let classicName: String
    /// `Lead`: titles of records that were given none begin with it.
    let title: String
    /// `LEAD`
    let symbol: String
    /// `L`
    let abbreviation: String
    let table: RecordTable
    /// Where the record's stage is; nil for objects without stages.
    var stageField: String?
    var semanticField: String?
    /// Whether records belong to one of several funnels.
    var hasCategories = false

    var hasMultifields: Bool { [1, 3, 4].contains(entityTypeID) }
    /// New invoices are a smart process, too: one that the platform made itself.
    var isSmartProcess: Bool { entityTypeID >= 31 }
    /// The halted invoices of `crm.invoice.*`, which come from the online store and name everything its way.
    var isOldInvoice: Bool { entityTypeID == 5 }
    /// Whether records have product rows.
    var hasProducts: Bool {
        [1, 2, 7].contains(entityTypeID) || (isSmartProcess && table.field("OPPORTUNITY")?.universal.isEmpty == false)
    }

    /// What a record is called by.
    var titleField: String { isOldInvoice ? "ORDER_TOPIC" : "TITLE" }
    var createdField: String { isOldInvoice ? "DATE_INSERT" : isSmartProcess ? "CREATED_TIME" : "DATE_CREATE" }
    var modifiedField: String { isOldInvoice ? "DATE_UPDATE" : isSmartProcess ? "UPDATED_TIME" : "DATE_MODIFY" }
    var authorField: String { isSmartProcess || isOldInvoice ? "CREATED_BY" : "CREATED_BY_ID" }
    var responsibleField: String { isOldInvoice ? "RESPONSIBLE_ID" : "ASSIGNED_BY_ID" }
    var editorField: String { isSmartProcess ? "UPDATED_BY" : "MODIFY_BY_ID" }
    var moverField: String { isSmartProcess ? "MOVED_BY" : "MOVED_BY_ID" }

    /// The dictionary that holds the stages of a funnel.
    func stageEntity(categoryID: Int) -> String {
        switch entityTypeID {
        case 1: "STATUS"
        case 5: "INVOICE_STATUS"
        case 7: "QUOTE_STATUS"
        case 31: "SMART_INVOICE_STAGE_\(categoryID)"
        case 2: categoryID == 0 ? "DEAL_STAGE" : "DEAL_STAGE_\(categoryID)"
        default: "DYNAMIC_\(entityTypeID)_STAGE_\(categoryID)"
        }
    }

    /// What stands before `NEW` in the stage ids of a funnel.
    func stagePrefix(categoryID: Int) -> String {
        switch entityTypeID {
        case 2: categoryID == 0 ? "" : "C\(categoryID):"
        case 1, 5, 7: ""
        default: "DT\(entityTypeID)_\(categoryID):"
        }
    }

    static let lead = CrmType(
        entityTypeID: 1, classicName: "lead", title: "Lead", symbol: "LEAD", abbreviation: "L",
        table: CrmTables.lead, stageField: "STATUS_ID", semanticField: "STATUS_SEMANTIC_ID")
    static let deal = CrmType(
        entityTypeID: 2, classicName: "deal", title: "Deal", symbol: "DEAL", abbreviation: "D",
        table: CrmTables.deal, stageField: "STAGE_ID", semanticField: "STAGE_SEMANTIC_ID", hasCategories: true)
    static let contact = CrmType(
        entityTypeID: 3, classicName: "contact", title: "Contact", symbol: "CONTACT", abbreviation: "C",
        table: CrmTables.contact)
    static let company = CrmType(
        entityTypeID: 4, classicName: "company", title: "Company", symbol: "COMPANY", abbreviation: "CO",
        table: CrmTables.company)

    static let oldInvoice = CrmType(
        entityTypeID: 5, classicName: "invoice", title: "Invoice", symbol: "INVOICE", abbreviation: "I",
        table: CrmTables.oldInvoice, stageField: "STATUS_ID")
    static let quote = CrmType(
        entityTypeID: 7, classicName: "quote", title: "Estimate", symbol: "QUOTE", abbreviation: "Q",
        table: CrmTables.quote, stageField: "STATUS_ID", semanticField: "STATUS_SEMANTIC_ID")
    static let invoice = CrmType(
        entityTypeID: 31, classicName: "", title: "Invoice", symbol: "SMART_INVOICE", abbreviation: "SI",
        table: CrmTables.invoice, stageField: "STAGE_ID", hasCategories: true)

    static let builtIn = [lead, deal, contact, company, oldInvoice, quote, invoice]

    static func smartProcess(entityTypeID: Int, title: String, table: RecordTable) -> CrmType {
        CrmType(
            entityTypeID: entityTypeID, classicName: "", title: title, symbol: "DYNAMIC_\(entityTypeID)",
            abbreviation: "T" + String(entityTypeID, radix: 16), table: table, stageField: "STAGE_ID",
            hasCategories: true)
    }
}
