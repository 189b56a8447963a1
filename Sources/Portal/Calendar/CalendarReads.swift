internal import Wire

/// `calendar.event.get`, `get.nearest`, `getbyid`, `calendar.accessibility.get`: no paging, no order promised, whole
/// days of the calling user as bounds.
enum CalendarReads {
    /// Occurrences a reply holds at most: the platform has no bound, this portal needs one.
    static let occurrencesMax = 20_000

    static func getByID(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("id") else { throw CalendarFailure.required("id", call.name) }
        guard let event = try CalendarEvent.find(id, in: state) else {
            switch state.settings.office.missingEvent {
            case .null: return MethodReply(.null)
            case .false: return MethodReply(false)
            case .accessDenied: throw CalendarFailure.accessDenied
            }
        }
        let first = CalendarEvent.Occurrence(event: event, from: event.from, to: event.to)
        return MethodReply(try first.row(in: state))
    }

    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let owner = try CalendarOwner.required(call)
        let viewer = try UserRecord.clock(call.userID, in: state)
        let today = viewer.local(state.clock.unixSeconds).date
        let first = try day(call, "from") ?? monthsAfter(today, -1)
        let last = try day(call, "to") ?? monthsAfter(today, 3)
        guard first <= last else { return MethodReply([]) }
        let sections = call.parameter("section").map { Set($0.phpList.compactMap(\.lenientInteger)) } ?? []
        var rows: [JSONValue] = []
        for event in try CalendarEvent.owned(by: owner, in: state) {
            guard sections.isEmpty || sections.contains(event.sectionID) else { continue }
            for occurrence in event.occurrences(in: first...last, viewer: viewer) {
                rows.append(try occurrence.row(in: state))
                if rows.count > occurrencesMax { throw .local("more than \(occurrencesMax) occurrences") }
            }
        }
        return MethodReply(.array(rows))
    }

    /// The caller's own events unless `type`, `ownerId` and `forCurrentUser: false` are all there; even then the
    /// number in `ownerId` selects nothing.
    static func nearest(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let viewer = try UserRecord.clock(call.userID, in: state)
        let today = viewer.local(state.clock.unixSeconds).date
        let days = max(0, min(3660, call.integer("days") ?? 60))
        let isOwn =
            call.parameter("forCurrentUser").map(\.isTruthy) ?? true
            || call.parameter("type") == nil || call.parameter("ownerId") == nil
        let type = isOwn ? "user" : call.text("type") ?? "user"
        let events = try CalendarEvent.documents.all(in: state).map(CalendarEvent.init).filter {
            isOwn ? $0.owner == .user(call.userID) : $0.owner.type == type
        }
        var found: [CalendarEvent.Occurrence] = []
        for event in events {
            found += event.occurrences(in: today...today.adding(days: days), viewer: viewer)
        }
        let coming = found.filter { $0.to >= state.clock.unixSeconds || $0.event.isAllDay }
            .sorted { ($0.from, $0.event.id) < ($1.from, $1.event.id) }
        let limit = call.integer("maxEventsCount").map { max(0, $0) } ?? occurrencesMax
        var rows: [JSONValue] = []
        for occurrence in coming.prefix(min(limit, occurrencesMax)) { rows.append(try occurrence.row(in: state)) }
        return MethodReply(.array(rows))
    }

    static func accessibility(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let first = try day(call, "from") else { throw CalendarFailure.required("from", call.name) }
        guard let last = try day(call, "to") else { throw CalendarFailure.required("to", call.name) }
        guard let users = call.parameter("users"), !users.phpList.isEmpty else {
            throw CalendarFailure.required("users", call.name)
        }
        let viewer = try UserRecord.clock(call.userID, in: state)
        var result = JSONObject()
        for id in users.phpList.compactMap(\.lenientInteger) {
            var rows: [JSONValue] = []
            for event in try CalendarEvent.owned(by: .user(id), in: state) where first <= last {
                let status = event.attendees.first { $0.userID == id }?.status
                if event.isMeeting, status == "N" { continue }
                if event.text("ACCESSIBILITY") == "free", !state.settings.office.accessibilityListsFree { continue }
                let busy = event.occurrences(in: first...last, viewer: viewer)
                rows += busy.map { $0.accessibilityRow(in: state) }
            }
            result[String(id)] = .array(rows)
        }
        // Users 0, 1, 2 … in a row would print as a list if this went through PHP's rules; the page shows an object.
        return MethodReply(json: JSONValue.object(result).encoded())
    }

    /// A bound: its day counts, a time of day in it does not.
    private static func day(_ call: MethodCall, _ name: String) throws(PortalFailure) -> CivilDate? {
        guard let text = call.text(name), !text.isEmpty else { return nil }
        guard let read = ISO8601(text) else { throw CalendarFailure.invalid(name) }
        return read.date
    }

    /// The same day some months away, the month's last day where it has no such day.
    static func monthsAfter(_ date: CivilDate, _ months: Int) -> CivilDate {
        let place = date.year * 12 + date.month - 1 + months
        let (year, month) = (place / 12, place % 12 + 1)
        let day = min(date.day, CivilDate.dayCount(year: year, month: month))
        return CivilDate(year: year, month: month, day: day) ?? date
    }
}
