// Estimates, invoices of both kinds, smart processes.
extension CrmTables {
    /// https://apidocs.bitrix24.com/api-reference/crm/quote/crm-quote-fields.html
    static let quote = RecordTable(
        "crm_item_7",
        spec: """
            ID = integer ro
            TITLE = string req
            LEAD_ID = crmLead
            DEAL_ID = crmEntity
            COMPANY_ID = crmCompany
            CONTACT_ID = crmContact
            PERSON_TYPE_ID = integer
            MYCOMPANY_ID = crmCompany
            STATUS_ID stageId crmStatus status:QUOTE_STATUS
            STATUS_SEMANTIC_ID stageSemanticId string ro
            OPENED = char
            CLOSED = char
            OPPORTUNITY = money
            IS_MANUAL_OPPORTUNITY = char
            TAX_VALUE = money
            CURRENCY_ID = crmCurrency
            COMMENTS = string
            CONTENT = string
            TERMS = string
            BEGINDATE = date
            CLOSEDATE = date
            ACTUAL_DATE = date
            ASSIGNED_BY_ID = user
            CREATED_BY_ID createdBy user ro
            MODIFY_BY_ID updatedBy user ro
            DATE_CREATE createdTime datetime ro
            DATE_MODIFY updatedTime datetime ro
            QUOTE_NUMBER = string ro
            CLIENT_TITLE = string
            CLIENT_ADDR = string
            CLIENT_CONTACT = string
            CLIENT_EMAIL = string
            CLIENT_PHONE = string
            CLIENT_TP_ID = string
            CLIENT_TPA_ID = string
            LOCATION_ID = string

            """ + tail)

    /// https://apidocs.bitrix24.com/api-reference/crm/outdated/invoice/crm-invoice-fields.html
    static let oldInvoice = RecordTable(
        "crm_item_5",
        spec: """
            ID - integer ro
            ACCOUNT_NUMBER - string
            COMMENTS - text
            CREATED_BY - integer ro
            CURRENCY - crmCurrency ro
            DATE_BILL - date
            DATE_INSERT - datetime
            DATE_MARKED - datetime
            DATE_PAY_BEFORE - date
            DATE_PAYED - datetime ro
            DATE_STATUS - datetime ro
            DATE_UPDATE - datetime ro
            EMP_PAYED_ID - integer ro
            EMP_STATUS_ID - integer ro
            LID - string ro
            XML_ID - string
            ORDER_TOPIC - string req
            PAY_SYSTEM_ID - integer req
            PAY_VOUCHER_DATE - date
            PAY_VOUCHER_NUM - string
            PAYED - char ro
            PERSON_TYPE_ID - integer req
            PRICE - money ro
            REASON_MARKED - string
            RESPONSIBLE_ID - integer
            STATUS_ID - crmStatus status:INVOICE_STATUS
            TAX_VALUE - money ro
            UF_COMPANY_ID - integer
            UF_CONTACT_ID - integer
            UF_MYCOMPANY_ID - integer
            UF_DEAL_ID - integer
            UF_QUOTE_ID - integer
            USER_DESCRIPTION - string
            PR_LOCATION - integer
            INVOICE_PROPERTIES - object
            PRODUCT_ROWS - object
            """)

    /// What `crm.invoice.list` shows: not what is looked up for one invoice.
    static let oldInvoiceRow = oldInvoice.fields.map(\.name).filter {
        $0 != "INVOICE_PROPERTIES" && $0 != "PRODUCT_ROWS"
    }

    /// https://apidocs.bitrix24.com/api-reference/crm/universal/invoice.html
    static let invoice = RecordTable(
        "crm_item_31",
        spec: smart(stages: "SMART_INVOICE_STAGE") + """
            ACCOUNT_NUMBER = string
            COMMENTS = string
            LOCATION_ID = string
            PARENT_ID_2 = crmEntity
            PARENT_ID_7 = crmEntity

            """ + tail)

    /// A smart process: universal methods only, so the upper-case names are the ones `crm.item.fields` shows as
    /// `upperName`.
    ///
    /// - Parameter features: the `is…Enabled` that are Y; nil stands for all of them. Fields of a feature that is
    ///   off are kept but not shown, so that switching it changes no stored record.
    static func smartProcess(entityTypeID: Int, features: Set<String>? = nil) -> RecordTable {
        let stages = "DYNAMIC_\(entityTypeID)_STAGE"
        let table = RecordTable("crm_item_\(entityTypeID)", spec: smart(stages: stages) + tail)
        guard let features else { return table }
        let hidden = fieldsByFeature.filter { !features.contains($0.key) }.flatMap(\.value)
        return table.hiding(Set(hidden))
    }

    static let fieldsByFeature: [String: [String]] = [
        "isCategoriesEnabled": ["CATEGORY_ID"],
        "isStagesEnabled": ["STAGE_ID", "PREVIOUS_STAGE_ID"],
        "isBeginCloseDatesEnabled": ["BEGINDATE", "CLOSEDATE"],
        "isClientEnabled": ["COMPANY_ID", "CONTACT_ID"],
        "isLinkWithProductsEnabled": [
            "OPPORTUNITY", "IS_MANUAL_OPPORTUNITY", "TAX_VALUE", "CURRENCY_ID",
        ],
        "isMycompanyEnabled": ["MYCOMPANY_ID"],
        "isSourceEnabled": ["SOURCE_ID", "SOURCE_DESCRIPTION"],
    ]

    private static func smart(stages: String) -> String {
        """
        ID = integer ro
        XML_ID = string
        TITLE = string
        CREATED_BY = user ro
        UPDATED_BY = user ro
        MOVED_BY = user ro
        CREATED_TIME = datetime ro
        UPDATED_TIME = datetime ro
        MOVED_TIME = datetime ro
        CATEGORY_ID = crmCategory
        OPENED = char
        STAGE_ID = crmStatus status:\(stages)
        PREVIOUS_STAGE_ID = crmStatus ro
        BEGINDATE = date
        CLOSEDATE = date
        COMPANY_ID = crmCompany
        CONTACT_ID = crmContact
        OPPORTUNITY = money
        IS_MANUAL_OPPORTUNITY = char
        TAX_VALUE = money
        CURRENCY_ID = crmCurrency
        MYCOMPANY_ID = crmCompany
        SOURCE_ID = crmStatus status:SOURCE
        SOURCE_DESCRIPTION = string
        WEBFORM_ID = integer
        ASSIGNED_BY_ID = user

        """
    }
}
