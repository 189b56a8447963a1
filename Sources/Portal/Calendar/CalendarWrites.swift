internal import Wire

/// `calendar.event.add`, `update`, `delete`. Two events at the same time are no error anywhere in this family.
enum CalendarWrites {
    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let owner = try CalendarOwner.required(call)
        guard let name = call.parameter("name"), name != "" else { throw CalendarFailure.required("name", call.name) }
        guard given(call, "from", "from_ts") else { throw CalendarFailure.required("from", call.name) }
        guard given(call, "to", "to_ts") else { throw CalendarFailure.required("to", call.name) }
        try checkOwner(owner, call, state)
        var event = CalendarEvent(fields: [
            "CAL_TYPE": .string(owner.type), "OWNER_ID": .integer(Int64(owner.id)), "ACCESSIBILITY": "busy",
            "IMPORTANCE": "normal", "PRIVATE_EVENT": "N", "COLOR": "#9cbeee", "IS_MEETING": false,
            "CREATED_BY": .integer(Int64(call.userID)), "CREATED": .integer(state.clock.unixSeconds),
        ])
        try event.apply(call, in: state)
        event.fields["DAV_XML_ID"] = .string("\(event.from)-\(state.clock.nanoseconds)@local.portal")
        return MethodReply(.integer(Int64(try event.save(in: state))))
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("id") else { throw CalendarFailure.required("id", call.name) }
        let owner = try CalendarOwner.required(call)
        guard let found = try CalendarEvent.find(id, in: state), found.owner == owner,
            var event = try CalendarEvent.find(found.parentID, in: state)
        else { throw CalendarFailure.accessDenied }
        try checkOwner(owner, call, state)
        if event.isMeeting, event.host != call.userID, call.integer("host") != event.host {
            throw CalendarFailure.accessDenied
        }
        let mode = call.text("recurrence_mode") ?? ""
        switch mode {
        case "", "all": break
        // An event that takes place once has no other occurrences to spare.
        case "this", "next": if event.rule != nil { return try split(event, mode, call, state) }
        default: throw CalendarFailure.recurrenceMode
        }
        try event.apply(call, in: state)
        return MethodReply(.integer(Int64(try event.save(in: state))))
    }

    static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("id") else { throw CalendarFailure.idMissing }
        guard let event = try CalendarEvent.find(id, in: state),
            event.owner == .user(call.userID) || state.isAdministrator(call.userID)
                || event.integer("CREATED_BY") == call.userID
        else { throw CalendarFailure.deleting }
        guard event.parentID == event.id else {
            // Deleting one's copy of somebody's meeting is saying no to it.
            try MeetingStatus.set("N", of: event.owner.id, on: event, in: state)
            try CalendarEvent.documents.delete(event.id, in: state)
            return MethodReply(true)
        }
        for copy in try event.copies(in: state) { try CalendarEvent.documents.delete(copy.id, in: state) }
        try CalendarEvent.documents.delete(event.id, in: state)
        state.events.emitCalendar("ENTRYDELETE", id: event.id)
        return MethodReply(true)
    }

    private static func given(_ call: MethodCall, _ name: String, _ stampName: String) -> Bool {
        if let value = call.parameter(name), value != "", value != .null { return true }
        return call.integer(stampName) != nil
    }

    private static func checkOwner(
        _ owner: CalendarOwner, _ call: MethodCall, _ state: PortalState
    ) throws(PortalFailure) {
        guard owner.type == "user" else { return }
        guard try UserRecord.find(owner.id, in: state) != nil,
            owner.id == call.userID || state.isAdministrator(call.userID)
        else { throw CalendarFailure.accessDenied }
    }

    /// Changes one occurrence (`this`) or all from one on (`next`): the old series gives them up, a new event or
    /// series takes them.
    private static func split(
        _ series: CalendarEvent, _ mode: String, _ call: MethodCall, _ state: PortalState
    ) throws(PortalFailure) -> MethodReply {
        guard let rule = series.rule, let text = call.text("current_date_from"), let day = ISO8601(text)?.date,
            !rule.days(from: series.startDate, in: day...day).isEmpty
        else { throw CalendarFailure.invalid("current_date_from") }
        var old = series
        var new = series
        new.id = 0
        let start = CivilDateTime(date: day, time: series.startClock.local(series.from).time)
        let from = series.startClock.instant(start)
        new.fields["FROM"] = .integer(from)
        new.fields["TO"] = .integer(from + series.to - series.from)
        new.fields["RECURRENCE_ID"] = .integer(Int64(series.id))
        if mode == "this" {
            old.exceptions.append(day)
            new.fields["RRULE"] = .null
            new.exceptions = []
        } else {
            var rest = rule
            rest.count = rule.count.map { $0 - rule.days(from: series.startDate, in: series.startDate...day).count + 1 }
            new.fields["RRULE"] = rest.stored
            var shortened = rule
            shortened.count = nil
            shortened.until = day.adding(days: -1)
            old.fields["RRULE"] = shortened.stored
        }
        try new.apply(call, in: state)
        if mode == "this" { new.fields["RRULE"] = .null }
        try old.save(in: state)
        let newID = try new.save(in: state)
        return MethodReply([
            "originalDate": .string(state.settings.office.dateFormat.dateTime(start)),
            "originalDavXmlId": .string(series.text("DAV_XML_ID")), "instanceTz": .string(series.text("TZ_FROM")),
            "recEventId": .integer(Int64(newID)), "id": .integer(Int64(series.id)),
        ])
    }
}
