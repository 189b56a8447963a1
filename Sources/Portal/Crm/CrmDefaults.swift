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

    static let quoteStatuses = [
        Row(id: "DRAFT", name: "Draft", color: "#39A8EF", isSystem: true),
        Row(id: "SENT", name: "Sent to client", color: "#2FC6F6"),
        Row(id: "APPROVED", name: "Accepted", semantics: "S", color: "#7BD500", isSystem: true),
        // The platform's own spelling.
        Row(id: "DECLAINED", name: "Declined", semantics: "F", color: "#FF5752", isSystem: true),
    ]

    static let invoiceStages = [
        Row(id: "N", name: "New", color: "#39A8EF", isSystem: true),
        Row(id: "S", name: "Sent to client", color: "#2FC6F6"),
        Row(id: "P", name: "Paid", semantics: "S", color: "#7BD500", isSystem: true),
        Row(id: "D", name: "Not paid", semantics: "F", color: "#FF5752", isSystem: true),
    ]

    /// The stages a new funnel begins with.
    static func stages(of type: CrmType) -> [Row] {
        switch type.entityTypeID {
        case 2: dealStages
        case 31: invoiceStages
        default: smartStages
        }
    }

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
