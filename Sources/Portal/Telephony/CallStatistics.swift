internal import Wire

/// `voximplant.statistic.get`: the calls that were made and missed.
///
/// https://apidocs.bitrix24.com/api-reference/telephony/voximplant/voximplant-statistic-get.html
enum CallStatistics {
    static let table = RecordTable(
        "call_statistic",
        spec: """
            ID - integer ro
            PORTAL_USER_ID - integer
            PORTAL_NUMBER - string
            PHONE_NUMBER - string
            CALL_ID - string
            EXTERNAL_CALL_ID - string
            CALL_CATEGORY - string
            CALL_LOG - string
            CALL_DURATION - integer
            CALL_START_DATE - datetime
            CALL_RECORD_URL - string
            CALL_VOTE - integer
            COST - string
            COST_CURRENCY - string
            CALL_FAILED_CODE - string
            CALL_FAILED_REASON - string
            CRM_ENTITY_TYPE - string
            CRM_ENTITY_ID - integer
            CRM_ACTIVITY_ID - integer
            REST_APP_ID - integer
            REST_APP_NAME - string
            TRANSCRIPT_ID - integer
            TRANSCRIPT_PENDING - char
            SESSION_ID - integer
            REDIAL_ATTEMPT - integer
            COMMENT - string
            RECORD_DURATION - integer
            RECORD_FILE_ID - object
            CALL_TYPE - integer
            """)

    /// A call that another family reports, or a seed.
    static let call = RecordKind(table) { state, userID, record, isNew throws(PortalFailure) in
        guard isNew else { return }
        record.fill([
            ("PORTAL_USER_ID", .string(String(userID))), ("CALL_CATEGORY", "external"), ("CALL_DURATION", "0"),
            ("CALL_START_DATE", .string(state.now)), ("COST", "0.0000"), ("CALL_TYPE", "1"),
            ("TRANSCRIPT_PENDING", "N"),
            ("CALL_ID", .string("\(record.id).\(state.clock.unixSeconds)")),
            ("CALL_FAILED_CODE", record.integer("CALL_DURATION") > 0 ? "200" : "304"),
        ])
    }

    static let family = PortalFamily(
        "telephony", schema: table.schema + [table.index("CALL_START_DATE")],
        methods: [PortalMethod("voximplant.statistic.get", scope: "telephony", handler: get)] + ExternalCalls.methods)

    private static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard state.settings.crm.callStatisticsViewers.map({ $0.contains(call.userID) }) ?? true else {
            throw PortalFailure("ACCESS_DENIED", "Access denied!", status: 403)
        }
        var filter = JSONObject()
        for (key, value) in try call.object("FILTER") ?? JSONObject() {
            // This family's own prefix for a search in the text.
            filter[key.hasPrefix("?") ? "%" + key.dropFirst() : key] = value
        }
        var order = JSONObject()
        let sort = (call.parameters["SORT"]?.phpText ?? call.text("sort") ?? "").uppercased()
        if sort != "CALL_TYPE", table.place(sort) != nil {
            order[sort] = .string((call.text("ORDER") ?? "ASC").uppercased() == "DESC" ? "DESC" : "ASC")
        }
        let page = RecordList(
            state: state, table: table, view: .classic,
            condition: try RecordFilter(table: table, view: .classic, state: state).compile(filter),
            order: try RecordOrder.compile(order, table: table, view: .classic),
            writer: ClassicWriter())
        return try page.page(start: call.integer("start") ?? 0)
    }
}
