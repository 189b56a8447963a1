internal import Storage
internal import Wire

/// Legal details of companies and contacts: `crm.requisite.*`, their bank details and the presets they follow.
///
/// https://apidocs.bitrix24.com/api-reference/crm/requisites/index.html
enum CrmRequisites {
    /// Number of a requisite's kind in `ENTITY_TYPE_ID`.
    static let entityTypeID = 8

    static let table = RecordTable(
        "crm_requisite",
        spec: """
            ID - integer ro
            ENTITY_TYPE_ID - integer req fixed
            ENTITY_ID - integer req fixed
            PRESET_ID - integer req fixed
            DATE_CREATE - datetime ro
            DATE_MODIFY - datetime ro
            CREATED_BY_ID - user ro
            MODIFY_BY_ID - user ro
            NAME - string
            CODE - string
            XML_ID - string
            ORIGINATOR_ID - string
            ACTIVE - char
            ADDRESS_ONLY - char
            SORT - integer
            RQ_NAME - string
            RQ_FIRST_NAME - string
            RQ_LAST_NAME - string
            RQ_SECOND_NAME - string
            RQ_COMPANY_ID - string
            RQ_COMPANY_NAME - string
            RQ_COMPANY_FULL_NAME - string
            RQ_COMPANY_REG_DATE - string
            RQ_DIRECTOR - string
            RQ_ACCOUNTANT - string
            RQ_CONTACT - string
            RQ_EMAIL - string
            RQ_PHONE - string
            RQ_FAX - string
            RQ_INN - string
            RQ_KPP - string
            RQ_OGRN - string
            RQ_OGRNIP - string
            RQ_OKPO - string
            RQ_VAT_ID - string
            """)

    private static let bankTable = RecordTable(
        "crm_bankdetail",
        spec: """
            ID - integer ro
            ENTITY_TYPE_ID - integer ro
            ENTITY_ID - integer req fixed
            COUNTRY_ID - integer ro
            DATE_CREATE - datetime ro
            DATE_MODIFY - datetime ro
            CREATED_BY_ID - user ro
            MODIFY_BY_ID - user ro
            NAME - string req
            CODE - string
            XML_ID - string
            ORIGINATOR_ID - string
            ACTIVE - char
            SORT - integer
            RQ_BANK_NAME - string
            RQ_BANK_ADDR - string
            RQ_BIK - string
            RQ_ACC_NUM - string
            RQ_ACC_NAME - string
            RQ_ACC_CURRENCY - string
            RQ_COR_ACC_NUM - string
            RQ_IBAN - string
            RQ_SWIFT - string
            COMMENTS - string
            """)

    private static let presetTable = RecordTable(
        "crm_preset",
        spec: """
            ID - integer ro
            ENTITY_TYPE_ID - integer req fixed
            COUNTRY_ID - integer req
            DATE_CREATE - datetime ro
            DATE_MODIFY - datetime ro
            CREATED_BY_ID - user ro
            MODIFY_BY_ID - user ro
            NAME - string req
            XML_ID - string
            ACTIVE - char
            SORT - integer
            """)

    static let requisite = RecordKind(table) { state, userID, record, isNew throws(PortalFailure) in
        guard [3, 4].contains(record.integer("ENTITY_TYPE_ID")), record.integer("ENTITY_ID") > 0,
            let owner = try CrmCatalog(state: state).type(record.integer("ENTITY_TYPE_ID")),
            try RecordStore(state: state, table: owner.table).exists(record.integer("ENTITY_ID"))
        else { throw PortalFailure("", "Parent entity is not defined or not found.") }
        guard try preset.store(state).exists(record.integer("PRESET_ID")) else {
            throw PortalFailure("", "Preset is not found.")
        }
        stamp(state, userID, &record, isNew)
        record.fill([("ADDRESS_ONLY", "N"), ("NAME", .string("Details #\(record.id)"))])
    }

    private static let bank = RecordKind(bankTable) { state, userID, record, isNew throws(PortalFailure) in
        guard try requisite.store(state).exists(record.integer("ENTITY_ID")) else {
            throw PortalFailure("", "The requisite is not found.")
        }
        guard !record.text("NAME").isEmpty else { throw PortalFailure("", "Name is not specified.") }
        record.fields["ENTITY_TYPE_ID"] = .string(String(entityTypeID))
        stamp(state, userID, &record, isNew)
    }

    private static let preset = RecordKind(presetTable) { state, userID, record, isNew throws(PortalFailure) in
        guard record.integer("ENTITY_TYPE_ID") == entityTypeID, !record.text("NAME").isEmpty else {
            throw PortalFailure("", "ENTITY_TYPE_ID and NAME are required.")
        }
        stamp(state, userID, &record, isNew)
    }

    private static func stamp(_ state: PortalState, _ userID: Int, _ record: inout StoredRecord, _ isNew: Bool) {
        record.fields["DATE_MODIFY"] = .string(state.now)
        record.fields["MODIFY_BY_ID"] = .string(String(userID))
        guard isNew else { return }
        record.fields["DATE_CREATE"] = .string(state.now)
        record.fields["CREATED_BY_ID"] = .string(String(userID))
        record.fill([("ACTIVE", "Y"), ("SORT", "500")])
    }

    static let schema = table.schema + bankTable.schema + presetTable.schema + [table.index("ENTITY_ID")]

    static let methods =
        RecordMethods(prefix: "crm.requisite", kind: requisite).methods
        + RecordMethods(prefix: "crm.requisite.bankdetail", kind: bank).methods
        + RecordMethods(prefix: "crm.requisite.preset", kind: preset).methods

    /// The presets of a fresh portal.
    static func prepare(_ state: PortalState) throws(PortalFailure) {
        guard try state.integer("SELECT 1 FROM crm_preset LIMIT 1") == nil else { return }
        for name in ["Company", "Person"] {
            _ = try preset.add(
                ["ENTITY_TYPE_ID": .integer(Int64(entityTypeID)), "COUNTRY_ID": 122, "NAME": .string(name)],
                view: .classic, userID: 1, in: state)
        }
    }
}
