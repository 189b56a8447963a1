internal import Wire

/// What stands in a record's timeline beside comments and activities: log messages, notes, pins.
///
/// https://apidocs.bitrix24.com/api-reference/crm/timeline/index.html
enum CrmTimeline {
    private static let messages = Documents(kind: "crm.timeline.log")
    private static let notes = Documents(kind: "crm.timeline.note")
    private static let pins = Documents(kind: "crm.timeline.pin")
    /// Items of one timeline that may be pinned at a time.
    static let pinsMax = 5
    /// Rows of a page of log messages.
    static let rowsMax = 10

    static let methods: [PortalMethod] =
        [
            .crm("crm.timeline.logmessage.add") { state, call throws(PortalFailure) in try addMessage(state, call) },
            .crm("crm.timeline.logmessage.get") { state, call throws(PortalFailure) in
                MethodReply(["logMessage": row(try message(state, call))])
            },
            .crm("crm.timeline.logmessage.list") { state, call throws(PortalFailure) in try list(state, call) },
            .crm("crm.timeline.logmessage.delete") { state, call throws(PortalFailure) in
                try messages.delete(try message(state, call).id, in: state)
                return MethodReply(.null)
            },
            .crm("crm.timeline.note.save") { state, call throws(PortalFailure) in try saveNote(state, call) },
            .crm("crm.timeline.note.get") { state, call throws(PortalFailure) in
                let note = try note(state, call)
                return MethodReply([
                    "text": note.fields["text"] ?? "", "createdTime": note.fields["created"] ?? "",
                    "createdBy": note.fields["author"] ?? 0, "updatedTime": note.fields["updated"] ?? "",
                    "updatedBy": note.fields["editor"] ?? 0,
                ])
            },
            .crm("crm.timeline.note.delete") { state, call throws(PortalFailure) in
                try notes.delete(try note(state, call).id, in: state)
                return MethodReply(true)
            },
            .crm("crm.timeline.item.pin") { state, call throws(PortalFailure) in try pin(state, call) },
            .crm("crm.timeline.item.unpin") { state, call throws(PortalFailure) in
                for pin in try pinned(state, call) { try pins.delete(pin.id, in: state) }
                return MethodReply(.null)
            },
        ]

    // MARK: Log messages

    private static func addMessage(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let given = try call.object("fields") ?? JSONObject()
        for name in ["title", "text", "iconCode"] where (given[name]?.phpText ?? "").isEmpty {
            throw PortalFailure("100", "Could not find value for parameter {\(name)}")
        }
        let owner = try owner(given["entityTypeId"], given["entityId"], state)
        let fields: JSONObject = [
            "created": .string(state.now), "author": .integer(Int64(call.userID)), "title": given["title"] ?? "",
            "text": given["text"] ?? "", "icon": given["iconCode"] ?? "",
        ]
        let id = try messages.insert(fields, owner: owner, in: state)
        return MethodReply(["logMessage": row(Documents.Entry(id: id, fields: fields))])
    }

    private static func message(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> Documents.Entry {
        guard let id = call.integer("id"), let fields = try messages.get(id, in: state) else {
            throw PortalFailure("NOT_FOUND", "Not found")
        }
        return Documents.Entry(id: id, fields: fields)
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let owner = try owner(call.parameter("entityTypeId"), call.parameter("entityId"), state)
        var all = try messages.owned(by: owner, in: state)
        let order = try call.object("order")?.first { $0.key.lowercased() == "id" }?.value.phpText ?? "asc"
        if order.lowercased() == "desc" { all.reverse() }
        let start = max(0, call.integer("start") ?? 0)
        let rows = all.dropFirst(start).prefix(rowsMax).map(row)
        let next = start + rows.count < all.count ? start + rowsMax : nil
        return MethodReply(["logMessages": .array(rows)], next: next, total: all.count)
    }

    private static func row(_ entry: Documents.Entry) -> JSONValue {
        [
            "id": .integer(Int64(entry.id)), "created": entry.fields["created"] ?? "",
            "authorId": entry.fields["author"] ?? 0, "title": entry.fields["title"] ?? "",
            "text": entry.fields["text"] ?? "", "iconCode": entry.fields["icon"] ?? "",
        ]
    }

    // MARK: Notes

    private static func saveNote(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let text = call.text("text"), !text.isEmpty else {
            throw PortalFailure("100", "Could not find value for parameter {text}")
        }
        let key = try noteKey(state, call)
        let author = JSONValue.integer(Int64(call.userID))
        if var known = try notes.owned(by: key, in: state).first {
            known.fields["text"] = .string(text)
            known.fields["updated"] = .string(state.now)
            known.fields["editor"] = author
            try notes.replace(known.id, with: known.fields, in: state)
            return MethodReply(true)
        }
        let fields: JSONObject = [
            "text": .string(text), "author": author, "editor": author, "created": .string(state.now),
            "updated": .string(state.now),
        ]
        try notes.insert(fields, owner: key, in: state)
        return MethodReply(true)
    }

    private static func note(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> Documents.Entry {
        guard let note = try notes.owned(by: try noteKey(state, call), in: state).first else {
            throw PortalFailure("NOT_FOUND", "Not found")
        }
        return note
    }

    /// The item that a note belongs to: 1 an entry of the history, 2 an activity.
    private static func noteKey(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> String {
        let owner = try owner(call.parameter("ownerTypeId"), call.parameter("ownerId"), state)
        guard let type = call.integer("itemType"), type == 1 || type == 2, let id = call.integer("itemId") else {
            throw PortalFailure("100", "Could not find value for parameter {itemId}")
        }
        if type == 2, try !RecordStore(state: state, table: CrmActivities.table).exists(id) {
            throw PortalFailure("NOT_FOUND", "Not found")
        }
        return "\(owner):\(type):\(id)"
    }

    // MARK: Pins

    private static func pin(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard try pinned(state, call).isEmpty else { return MethodReply(.null) }
        let owner = try owner(call.parameter("ownerTypeId"), call.parameter("ownerId"), state)
        guard let id = call.integer("id"), id > 0 else { throw PortalFailure("NOT_FOUND", "Not found") }
        guard try pins.owned(by: owner, in: state).count < pinsMax else {
            throw PortalFailure("CAN_NOT_CHANGE_PINNED", "No more than \(pinsMax) items can be pinned")
        }
        try pins.insert(["item": .integer(Int64(id))], owner: owner, in: state)
        return MethodReply(.null)
    }

    private static func pinned(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> [Documents.Entry] {
        let owner = try owner(call.parameter("ownerTypeId"), call.parameter("ownerId"), state)
        return try pins.owned(by: owner, in: state).filter { $0.fields["item"]?.lenientInteger == call.integer("id") }
    }

    // MARK: Shared

    /// The record that a timeline belongs to.
    private static func owner(
        _ typeID: JSONValue?, _ id: JSONValue?, _ state: PortalState
    ) throws(PortalFailure) -> String {
        guard let typeID = typeID?.lenientInteger, let id = id?.lenientInteger,
            let type = try CrmCatalog(state: state).type(typeID),
            try RecordStore(state: state, table: type.table).exists(id)
        else { throw PortalFailure("OWNER_NOT_FOUND", "Owner was not found") }
        return "\(typeID):\(id)"
    }
}
