internal import Wire

/// An event as it is stored: one for its organizer and, for a meeting, a copy for each other attendee, whose
/// PARENT_ID names the organizer's.
struct CalendarEvent {
    static let documents = Documents(kind: "event")

    var id = 0
    var fields: JSONObject

    init(fields: JSONObject = JSONObject()) { self.fields = fields }

    init(_ entry: Documents.Entry) {
        id = entry.id
        fields = entry.fields
    }

    static func find(_ id: Int, in state: PortalState) throws(PortalFailure) -> CalendarEvent? {
        try documents.get(id, in: state).map { (found) in CalendarEvent(Documents.Entry(id: id, fields: found)) }
    }

    static func owned(by owner: CalendarOwner, in state: PortalState) throws(PortalFailure) -> [CalendarEvent] {
        try documents.owned(by: owner.key, in: state).map(CalendarEvent.init)
    }

    var parentID: Int { integer("PARENT_ID") }
    var owner: CalendarOwner { CalendarOwner(type: text("CAL_TYPE"), id: integer("OWNER_ID")) }
    /// Start and end of the first occurrence in seconds; for all-day events midnights of UTC, the end being the
    /// last day's.
    var from: Int64 { Int64(integer("FROM")) }
    var to: Int64 { Int64(integer("TO")) }
    var isAllDay: Bool { fields["DT_SKIP_TIME"]?.isTruthy ?? false }
    var isMeeting: Bool { fields["IS_MEETING"]?.isTruthy ?? false }
    var host: Int { integer("MEETING_HOST") }
    var sectionID: Int { integer("SECTION_ID") }
    var rule: RecurrenceRule? { RecurrenceRule(stored: fields["RRULE"]) }

    /// Days on which a recurring event does not take place.
    var exceptions: [CivilDate] {
        get { fields["EXDATE"]?.arrayValue?.compactMap { $0.stringValue.flatMap { ISO8601($0)?.date } } ?? [] }
        set { fields["EXDATE"] = .array(newValue.map { .string($0.description) }) }
    }

    var startClock: WallClock { clock("TZ_FROM") }
    var endClock: WallClock { clock("TZ_TO") }
    /// The day it starts on, by its own zone.
    var startDate: CivilDate { startClock.local(from).date }
    /// `DT_LENGTH`: of an all-day event the last day counts whole.
    var lengthSeconds: Int64 { to - from + (isAllDay ? 86_400 : 0) }

    struct Attendee: Equatable {
        let userID: Int
        /// H organizer, Y coming, N not coming, Q asked.
        var status: String
    }

    var attendees: [Attendee] {
        get {
            fields["ATTENDEES"]?.arrayValue?.map { one in
                Attendee(userID: one["id"]?.lenientInteger ?? 0, status: one["status"]?.stringValue ?? "Q")
            } ?? []
        }
        set {
            fields["ATTENDEES"] = .array(
                newValue.map { ["id": .integer(Int64($0.userID)), "status": .string($0.status)] })
        }
    }

    func text(_ key: String) -> String { fields[key]?.phpText ?? "" }
    func integer(_ key: String) -> Int { fields[key]?.lenientInteger ?? 0 }

    /// All-day events belong to no zone.
    private func clock(_ key: String) -> WallClock { isAllDay ? .utc : WallClock(text(key)) ?? .utc }
}

extension CalendarEvent {
    /// One time that an event takes place.
    struct Occurrence {
        let event: CalendarEvent
        let from: Int64
        let to: Int64
    }

    /// The occurrences that touch any of the days of `range` as `viewer` counts days.
    func occurrences(in range: ClosedRange<CivilDate>, viewer: WallClock) -> [Occurrence] {
        let clock = isAllDay ? .utc : viewer
        let first = clock.instant(CivilDateTime(date: range.lowerBound, time: .midnight))
        let end = clock.instant(CivilDateTime(date: range.upperBound.adding(days: 1), time: .midnight))
        return all(around: range).filter { occurrence in
            // A meeting of no length still takes place at its start.
            occurrence.from < end
                && (occurrence.from + lengthSeconds > first || (lengthSeconds == 0 && occurrence.from >= first))
        }
    }

    private func all(around range: ClosedRange<CivilDate>) -> [Occurrence] {
        guard let rule else { return [Occurrence(event: self, from: from, to: to)] }
        let start = startClock.local(from)
        let span = endClock.local(to).localSeconds - start.localSeconds
        // Zones differ by a day at most; a long event may have begun before the range.
        let reach = 1 + Int(lengthSeconds / 86_400) + 1
        let days = rule.days(
            from: start.date,
            in: range.lowerBound.adding(days: -reach)...range.upperBound.adding(days: 1))
        return days.filter { !exceptions.contains($0) }.map { day in
            let local = CivilDateTime(date: day, time: start.time)
            return Occurrence(
                event: self, from: startClock.instant(local), to: endClock.instant(local.adding(seconds: span)))
        }
    }
}
