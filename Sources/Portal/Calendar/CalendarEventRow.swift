internal import Wire

extension CalendarEvent.Occurrence {
    /// The row of `calendar.event.get` and `getbyid`: strings, the site's dates, and a few that are neither.
    func row(in state: PortalState) throws(PortalFailure) -> JSONValue {
        let format = state.settings.office.dateFormat
        let starts = event.startClock
        let ends = event.endClock
        let shownFrom = starts.local(from)
        let shownTo = ends.local(to)
        var row: JSONObject = [
            "ID": .string(String(event.id)), "PARENT_ID": .string(String(event.parentID)), "DELETED": "N",
            "CAL_TYPE": .string(event.owner.type), "OWNER_ID": .string(String(event.owner.id)),
            "NAME": .string(event.text("NAME")),
            "DATE_FROM": .string(shown(shownFrom, format)), "DATE_TO": .string(shown(shownTo, format)),
            "ORIGINAL_DATE_FROM": .null,
            "TZ_FROM": .string(event.isAllDay ? "" : event.text("TZ_FROM")),
            "TZ_TO": .string(event.isAllDay ? "" : event.text("TZ_TO")),
            "TZ_OFFSET_FROM": .string(String(starts.offset(at: from))),
            "TZ_OFFSET_TO": .string(String(ends.offset(at: to))),
            "DATE_FROM_TS_UTC": .string(String(from)), "DATE_TO_TS_UTC": .string(String(endSeconds(state))),
            "DT_SKIP_TIME": event.isAllDay ? "Y" : "N", "DT_LENGTH": .integer(event.lengthSeconds),
            "EVENT_TYPE": .null,
            "CREATED_BY": .string(event.text("CREATED_BY")),
            "DATE_CREATE": .string(state.siteDateTime(Int64(event.integer("CREATED")))),
            "TIMESTAMP_X": .string(state.siteDateTime(Int64(event.integer("CHANGED")))),
            "DESCRIPTION": .string(event.text("DESCRIPTION")),
            "PRIVATE_EVENT": .string(event.fields["PRIVATE_EVENT"]?.isTruthy == true ? "1" : ""),
            "ACCESSIBILITY": .string(event.text("ACCESSIBILITY")), "IMPORTANCE": .string(event.text("IMPORTANCE")),
            "LOCATION": .string(event.text("LOCATION")), "REMIND": event.fields["REMIND"] ?? [],
            "COLOR": .string(event.text("COLOR")), "TEXT_COLOR": .string(event.text("TEXT_COLOR")),
            "RRULE": event.rule?.row(from: event.startDate, format: format, clock: state.wallClock) ?? "",
            "EXDATE": .string(event.exceptions.map(format.date).joined(separator: ";")),
            "DAV_XML_ID": .string(event.text("DAV_XML_ID")), "G_EVENT_ID": "", "DAV_EXCH_LABEL": "",
            "CAL_DAV_LABEL": "", "VERSION": .string(event.text("VERSION")),
            "RECURRENCE_ID": event.fields["RECURRENCE_ID"] ?? .null, "RELATIONS": .null,
            "SECTION_ID": .string(String(event.sectionID)), "SYNC_STATUS": .null,
            "UF_CRM_CAL_EVENT": links, "UF_WEBDAV_CAL_EVENT": false, "SECTION_DAV_XML_ID": .null,
            "DATE_FROM_FORMATTED": .string(Self.formatted(shownFrom)),
            "DATE_TO_FORMATTED": .string(Self.formatted(shownTo)),
            "SECT_ID": .string(String(event.sectionID)), "COLLAB_ID": .null,
            "~DESCRIPTION": .string(event.text("DESCRIPTION")),
            "~USER_OFFSET_FROM": .integer(Int64(starts.offset(at: from))),
            "~USER_OFFSET_TO": .integer(Int64(ends.offset(at: to))),
        ]
        for (key, value) in try meeting(in: state) { row[key] = value }
        return .object(row)
    }

    /// The short row of `calendar.accessibility.get`.
    func accessibilityRow(in state: PortalState) -> JSONValue {
        let format = state.settings.office.dateFormat
        return [
            "ID": .string(String(event.id)), "NAME": .string(event.text("NAME")),
            "DATE_FROM": .string(shown(event.startClock.local(from), format)),
            "DATE_TO": .string(shown(event.endClock.local(to), format)),
            "DATE_FROM_TS_UTC": .string(String(from)), "DATE_TO_TS_UTC": .string(String(endSeconds(state))),
            "~USER_OFFSET_FROM": .integer(Int64(event.startClock.offset(at: from))),
            "~USER_OFFSET_TO": .integer(Int64(event.endClock.offset(at: to))),
            "DT_SKIP_TIME": event.isAllDay ? "Y" : "N",
            "TZ_FROM": .string(event.text("TZ_FROM")), "TZ_TO": .string(event.text("TZ_TO")),
            "ACCESSIBILITY": .string(event.text("ACCESSIBILITY")),
            "IMPORTANCE": .string(event.text("IMPORTANCE")), "EVENT_TYPE": .null,
        ]
    }

    private var links: JSONValue {
        let links = event.fields["CRM"]?.arrayValue ?? []
        // An empty multiple field reads as false, not as an empty list.
        return links.isEmpty ? false : .array(links)
    }

    private func shown(_ local: CivilDateTime, _ format: SiteDateFormat) -> String {
        event.isAllDay ? format.date(local.date) : format.dateTime(local)
    }

    private func endSeconds(_ state: PortalState) -> Int64 {
        event.isAllDay && state.settings.office.allDayEnd == .nextMidnight ? to + 86_400 : to
    }

    /// `Wed Dec 11 2024 17:59:00`
    private static func formatted(_ local: CivilDateTime) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let date = local.date
        return "\(days[date.weekday.place]) \(months[date.month - 1]) \(two(date.day)) \(date.year) \(local.time)"
    }

    private func meeting(in state: PortalState) throws(PortalFailure) -> JSONObject {
        guard event.isMeeting else {
            return ["IS_MEETING": false, "MEETING_STATUS": .null, "MEETING_HOST": "0", "ATTENDEES_CODES": .null]
        }
        let attendees = event.attendees
        let own = attendees.first { $0.userID == event.owner.id }
        let asked = event.fields["MEETING"]?.objectValue ?? JSONObject()
        let meeting: JSONObject = [
            "HOST_NAME": .string(try UserRecord.name(event.host, in: state)),
            "NOTIFY": .bool(asked["notify"]?.isTruthy ?? true),
            "REINVITE": .bool(asked["reinvite"]?.isTruthy ?? false),
            "ALLOW_INVITE": .bool(asked["allow_invite"]?.isTruthy ?? false),
            "HIDE_GUESTS": .bool(asked["hide_guests"]?.isTruthy ?? false),
            "MEETING_CREATOR": .integer(Int64(event.host)), "LANGUAGE_ID": "en", "MAIL_FROM": "",
        ]
        return [
            "IS_MEETING": true, "MEETING_STATUS": .string(own?.status ?? "H"),
            "MEETING_HOST": .string(String(event.host)), "MEETING": .object(meeting),
            "ATTENDEES_CODES": .array(attendees.map { .string("U\($0.userID)") }),
            "ATTENDEE_LIST": .array(
                attendees.map {
                    [
                        "id": .integer(Int64($0.userID)), "entryId": .string(String(event.id)),
                        "status": .string($0.status),
                    ]
                }),
            "attendeesEntityList": .array(
                attendees.map { ["entityId": "user", "id": .integer(Int64($0.userID))] }),
        ]
    }
}
