internal import Wire

/// `telephony.externalCall.*`: calls that a telephone system outside reports. A finished one is in the statistics and,
/// when a record is known, an activity of it.
///
/// https://apidocs.bitrix24.com/api-reference/telephony/index.html
enum ExternalCalls {
    private static let documents = Documents(kind: "telephony.call")
    /// The same call, told again within half an hour, is the same.
    static let repeatSeconds: Int64 = 1_800

    static let methods = [
        method("register", register), method("finish", finish), method("attachRecord", attachRecord),
        method("show", change { $0["shown"] = true }), method("hide", change { $0["shown"] = false }),
        method("searchCrmEntities", search),
    ]

    private static func method(_ name: String, _ handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("telephony.externalCall.\(name)", scope: "telephony", handler: handler)
    }

    private static func register(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let user = try user(call, state)
        guard let phone = call.text("PHONE_NUMBER"), !phone.isEmpty else {
            throw PortalFailure("ERROR_CORE", "PHONE_NUMBER should not be empty")
        }
        guard let type = call.integer("TYPE"), (1...5).contains(type) else {
            throw PortalFailure("ERROR_CORE", "Unknown TYPE")
        }
        let key =
            "\(user)|\(phone)|\(type)|\(call.text("EXTERNAL_CALL_ID") ?? "")|\(call.text("CALL_START_DATE") ?? "")"
        let now = state.clock.unixSeconds
        let known = try documents.owned(by: key, in: state).last { now - seconds($0) < repeatSeconds }
        if let known { return MethodReply(registered(known.fields)) }
        var fields: JSONObject = [
            "id": .string("externalCall.\(state.random.hexadecimal(digits: 32)).\(now)"), "user": .integer(Int64(user)),
            "phone": .string(phone), "type": .integer(Int64(type)), "seconds": .integer(now),
            "start": .string(call.text("CALL_START_DATE") ?? state.now), "line": call.parameter("LINE_NUMBER") ?? "",
            "external": call.parameter("EXTERNAL_CALL_ID") ?? "",
        ]
        if let kind = call.text("CRM_ENTITY_TYPE")?.uppercased(), let id = call.integer("CRM_ENTITY_ID"), id > 0 {
            fields["crm_type"] = .string(kind)
            fields["crm_id"] = .integer(Int64(id))
        } else if let found = try records(phone, state).first {
            fields["crm_type"] = .string(found.type.symbol)
            fields["crm_id"] = .integer(Int64(found.id))
        } else if call.parameter("CRM_CREATE")?.isTruthy ?? false {
            let input = CrmInput.classic(
                [
                    "TITLE": .string("\(phone) - Call"), "SOURCE_ID": call.parameter("CRM_SOURCE") ?? "CALL",
                    "PHONE": [["VALUE": .string(phone), "VALUE_TYPE": "WORK"]],
                ], type: .lead)
            let lead = try CrmRecords(state: state, type: .lead, userID: user).add(input)
            fields["crm_type"] = "LEAD"
            fields["crm_id"] = .integer(Int64(lead))
            fields["created"] = .integer(Int64(lead))
        }
        try documents.insert(fields, owner: key, in: state)
        return MethodReply(registered(fields))
    }

    private static func registered(_ fields: JSONObject) -> JSONValue {
        let created = fields["created"]?.lenientInteger
        return [
            "CALL_ID": fields["id"] ?? "", "CRM_CREATED_LEAD": created.map { .integer(Int64($0)) } ?? .null,
            "CRM_CREATED_ENTITIES": created.map {
                [["ENTITY_TYPE": "LEAD", "ENTITY_ID": .integer(Int64($0))]]
            } ?? [],
            "CRM_ENTITY_TYPE": fields["crm_type"] ?? .null, "CRM_ENTITY_ID": fields["crm_id"] ?? .null,
        ]
    }

    private static func finish(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let entry = try open(call, state)
        guard entry.fields["row"] == nil else { throw PortalFailure("ERROR_CORE", "Call is already finished") }
        let user = try user(call, state)
        let duration = max(0, call.integer("DURATION") ?? 0)
        var row: JSONObject = [
            "CALL_ID": entry.fields["id"] ?? "", "PORTAL_USER_ID": .integer(Int64(user)),
            "PHONE_NUMBER": entry.fields["phone"] ?? "", "CALL_TYPE": entry.fields["type"] ?? 1,
            "CALL_DURATION": .integer(Int64(duration)), "CALL_START_DATE": entry.fields["start"] ?? "",
            "PORTAL_NUMBER": entry.fields["line"] ?? "", "EXTERNAL_CALL_ID": entry.fields["external"] ?? "",
            "CALL_FAILED_CODE": .string(call.text("STATUS_CODE") ?? (duration > 0 ? "200" : "304")),
            "CALL_FAILED_REASON": .string(call.text("FAILED_REASON") ?? ""),
            "COST": .string(call.text("COST") ?? "0.0000"), "COST_CURRENCY": .string(call.text("COST_CURRENCY") ?? ""),
        ]
        if let vote = call.integer("VOTE") { row["CALL_VOTE"] = .integer(Int64(vote)) }
        if let url = call.text("RECORD_URL") { row["CALL_RECORD_URL"] = .string(url) }
        if let symbol = entry.fields["crm_type"]?.stringValue, let id = entry.fields["crm_id"]?.lenientInteger {
            row["CRM_ENTITY_TYPE"] = .string(symbol)
            row["CRM_ENTITY_ID"] = .integer(Int64(id))
            row["CRM_ACTIVITY_ID"] = try activity(of: entry.fields, symbol, id, by: user, state)
        }
        let number = try CallStatistics.call.add(row, view: .classic, userID: user, in: state)
        var fields = entry.fields
        fields["row"] = .integer(Int64(number))
        try documents.replace(entry.id, with: fields, in: state)
        row["ID"] = .integer(Int64(number))
        // An object without members on the wire, as the page shows it.
        row["CALL_START_DATE"] = .object(JSONObject())
        return MethodReply(json: JSONValue.object(row).encoded())
    }

    /// The call as an activity of the record.
    private static func activity(
        of call: JSONObject, _ symbol: String, _ id: Int, by user: Int, _ state: PortalState
    ) throws(PortalFailure) -> JSONValue {
        guard let type = CrmType.builtIn.first(where: { $0.symbol == symbol }),
            let add = PortalMethods.lookup("crm.activity.add", api: .classic)
        else { return .null }
        let phone = call["phone"] ?? ""
        let fields: JSONObject = [
            "OWNER_TYPE_ID": .integer(Int64(type.entityTypeID)), "OWNER_ID": .integer(Int64(id)), "TYPE_ID": 2,
            "PROVIDER_ID": "VOXIMPLANT_CALL", "SUBJECT": .string("Call \(phone.phpText ?? "")"), "COMPLETED": "Y",
            "RESPONSIBLE_ID": .integer(Int64(user)), "DIRECTION": call["type"] == 1 ? 2 : 1,
            "ORIGIN_ID": .string("VI_\(call["id"]?.phpText ?? "")"),
            "COMMUNICATIONS": [["VALUE": phone, "TYPE": "PHONE"]],
        ]
        let made = try add.handler(
            state, MethodCall(name: add.name, userID: user, parameters: ["fields": .object(fields)]))
        guard case .value(let value) = made.result else { return .null }
        return value
    }

    /// A recording: its bytes in Base64, or where they are.
    private static func attachRecord(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let entry = try open(call, state)
        guard let row = entry.fields["row"]?.lenientInteger else {
            throw PortalFailure("ERROR_CORE", "Call is not finished")
        }
        if let url = call.text("RECORD_URL"), !url.isEmpty {
            try CallStatistics.call.update(
                row, ["CALL_RECORD_URL": .string(url)], view: .classic, userID: call.userID, in: state)
            return MethodReply(["FILE_ID": .null])
        }
        guard let name = call.text("FILENAME"), !name.isEmpty, let text = call.text("FILE_CONTENT"), !text.isEmpty
        else { throw PortalFailure("ERROR_CORE", "FILENAME and FILE_CONTENT should not be empty") }
        let file = try state.files.add(try FileContent(name: name, base64: text))
        try CallStatistics.call.update(
            row, ["RECORD_FILE_ID": .integer(Int64(file))], view: .classic, userID: call.userID, in: state)
        return MethodReply(["FILE_ID": .integer(Int64(file))])
    }

    /// The card of the call at an employee's screen.
    private static func change(_ edit: @escaping @Sendable (inout JSONObject) -> Void) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            let entry = try open(call, state)
            var fields = entry.fields
            edit(&fields)
            try documents.replace(entry.id, with: fields, in: state)
            return MethodReply(true)
        }
    }

    private static func search(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let phone = call.text("PHONE_NUMBER"), !phone.isEmpty else {
            throw PortalFailure("ERROR_CORE", "PHONE_NUMBER should not be empty")
        }
        var rows: [JSONValue] = []
        for (type, id) in try records(phone, state) {
            guard let record = try RecordStore(state: state, table: type.table).load(id) else { continue }
            let user = record.integer("ASSIGNED_BY_ID")
            let names = ["TITLE", "NAME", "LAST_NAME"].compactMap { record.fields[$0]?.phpText }
            rows.append([
                "CRM_ENTITY_TYPE": .string(type.symbol), "CRM_ENTITY_ID": .integer(Int64(id)),
                "ASSIGNED_BY_ID": .integer(Int64(user)),
                "NAME": .string(names.filter { !$0.isEmpty }.joined(separator: " ")),
                "ASSIGNED_BY": [
                    "ID": .integer(Int64(user)), "TIMEMAN_STATUS": "OPENED", "USER_PHONE_INNER": "",
                ],
            ])
        }
        return MethodReply(.array(rows))
    }

    // MARK: Shared

    /// Who has this telephone number: contacts before companies before leads.
    private static func records(
        _ phone: String, _ state: PortalState
    ) throws(PortalFailure) -> [(type: CrmType, id: Int)] {
        var found: [(type: CrmType, id: Int)] = []
        for type in [CrmType.contact, .company, .lead] {
            found += try CrmDuplicates.matches(state, "PHONE", [phone], type).map { (type, $0) }
        }
        return found
    }

    private static func user(_ call: MethodCall, _ state: PortalState) throws(PortalFailure) -> Int {
        if let id = call.integer("USER_ID"), try UserRecord.find(id, in: state) != nil { return id }
        throw PortalFailure("ERROR_CORE", "USER_ID or USER_PHONE_INNER should be set")
    }

    private static func open(_ call: MethodCall, _ state: PortalState) throws(PortalFailure) -> Documents.Entry {
        let id = call.text("CALL_ID") ?? ""
        guard let entry = try documents.all(in: state).last(where: { $0.fields["id"]?.stringValue == id }) else {
            throw PortalFailure("ERROR_CORE", "Call is not found (call id: \(id))")
        }
        return entry
    }

    private static func seconds(_ entry: Documents.Entry) -> Int64 {
        Int64(entry.fields["seconds"]?.lenientInteger ?? 0)
    }
}
