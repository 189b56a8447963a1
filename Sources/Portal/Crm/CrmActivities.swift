internal import Storage
internal import Wire

/// `crm.activity.*`: calls, meetings, mails and to-dos that hang on records.
///
/// https://apidocs.bitrix24.com/api-reference/crm/timeline/activities/index.html
enum CrmActivities {
    static let table = RecordTable(
        "crm_activity",
        spec: """
            ID = integer ro
            OWNER_ID = integer
            OWNER_TYPE_ID = integer
            TYPE_ID = integer
            PROVIDER_ID = string
            PROVIDER_TYPE_ID = string
            PROVIDER_GROUP_ID = string
            ASSOCIATED_ENTITY_ID = integer
            SUBJECT = string
            CREATED = datetime ro
            LAST_UPDATED = datetime ro
            START_TIME = datetime
            END_TIME = datetime
            DEADLINE = datetime ro
            COMPLETED = char
            STATUS = integer ro
            RESPONSIBLE_ID = user
            PRIORITY = integer
            NOTIFY_TYPE = integer
            NOTIFY_VALUE = integer
            DESCRIPTION = string
            DESCRIPTION_TYPE = integer
            DIRECTION = integer
            LOCATION = string
            SETTINGS = object
            ORIGINATOR_ID = string
            ORIGIN_ID = string
            AUTHOR_ID = user
            EDITOR_ID = user ro
            PROVIDER_PARAMS = object
            PROVIDER_DATA = string
            """)

    static let schema =
        CrmActivityBindings.schema + table.schema + [table.index("OWNER_ID"), table.index("RESPONSIBLE_ID")]

    static let methods: [PortalMethod] = [
        .crm("crm.activity.add") { state, call throws(PortalFailure) in try add(state, call) },
        .crm("crm.activity.get") { state, call throws(PortalFailure) in
            let id = try call.requiredID()
            let found = try CrmActivities.store(state).load(id)
            guard let record = found else { throw PortalFailure.notFound }
            return MethodReply(.object(record.fields))
        },
        .crm("crm.activity.fields") { _, _ throws(PortalFailure) in
            var fields = CrmFields.describe(table, view: .classic)
            for (name, type) in [
                ("COMMUNICATIONS", "crm_activity_communication"), ("FILES", "diskfile"),
                ("BINDINGS", "crm_activity_binding"),
            ] {
                fields[name] = [
                    "type": .string(type), "isRequired": .bool(name == "COMMUNICATIONS"), "isReadOnly": false,
                    "isImmutable": false, "isMultiple": true, "isDynamic": false,
                    "title": .string(FieldName.title(name)),
                ]
            }
            return MethodReply(.object(fields))
        },
        .crm("crm.activity.list") { state, call throws(PortalFailure) in try list(state, call) },
        .crm("crm.activity.update") { state, call throws(PortalFailure) in
            let fields = try call.object("fields") ?? JSONObject()
            try update(state, call, id: try call.requiredID(), fields)
            return MethodReply(true)
        },
        .crm("crm.activity.delete") { state, call throws(PortalFailure) in
            let id = try call.requiredID()
            guard try store(state).exists(id) else { throw PortalFailure.notFound }
            try store(state).delete(id)
            try CrmActivityBindings.removeAll(id, state)
            state.events.emit("ONCRMACTIVITYDELETE", id: id)
            return MethodReply(true)
        },
        .crm("crm.activity.todo.add") { state, call throws(PortalFailure) in try addToDo(state, call) },
        .crm("crm.activity.todo.update") { state, call throws(PortalFailure) in
            try updateToDo(
                state, call,
                [
                    "DEADLINE": call.parameter("deadline"), "SUBJECT": call.parameter("title"),
                    "DESCRIPTION": call.parameter("description"), "RESPONSIBLE_ID": call.parameter("responsibleId"),
                ])
        },
        .crm("crm.activity.todo.updatedeadline") { state, call throws(PortalFailure) in
            try updateToDo(state, call, ["DEADLINE": call.parameter("value")])
        },
        .crm("crm.activity.todo.updatedescription") { state, call throws(PortalFailure) in
            try updateToDo(state, call, ["DESCRIPTION": call.parameter("value")])
        },
        .crm("crm.activity.todo.updateresponsibleuser") { state, call throws(PortalFailure) in
            try updateToDo(state, call, ["RESPONSIBLE_ID": call.parameter("responsibleId")])
        },
    ]

    private static func store(_ state: PortalState) -> RecordStore { RecordStore(state: state, table: table) }

    private static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let fields = try call.object("fields") ?? JSONObject()
        if fields["PROVIDER_ID"]?.phpText == "REST_APP" {
            throw PortalFailure("", "Application context required", status: 403)
        }
        for name in ["OWNER_TYPE_ID", "OWNER_ID"] where (fields[name]?.lenientInteger ?? 0) <= 0 {
            throw PortalFailure("", "The field \(name) is not defined or invalid.")
        }
        let type = fields["TYPE_ID"]?.lenientInteger ?? 0
        guard type > 0 else { throw PortalFailure("", "The field TYPE_ID is not defined or invalid.") }
        let communications = (fields["COMMUNICATIONS"] ?? .null).phpList
        if [2, 4].contains(type), communications.isEmpty {
            throw PortalFailure("", "The field COMMUNICATIONS is not defined or invalid.")
        }
        if type == 2, communications.count > 1 {
            throw PortalFailure("", "The only one communication is allowed for activity of specified type.")
        }
        return MethodReply(.integer(Int64(try insert(state, call, fields, communications))))
    }

    private static func insert(
        _ state: PortalState, _ call: MethodCall, _ fields: JSONObject, _ communications: [JSONValue],
        deadline: String? = nil
    ) throws(PortalFailure) -> Int {
        let id = try store(state).nextID()
        var record = store(state).blank(id)
        let user = JSONValue.string(String(call.userID))
        for name in ["RESPONSIBLE_ID", "AUTHOR_ID", "EDITOR_ID"] { record.fields[name] = user }
        for name in ["CREATED", "LAST_UPDATED"] { record.fields[name] = .string(state.now) }
        record.fields["COMPLETED"] = "N"
        record.fields["PRIORITY"] = "2"
        record.fields["DESCRIPTION_TYPE"] = "1"
        record.fields["SETTINGS"] = []
        assign(state, fields, to: &record)
        if let deadline { try setDeadline(state, &record, deadline) }
        if !communications.isEmpty { record.multi["COMMUNICATIONS"] = .array(communications) }
        let files = try files(state, fields["FILES"])
        if !files.isEmpty { record.multi["FILES"] = .array(files.map { .integer(Int64($0)) }) }
        try store(state).insert(record)
        try CrmActivityBindings.insert(
            id, .init(typeID: record.integer("OWNER_TYPE_ID"), id: record.integer("OWNER_ID")), state)
        state.events.emit("ONCRMACTIVITYADD", id: id)
        return id
    }

    /// `[{"fileData": ["name", "<Base64>"]}]`: the numbers under which the files are kept.
    private static func files(_ state: PortalState, _ value: JSONValue?) throws(PortalFailure) -> [Int] {
        var ids: [Int] = []
        for item in (value ?? .null).phpList {
            if let content = try FileContent(item) { ids.append(try state.files.add(content)) }
        }
        return ids
    }

    private static func update(
        _ state: PortalState, _ call: MethodCall, id: Int, _ fields: JSONObject, deadline: String? = nil
    ) throws(PortalFailure) {
        let found = try store(state).load(id)
        guard var record = found else { throw PortalFailure.notFound }
        let before = record.fields
        assign(state, fields, to: &record)
        if let deadline { try setDeadline(state, &record, deadline) }
        guard record.fields != before else { return }
        record.fields["LAST_UPDATED"] = .string(state.now)
        record.fields["EDITOR_ID"] = .string(String(call.userID))
        try store(state).replace(record)
        state.events.emit("ONCRMACTIVITYUPDATE", id: id)
    }

    private static func assign(_ state: PortalState, _ fields: JSONObject, to record: inout StoredRecord) {
        let values = FieldValue(state: state)
        for (key, value) in fields {
            guard let field = table.field(key.uppercased()), !field.isReadOnly,
                let stored = values.stored(value, for: field)
            else { continue }
            record.fields[field.name] = stored
        }
        record.fields["STATUS"] = record.fields["COMPLETED"] == "Y" ? "2" : "1"
        // Calls and meetings are due when they begin.
        if ["1", "2"].contains(record.fields["TYPE_ID"]) {
            record.fields["DEADLINE"] = record.fields["START_TIME"] ?? .null
        }
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let select = JSONObject.names(call.parameter("select"))
        var asked = try call.object("filter") ?? JSONObject()
        let bindings = asked.remove("BINDINGS")
        var condition = try RecordFilter(table: table, view: .classic, state: state).compile(asked)
        var join = ""
        if let bindings, let bound = CrmActivityBindings.condition(bindings) {
            if state.settings.crm.bindingsRepeatActivities {
                join = " JOIN crm_activity_binding ON activity_id = id AND \(bound)"
            } else {
                let inside = "id IN (SELECT activity_id FROM crm_activity_binding WHERE \(bound))"
                condition.sql = condition.sql.isEmpty ? inside : "\(condition.sql) AND \(inside)"
            }
        }
        let page = RecordList(
            state: state, table: table, view: .classic, condition: condition,
            order: try RecordOrder.compile(
                try call.object("order") ?? JSONObject(), table: table, view: .classic,
                byDefault: "unixepoch(json_extract(fields,'$.START_TIME')), id"),
            writer: ActivityWriter(select: select), join: join)
        var reply = try page.page(start: call.integer("start") ?? 0)
        if select.contains(where: { $0.uppercased() == "FILES" }) { try linkFiles(of: &reply, state, call) }
        return reply
    }

    /// Turns the numbers of files into what a reader gets: `{id, url}`.
    private static func linkFiles(
        of reply: inout MethodReply, _ state: PortalState, _ call: MethodCall
    ) throws(PortalFailure) {
        guard let rows = try? JSONValue(parsing: reply.resultBytes) else { throw .local("a list is no JSON") }
        var linked: [JSONValue] = []
        for row in rows.phpList {
            var fields = row.objectValue ?? JSONObject()
            var files: [JSONValue] = []
            for id in (fields["FILES"] ?? .null).phpList {
                guard let number = id.lenientInteger else { continue }
                let url = try state.fileLinks.url("download", .file(number), module: "crm", for: call)
                files.append(["id": id, "url": .string(url)])
            }
            if !files.isEmpty { fields["FILES"] = .array(files) }
            linked.append(.object(fields))
        }
        reply.result = .json(JSONValue.array(linked).encoded())
    }

    // MARK: To-dos

    private static func addToDo(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let ownerType = call.integer("ownerTypeId"), let owner = call.integer("ownerId") else {
            throw PortalFailure("100", "Could not find value for parameter {ownerTypeId}")
        }
        guard let type = try CrmCatalog(state: state).type(ownerType),
            try RecordStore(state: state, table: type.table).exists(owner)
        else { throw PortalFailure("OWNER_NOT_FOUND", "The owner is not found") }
        guard let deadline = call.text("deadline"), state.instant(deadline) != nil else {
            throw PortalFailure("WRONG_DATETIME_FORMAT", "Invalid date format in the field \"deadline\"")
        }
        var fields = JSONObject()
        fields["OWNER_TYPE_ID"] = .integer(Int64(ownerType))
        fields["OWNER_ID"] = .integer(Int64(owner))
        fields["TYPE_ID"] = 6
        let provider = "CRM_TODO"
        fields["PROVIDER_ID"] = .string(provider)
        fields["PROVIDER_TYPE_ID"] = .string(String(provider.dropFirst("CRM_".count)))
        fields["SUBJECT"] = .string(call.text("title") ?? "")
        fields["DESCRIPTION"] = .string(call.text("description") ?? "")
        if let user = call.parameter("responsibleId") { fields["RESPONSIBLE_ID"] = user }
        let id = try insert(state, call, fields, [], deadline: deadline)
        return MethodReply(["id": .integer(Int64(id))])
    }

    private static func updateToDo(
        _ state: PortalState, _ call: MethodCall, _ changes: [String: JSONValue?]
    ) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("id"), let record = try store(state).load(id),
            record.fields["PROVIDER_ID"] == "CRM_TODO"
        else { throw PortalFailure("NOT_FOUND", "Element not found") }
        guard record.fields["COMPLETED"] != "Y" else {
            throw PortalFailure("CAN_NOT_UPDATE_COMPLETED_TODO", "A completed activity cannot be changed")
        }
        var fields = JSONObject()
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) where name != "DEADLINE" {
            if let value { fields[name] = value }
        }
        try update(state, call, id: id, fields, deadline: changes["DEADLINE"].flatMap { $0 }?.phpText)
        return MethodReply(["id": .integer(Int64(id))])
    }

    /// A to-do is due at its deadline, which is its start and end too.
    private static func setDeadline(
        _ state: PortalState, _ record: inout StoredRecord, _ text: String
    ) throws(PortalFailure) {
        guard let instant = state.instant(text) else {
            throw PortalFailure("WRONG_DATETIME_FORMAT", "Invalid date format in the field \"deadline\"")
        }
        for name in ["DEADLINE", "START_TIME", "END_TIME"] { record.fields[name] = .string(state.iso8601(instant)) }
    }
}
