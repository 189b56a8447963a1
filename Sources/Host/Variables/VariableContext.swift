public import Wire

/// What a text is about: the records given, by their IDs, and the moment.
public struct VariableContext: Sendable {
    public var deal: Int64?
    public var lead: Int64?
    public var invoice: Int64?
    public var task: Int64?
    public var contact: Int64?
    /// Unix seconds.
    public var now: Int64
    public var zone: TimeZoneRules

    public init(
        deal: Int64? = nil, lead: Int64? = nil, invoice: Int64? = nil, task: Int64? = nil, contact: Int64? = nil,
        now: Int64, zone: TimeZoneRules
    ) {
        self.deal = deal
        self.lead = lead
        self.invoice = invoice
        self.task = task
        self.contact = contact
        self.now = now
        self.zone = zone
    }

    func id(of record: BaseRecord) -> Int64? {
        switch record {
        case .deal: deal
        case .lead: lead
        case .invoice: invoice
        case .task: task
        case .contact: contact
        }
    }
}

/// A record that a caller names by its ID. The order says which one the contact, the company, the stage and the user in
/// charge belong to where several are given.
enum BaseRecord: String, CaseIterable {
    case deal, lead, invoice, task, contact

    /// The entity type of smart invoices (https://apidocs.bitrix24.com/api-reference/crm/data-types.html).
    private static let invoiceTypeID: Int64 = 31

    func call(_ id: Int64) -> PlannedCall {
        switch self {
        case .deal: PlannedCall(rawValue, "crm.deal.get", ["id": .integer(id)])
        case .lead: PlannedCall(rawValue, "crm.lead.get", ["id": .integer(id)])
        case .contact: PlannedCall(rawValue, "crm.contact.get", ["id": .integer(id)])
        case .invoice:
            PlannedCall(
                rawValue, "crm.item.get", ["entityTypeId": .integer(BaseRecord.invoiceTypeID), "id": .integer(id)])
        case .task:
            PlannedCall(
                rawValue, "tasks.task.get", ["taskId": .integer(id), "select": ["ID", "TITLE", "RESPONSIBLE_ID"]])
        }
    }

    /// Where the record stands in the method's result.
    var wrapper: String? {
        switch self {
        case .invoice: "item"
        case .task: "task"
        default: nil
        }
    }

    /// The field that holds the ID of what belongs to the record; nil where nothing of the kind can.
    func field(of link: Link) -> String? {
        switch (self, link) {
        case (.deal, .contact), (.lead, .contact): "CONTACT_ID"
        case (.invoice, .contact): "contactId"
        case (.deal, .company), (.lead, .company), (.contact, .company): "COMPANY_ID"
        case (.invoice, .company): "companyId"
        case (.deal, .assignee), (.lead, .assignee), (.contact, .assignee): "ASSIGNED_BY_ID"
        case (.invoice, .assignee): "assignedById"
        case (.task, .assignee): "responsibleId"
        case (.deal, .stage): "STAGE_ID"
        case (.lead, .stage): "STATUS_ID"
        case (.invoice, .stage): "stageId"
        default: nil
        }
    }

    /// What the names of the lists start with that the record's stages are in; other lists use the same codes.
    var stageListPrefix: String {
        switch self {
        case .lead: "STATUS"
        case .invoice: "SMART_INVOICE_STAGE"
        default: "DEAL_STAGE"
        }
    }
}

/// What belongs to a record and is read by an ID that stands there.
enum Link: String, CaseIterable {
    case contact, company, assignee, stage

    /// - Parameter id: an ID, or a reference to one.
    func call(_ id: JSONValue) -> PlannedCall {
        let key = "its_" + rawValue
        return switch self {
        case .contact: PlannedCall(key, "crm.contact.get", ["id": id])
        case .company: PlannedCall(key, "crm.company.get", ["id": id])
        case .assignee: PlannedCall(key, "user.get", ["ID": id])
        case .stage: PlannedCall(key, "crm.status.list", ["filter": ["STATUS_ID": id]])
        }
    }
}
