// The fields of each CRM object, in the order Bitrix24 prints them. Columns: classic name, universal name
// (`=` the camelCase of it, `-` not shown), kind, flags.
//
// https://apidocs.bitrix24.com/api-reference/crm/leads/crm-lead-fields.html and its siblings.
enum CrmTables {
    static let lead = RecordTable(
        "crm_item_1",
        spec: """
            ID = integer ro
            TITLE = string
            HONORIFIC = crmStatus status:HONORIFIC
            NAME = string
            SECOND_NAME = string
            LAST_NAME = string
            COMPANY_TITLE = string
            COMPANY_ID = crmCompany
            CONTACT_ID = crmContact
            IS_RETURN_CUSTOMER = char ro
            BIRTHDATE = date
            SOURCE_ID = crmStatus status:SOURCE
            SOURCE_DESCRIPTION = string
            STATUS_ID stageId crmStatus status:STATUS
            STATUS_DESCRIPTION = string
            POST = string
            COMMENTS = string
            CURRENCY_ID = crmCurrency
            OPPORTUNITY = money
            IS_MANUAL_OPPORTUNITY = char
            HAS_PHONE = char ro
            HAS_EMAIL = char ro
            HAS_IMOL = char ro
            ASSIGNED_BY_ID = user
            CREATED_BY_ID createdBy user ro
            MODIFY_BY_ID updatedBy user ro
            DATE_CREATE createdTime datetime ro
            DATE_MODIFY updatedTime datetime ro
            DATE_CLOSED dateClosed datetime ro
            STATUS_SEMANTIC_ID stageSemanticId string ro
            OPENED = char
            ORIGINATOR_ID = string
            ORIGIN_ID = string
            MOVED_BY_ID movedBy user ro
            MOVED_TIME = datetime ro

            """ + CrmTables.address(prefix: "ADDRESS") + CrmTables.tail)

    static let deal = RecordTable(
        "crm_item_2",
        spec: """
            ID = integer ro
            TITLE = string
            TYPE_ID = crmStatus status:DEAL_TYPE
            STAGE_ID = crmStatus status:DEAL_STAGE
            PROBABILITY = integer
            CURRENCY_ID = crmCurrency
            OPPORTUNITY = money
            IS_MANUAL_OPPORTUNITY = char
            TAX_VALUE = money
            LEAD_ID = crmLead
            COMPANY_ID = crmCompany
            CONTACT_ID = crmContact
            QUOTE_ID = crmQuote
            BEGINDATE = date
            CLOSEDATE = date
            ASSIGNED_BY_ID = user
            CREATED_BY_ID createdBy user ro
            MODIFY_BY_ID updatedBy user ro
            DATE_CREATE createdTime datetime ro
            DATE_MODIFY updatedTime datetime ro
            OPENED = char
            CLOSED = char ro
            COMMENTS = string
            ADDITIONAL_INFO = string
            LOCATION_ID = string
            CATEGORY_ID = crmCategory fixed
            STAGE_SEMANTIC_ID = string ro
            IS_NEW = char ro
            IS_RECURRING = char
            IS_RETURN_CUSTOMER = char
            IS_REPEATED_APPROACH = char
            SOURCE_ID = crmStatus status:SOURCE
            SOURCE_DESCRIPTION = string
            ORIGINATOR_ID = string
            ORIGIN_ID = string
            MOVED_BY_ID movedBy user ro
            MOVED_TIME = datetime ro

            """ + CrmTables.tail)

    static let contact = RecordTable(
        "crm_item_3",
        spec: """
            ID = integer ro
            POST = string
            COMMENTS = string
            HONORIFIC = crmStatus status:HONORIFIC
            NAME = string
            SECOND_NAME = string
            LAST_NAME = string
            PHOTO = file
            LEAD_ID = crmLead
            TYPE_ID = crmStatus status:CONTACT_TYPE
            SOURCE_ID = crmStatus status:SOURCE
            SOURCE_DESCRIPTION = string
            COMPANY_ID = crmCompany
            BIRTHDATE = date
            EXPORT = char
            HAS_PHONE = char ro
            HAS_EMAIL = char ro
            HAS_IMOL = char ro
            DATE_CREATE createdTime datetime ro
            DATE_MODIFY updatedTime datetime ro
            ASSIGNED_BY_ID = user
            CREATED_BY_ID createdBy user ro
            MODIFY_BY_ID updatedBy user ro
            OPENED = char
            ORIGINATOR_ID = string
            ORIGIN_ID = string
            ORIGIN_VERSION = string
            FACE_ID = integer

            """ + CrmTables.address(prefix: "ADDRESS") + CrmTables.tail)

    static let company = RecordTable(
        "crm_item_4",
        spec: """
            ID = integer ro
            COMPANY_TYPE typeId crmStatus status:COMPANY_TYPE
            TITLE = string
            LOGO = file
            LEAD_ID = crmLead
            HAS_PHONE = char ro
            HAS_EMAIL = char ro
            HAS_IMOL = char ro
            ASSIGNED_BY_ID = user
            CREATED_BY_ID createdBy user ro
            MODIFY_BY_ID updatedBy user ro
            BANKING_DETAILS = string
            INDUSTRY = crmStatus status:INDUSTRY
            REVENUE = money
            CURRENCY_ID = crmCurrency
            EMPLOYEES = crmStatus status:EMPLOYEES
            COMMENTS = string
            DATE_CREATE createdTime datetime ro
            DATE_MODIFY updatedTime datetime ro
            OPENED = char
            IS_MY_COMPANY = char
            ORIGINATOR_ID = string
            ORIGIN_ID = string
            ORIGIN_VERSION = string

            """ + CrmTables.address(prefix: "ADDRESS") + CrmTables.address(prefix: "REG_ADDRESS") + CrmTables.tail)

    static let tail = """
        LAST_ACTIVITY_BY = user ro
        LAST_ACTIVITY_TIME = datetime ro
        UTM_SOURCE = string
        UTM_MEDIUM = string
        UTM_CAMPAIGN = string
        UTM_CONTENT = string
        UTM_TERM = string

        """

    private static func address(prefix: String) -> String {
        ["", "_2", "_CITY", "_POSTAL_CODE", "_REGION", "_PROVINCE", "_COUNTRY", "_COUNTRY_CODE", "_LOC_ADDR_ID"]
            .map { "\(prefix)\($0) - \($0 == "_LOC_ADDR_ID" ? "integer" : "string")\n" }.joined()
    }
}
