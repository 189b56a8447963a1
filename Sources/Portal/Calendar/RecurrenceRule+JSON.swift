internal import Wire

extension RecurrenceRule {
    /// Reads `rrule` of `calendar.event.add`; nil for an empty one and for `FREQ: NONE`, which both mean "once".
    ///
    /// - Throws: the calendar's sentence for a value it cannot use.
    init?(parameter value: JSONValue, start: CivilDate) throws(PortalFailure) {
        guard let fields = value.phpObject else { throw CalendarFailure.invalid("rrule") }
        let name = fields["FREQ"]?.phpText?.uppercased() ?? ""
        if name.isEmpty || name == "NONE" { return nil }
        guard let frequency = Frequency(rawValue: name) else { throw CalendarFailure.invalid("rrule") }
        self.frequency = frequency
        interval = min(Self.intervalMax, max(1, fields["INTERVAL"]?.lenientInteger ?? 1))
        count = fields["COUNT"]?.lenientInteger.flatMap { $0 > 0 ? $0 : nil }
        if let text = fields["UNTIL"]?.phpText, !text.isEmpty {
            guard let until = ISO8601(text)?.date else { throw CalendarFailure.invalid("rrule") }
            self.until = until
        }
        let named = fields["BYDAY"]?.phpList.compactMap { $0.phpText?.uppercased() } ?? []
        // A single text, "MO,WE", is what form clients send.
        let days = named.flatMap { $0.split(separator: ",").map(String.init) }
        weekdays = Weekday.allCases.filter { days.contains($0.rawValue) }
        if frequency == .weekly, weekdays.isEmpty { weekdays = [start.weekday] }
    }

    /// What a stored rule was; nil for an event that takes place once.
    init?(stored value: JSONValue?) {
        guard let fields = value?.objectValue,
            let frequency = fields["FREQ"]?.stringValue.flatMap(Frequency.init(rawValue:))
        else { return nil }
        self.frequency = frequency
        interval = fields["INTERVAL"]?.lenientInteger ?? 1
        count = fields["COUNT"]?.lenientInteger
        until = fields["UNTIL"]?.stringValue.flatMap { ISO8601($0)?.date }
        let days = fields["BYDAY"]?.arrayValue?.compactMap(\.stringValue) ?? []
        weekdays = days.compactMap(Weekday.init(rawValue:))
    }

    /// The form kept in the database.
    var stored: JSONValue {
        var fields: JSONObject = ["FREQ": .string(frequency.rawValue), "INTERVAL": .integer(Int64(interval))]
        fields["COUNT"] = count.map { .integer(Int64($0)) }
        fields["UNTIL"] = until.map { .string($0.description) }
        fields["BYDAY"] = .array(weekdays.map { .string($0.rawValue) })
        return .object(fields)
    }

    /// `RRULE` of an event row: BYDAY keyed by itself, and always an UNTIL, computed from COUNT or the platform's
    /// end of time, 1 January 2038.
    func row(from start: CivilDate, format: SiteDateFormat, clock: WallClock) -> JSONValue {
        var fields: JSONObject = ["FREQ": .string(frequency.rawValue)]
        if !weekdays.isEmpty {
            fields["BYDAY"] = .object(JSONObject(weekdays.map { ($0.rawValue, .string($0.rawValue)) }))
        }
        fields["INTERVAL"] = .integer(Int64(interval))
        fields["COUNT"] = count.map { .integer(Int64($0)) }
        let last = lastDay(from: start)
        let shown = last ?? CivilDate(dayNumber: 24_837)
        fields["UNTIL"] = .string(format.date(shown))
        fields["~UNTIL"] = .string(last.map(format.date) ?? "")
        fields["UNTIL_TS"] = .integer(clock.instant(CivilDateTime(date: shown, time: .midnight)))
        return .object(fields)
    }
}
