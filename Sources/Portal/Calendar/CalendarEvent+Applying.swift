internal import Wire

extension CalendarEvent {
    /// Takes over everything that a call of `calendar.event.add` or `update` says about an event.
    mutating func apply(_ call: MethodCall, in state: PortalState) throws(PortalFailure) {
        try applyTimes(call, in: state)
        try applyTexts(call)
        try applySection(call, in: state)
        if let rule = call.parameter("rrule") {
            fields["RRULE"] = try RecurrenceRule(parameter: rule, start: startDate)?.stored ?? .null
        }
        if let links = call.parameter("crm_fields") {
            guard let list = links.arrayValue else { throw CalendarFailure.crmLinks }
            fields["CRM"] = .array(list.compactMap { $0.phpText.map { .string($0) } })
        }
        if let remind = call.parameter("remind") { fields["REMIND"] = .array(remind.phpList) }
        try applyMeeting(call, in: state)
    }

    private mutating func applyTimes(_ call: MethodCall, in state: PortalState) throws(PortalFailure) {
        let user = try UserRecord.clock(call.userID, in: state)
        let times = try EventTimes(call, isAllDay: isAllDay, user: user)
        fields["DT_SKIP_TIME"] = times.isAllDay ? "Y" : "N"
        if let from = times.from { fields["FROM"] = .integer(from) }
        if let to = times.to { fields["TO"] = .integer(to) }
        if let zone = times.zoneFrom { fields["TZ_FROM"] = .string(zone) }
        if let zone = times.zoneTo { fields["TZ_TO"] = .string(zone) }
        if to < from {
            guard state.settings.office.reversedEvent == .collapses else { throw CalendarFailure.creating }
            fields["TO"] = .integer(from)
        }
    }

    private mutating func applyTexts(_ call: MethodCall) throws(PortalFailure) {
        let names = [
            ("name", "NAME"), ("description", "DESCRIPTION"), ("location", "LOCATION"), ("color", "COLOR"),
            ("text_color", "TEXT_COLOR"), ("accessibility", "ACCESSIBILITY"), ("importance", "IMPORTANCE"),
            ("private_event", "PRIVATE_EVENT"),
        ]
        for (parameter, key) in names {
            guard let value = call.parameter(parameter) else { continue }
            guard let text = value.phpText else { throw CalendarFailure.invalid(parameter) }
            fields[key] = .string(text)
        }
    }

    private mutating func applySection(_ call: MethodCall, in state: PortalState) throws(PortalFailure) {
        if let value = call.parameter("section"), value != "" {
            guard let id = value.lenientInteger, try CalendarSection.isUsable(id, by: owner, in: state) else {
                throw CalendarFailure.section
            }
            fields["SECTION_ID"] = .integer(Int64(id))
        } else if sectionID == 0 {
            let detects = call.parameter("auto_detect_section")?.isTruthy ?? false
            if !detects, state.settings.office.eventNeedsSection {
                throw CalendarFailure.required("section", call.name)
            }
            fields["SECTION_ID"] = .integer(Int64(try CalendarSection.first(of: owner, in: state)))
        }
    }

    /// `is_meeting: "Y"` without `attendees` empties the list, which is what the platform does too.
    private mutating func applyMeeting(_ call: MethodCall, in state: PortalState) throws(PortalFailure) {
        guard let value = call.parameter("is_meeting") else { return }
        fields["IS_MEETING"] = .bool(value.isTruthy)
        guard value.isTruthy else {
            attendees = []
            return
        }
        let host = call.integer("host") ?? (self.host > 0 ? self.host : call.userID)
        fields["MEETING_HOST"] = .integer(Int64(host))
        if let meeting = call.parameter("meeting")?.phpObject { fields["MEETING"] = .object(meeting) }
        let known = Dictionary(attendees.map { ($0.userID, $0.status) }, uniquingKeysWith: { first, _ in first })
        var asked = call.parameter("attendees")?.phpList.compactMap(\.lenientInteger) ?? []
        if !asked.contains(host) { asked.insert(host, at: 0) }
        var seen: Set<Int> = []
        var list: [Attendee] = []
        for id in asked where seen.insert(id).inserted {
            guard try UserRecord.find(id, in: state) != nil else { continue }
            list.append(Attendee(userID: id, status: id == host ? "H" : known[id] ?? "Q"))
        }
        attendees = list
    }
}

extension CalendarEvent {
    /// Stores the organizer's event and brings the attendees' copies in line with it.
    ///
    /// - Returns: the organizer's number.
    @discardableResult
    mutating func save(in state: PortalState) throws(PortalFailure) -> Int {
        let isNew = id == 0
        let before = isNew ? nil : try Self.documents.get(id, in: state)
        let isChanged = before != fields
        fields["CHANGED"] = .integer(state.clock.unixSeconds)
        fields["VERSION"] = .integer(Int64(integer("VERSION") + 1))
        var copies: [CalendarEvent] = []
        if isNew {
            id = try Self.documents.insert(fields, owner: owner.key, in: state)
            fields["PARENT_ID"] = .integer(Int64(id))
        } else {
            copies = try self.copies(in: state)
        }
        try Self.documents.replace(id, with: fields, in: state)
        if isChanged { state.events.emitCalendar(isNew ? "ENTRYADD" : "ENTRYUPDATE", id: id) }
        for attendee in attendees where CalendarOwner.user(attendee.userID) != owner {
            let theirs = CalendarOwner.user(attendee.userID)
            var copy = fields
            copy["CAL_TYPE"] = .string(theirs.type)
            copy["OWNER_ID"] = .integer(Int64(theirs.id))
            copy["SECTION_ID"] = .integer(Int64(try CalendarSection.first(of: theirs, in: state)))
            if let index = copies.firstIndex(where: { $0.owner == theirs }) {
                try Self.documents.replace(copies.remove(at: index).id, with: copy, in: state)
            } else {
                try Self.documents.insert(copy, owner: theirs.key, in: state)
            }
        }
        for left in copies { try Self.documents.delete(left.id, in: state) }
        return id
    }

    /// The attendees' copies of this event.
    func copies(in state: PortalState) throws(PortalFailure) -> [CalendarEvent] {
        try Self.documents.all(in: state).map(CalendarEvent.init).filter { $0.parentID == id && $0.id != id }
    }
}
