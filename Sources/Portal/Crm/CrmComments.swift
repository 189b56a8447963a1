internal import Storage
internal import Wire

/// `crm.timeline.comment.*`.
///
/// https://apidocs.bitrix24.com/api-reference/crm/timeline/comments/index.html
enum CrmComments {
    static let table = RecordTable(
        "crm_comment",
        spec: """
            ID = integer ro
            ENTITY_ID = integer fixed
            ENTITY_TYPE = string fixed
            CREATED = datetime ro
            COMMENT = string
            AUTHOR_ID = user
            FILES = object
            """)

    static let methods: [PortalMethod] = [
        .crm("crm.timeline.comment.add") { state, call throws(PortalFailure) in try add(state, call) },
        .crm("crm.timeline.comment.get") { state, call throws(PortalFailure) in
            let record = try load(state, call)
            return MethodReply(.object(try CrmCommentFiles(state: state).shown(record.fields, for: call)))
        },
        fields,
        .crm("crm.timeline.comment.list") { state, call throws(PortalFailure) in try list(state, call) },
        .crm("crm.timeline.comment.update") { state, call throws(PortalFailure) in
            var record = try load(state, call)
            // Lower-case `fields` only: the one parameter whose case counts.
            guard let text = call.parameters["fields"]?["COMMENT"]?.phpText, !text.isEmpty else {
                throw PortalFailure("", "Empty comment message")
            }
            guard record.fields["COMMENT"] != .string(text) else { return MethodReply(true) }
            record.fields["COMMENT"] = .string(text)
            if let files = call.parameters["fields"]?["FILES"] {
                record.fields["FILES"] = try CrmCommentFiles(state: state).stored(files)
            }
            try store(state).replace(record)
            emit("UPDATE", record.id, state)
            return MethodReply(true)
        },
        .crm("crm.timeline.comment.delete") { state, call throws(PortalFailure) in
            let record = try load(state, call)
            try store(state).delete(record.id)
            emit("DELETE", record.id, state)
            return MethodReply(.null)
        },
    ]

    private static let fields: PortalMethod = .crm("crm.timeline.comment.fields") { _, _ throws(PortalFailure) in
        var fields = CrmFields.describe(table, view: .classic)
        fields["FILES"] = [
            "type": "attached_diskfile", "isRequired": false, "isReadOnly": false, "isImmutable": false,
            "isMultiple": true, "isDynamic": false, "title": "Files",
        ]
        return MethodReply(["fields": .object(fields)])
    }

    private static func store(_ state: PortalState) -> RecordStore { RecordStore(state: state, table: table) }

    /// Comments alone carry their number at the top.
    private static func emit(_ change: String, _ id: Int, _ state: PortalState) {
        let name = "ONCRMTIMELINECOMMENT\(change)"
        if state.settings.events.commentEventHasFields {
            state.events.emit(name, id: id)
        } else {
            state.events.emit(name, ["ID": .integer(Int64(id))])
        }
    }

    private static func load(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> StoredRecord {
        guard let record = try store(state).load(try call.requiredID()) else { throw .notFound }
        return record
    }

    private static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let fields = call.parameters["fields"]?.phpObject ?? JSONObject()
        let kind = (fields["ENTITY_TYPE"]?.phpText ?? "").lowercased()
        guard let entity = fields["ENTITY_ID"]?.lenientInteger, entity > 0, !kind.isEmpty,
            let type = try type(named: kind, state)
        else { throw PortalFailure("", "ENTITY_ID and ENTITY_TYPE are not defined or invalid.") }
        guard try RecordStore(state: state, table: type.table).exists(entity) else { throw .notFound }
        guard let text = fields["COMMENT"]?.phpText, !text.isEmpty else {
            throw PortalFailure("", "Empty comment message")
        }
        let id = try store(state).nextID()
        var record = store(state).blank(id)
        record.fields["ENTITY_ID"] = .string(String(entity))
        record.fields["ENTITY_TYPE"] = .string(kind)
        record.fields["CREATED"] = .string(state.now)
        record.fields["COMMENT"] = .string(text)
        if let files = fields["FILES"] {
            record.fields["FILES"] = try CrmCommentFiles(state: state).stored(files)
        }
        record.fields["AUTHOR_ID"] = .string(String(fields["AUTHOR_ID"]?.lenientInteger ?? call.userID))
        try store(state).insert(record)
        emit("ADD", id, state)
        return MethodReply(.integer(Int64(id)))
    }

    /// `deal`, `dynamic_128` → the type.
    private static func type(named kind: String, _ state: PortalState) throws(PortalFailure) -> CrmType? {
        if let known = CrmType.builtIn.first(where: { $0.classicName == kind }) { return known }
        guard kind.hasPrefix("dynamic_"), let number = Int(kind.dropFirst("dynamic_".count)) else { return nil }
        return try CrmCatalog(state: state).type(number)
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let filter = try call.object("filter") ?? JSONObject()
        let names = Set(filter.keys.map { FilterOperation.split($0).1.uppercased() })
        guard names.isSuperset(of: ["ENTITY_ID", "ENTITY_TYPE"]) else {
            throw PortalFailure("", "Filter must contain ENTITY_ID and ENTITY_TYPE.")
        }
        let page = RecordList(
            state: state, table: table, view: .classic,
            condition: try RecordFilter(table: table, view: .classic, state: state).compile(filter),
            order: try RecordOrder.compile(
                try call.object("order") ?? JSONObject(), table: table, view: .classic),
            writer: ClassicWriter(select: JSONObject.names(call.parameter("select")), table: table))
        var reply = try page.page(start: call.integer("start") ?? 0)
        try CrmCommentFiles(state: state).show(in: &reply, for: call)
        return reply
    }
}
