internal import Wire

/// Calendars ("sections") of users, groups and the company.
enum CalendarSection {
    static let documents = Documents(kind: "section")

    /// Whether an event of `owner` may stand in the section.
    static func isUsable(_ id: Int, by owner: CalendarOwner, in state: PortalState) throws(PortalFailure) -> Bool {
        guard let section = try documents.get(id, in: state) else { return false }
        return Self.owner(section) == owner
    }

    /// The owner's first section; made now when there is none, as opening the calendar makes it on a portal.
    static func first(of owner: CalendarOwner, in state: PortalState) throws(PortalFailure) -> Int {
        if let known = try documents.owned(by: owner.key, in: state).first { return known.id }
        let name = owner.type == "user" ? try UserRecord.name(owner.id, in: state) : "Company calendar"
        return try insert(owner, ["NAME": .string(name)], author: max(owner.id, 1), in: state)
    }

    static func insert(
        _ owner: CalendarOwner, _ given: JSONObject, author: Int, in state: PortalState
    ) throws(PortalFailure) -> Int {
        var fields: JSONObject = [
            "NAME": "", "DESCRIPTION": "", "COLOR": "#9cbeee", "TEXT_COLOR": "#283000", "EXPORT": false,
            "CAL_TYPE": .string(owner.type), "OWNER_ID": .integer(Int64(owner.id)),
            "CREATED_BY": .integer(Int64(author)), "CREATED": .integer(state.clock.unixSeconds),
            "CHANGED": .integer(state.clock.unixSeconds),
        ]
        for (key, value) in given { fields[key] = value }
        let id = try documents.insert(fields, owner: owner.key, in: state)
        state.events.emitCalendar("SECTIONADD", id: id)
        return id
    }

    private static func owner(_ section: JSONObject) -> CalendarOwner {
        CalendarOwner(
            type: section["CAL_TYPE"]?.stringValue ?? "", id: section["OWNER_ID"]?.lenientInteger ?? 0)
    }

    // MARK: Methods

    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let owner = try ownerOrSelf(call)
        // A user's calendar opens with one section at least.
        if owner.type == "user", try UserRecord.find(owner.id, in: state) != nil { _ = try first(of: owner, in: state) }
        let sections = try documents.owned(by: owner.key, in: state)
        return MethodReply(.array(sections.map { row($0, viewer: call.userID, in: state) }))
    }

    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let owner = try CalendarOwner.required(call)
        guard let name = call.text("name"), !name.isEmpty else { throw CalendarFailure.required("name", call.name) }
        try checkAccess(owner, call, state)
        return MethodReply(.integer(Int64(try insert(owner, given(call), author: call.userID, in: state))))
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let (owner, id, section) = try existing(state, call)
        try checkAccess(owner, call, state)
        var fields = section
        for (key, value) in given(call) { fields[key] = value }
        let isChanged = fields != section
        fields["CHANGED"] = .integer(state.clock.unixSeconds)
        try documents.replace(id, with: fields, in: state)
        if isChanged { state.events.emitCalendar("SECTIONUPDATE", id: id) }
        return MethodReply(.integer(Int64(id)))
    }

    static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let (owner, id, _) = try existing(state, call)
        try checkAccess(owner, call, state)
        for event in try CalendarEvent.owned(by: owner, in: state) where event.sectionID == id {
            try CalendarEvent.documents.delete(event.id, in: state)
        }
        try documents.delete(id, in: state)
        state.events.emitCalendar("SECTIONDELETE", id: id)
        return MethodReply(true)
    }

    /// `calendar.section.get` alone lets a user's own calendar go unnamed.
    private static func ownerOrSelf(_ call: MethodCall) throws(PortalFailure) -> CalendarOwner {
        if call.text("type") == "user", call.parameter("ownerId") == nil { return .user(call.userID) }
        return try .required(call)
    }

    private static func existing(
        _ state: PortalState, _ call: MethodCall
    ) throws(PortalFailure) -> (CalendarOwner, Int, JSONObject) {
        let owner = try CalendarOwner.required(call)
        guard let id = call.integer("id") else { throw CalendarFailure.required("id", call.name) }
        guard let section = try documents.get(id, in: state), Self.owner(section) == owner else {
            throw CalendarFailure.section
        }
        return (owner, id, section)
    }

    private static func checkAccess(
        _ owner: CalendarOwner, _ call: MethodCall, _ state: PortalState
    ) throws(PortalFailure) {
        guard owner.type != "user" || owner.id == call.userID || state.isAdministrator(call.userID) else {
            throw CalendarFailure.accessDenied
        }
    }

    private static func given(_ call: MethodCall) -> JSONObject {
        var fields = JSONObject()
        for name in ["name", "description", "color", "text_color"] {
            if let text = call.text(name) { fields[name.uppercased()] = .string(text) }
        }
        if let export = call.parameter("export") { fields["EXPORT"] = .bool(export["ALLOW"]?.isTruthy ?? false) }
        return fields
    }

    private static func row(_ entry: Documents.Entry, viewer: Int, in state: PortalState) -> JSONValue {
        let fields = entry.fields
        let owner = Self.owner(fields)
        let mayEdit = owner == .user(viewer) || state.isAdministrator(viewer)
        let permissions = ["view_time", "view_title", "view_full", "add", "edit", "edit_section", "access"]
        let seen = ["view_time", "view_title", "view_full"]
        var row: JSONObject = [
            "ID": .string(String(entry.id)), "NAME": fields["NAME"] ?? "", "GAPI_CALENDAR_ID": .null,
        ]
        for key in ["DESCRIPTION", "COLOR", "TEXT_COLOR"] { row[key] = fields[key] ?? "" }
        row["EXPORT"] = ["ALLOW": fields["EXPORT"] ?? false]
        row["CAL_TYPE"] = .string(owner.type)
        row["OWNER_ID"] = .string(String(owner.id))
        row["CREATED_BY"] = .string(fields["CREATED_BY"]?.phpText ?? "")
        row["DATE_CREATE"] = .string(stamp(fields["CREATED"], state))
        row["TIMESTAMP_X"] = .string(stamp(fields["CHANGED"], state))
        for key in ["CAL_DAV_CON", "SYNC_TOKEN", "PAGE_TOKEN"] { row[key] = .null }
        row["EXTERNAL_TYPE"] = "local"
        row["ACCESS"] = ["G2": 13, "U\(owner.id)": 19]
        row["IS_COLLAB"] = false
        row["PERM"] = .object(JSONObject(permissions.map { ($0, .bool(mayEdit || seen.contains($0))) }))
        return .object(row)
    }

    /// `2024-12-10 06:36:00`: sections alone print dates this way.
    private static func stamp(_ value: JSONValue?, _ state: PortalState) -> String {
        let local = state.wallClock.local(Int64(value?.lenientInteger ?? 0))
        return "\(local.date) \(local.time)"
    }
}
