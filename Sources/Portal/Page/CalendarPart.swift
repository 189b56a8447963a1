internal import Wire

/// Seven days of everybody's calendar, the company's included.
struct CalendarPart {
    static let dayCount = 7
    /// Events a cell shows; the rest is counted.
    static let cellEventsMax = 8
    static let rowsMax = 60

    let state: PortalState
    let people: [Int: JSONObject]

    func render(_ html: inout HTML) throws(PortalFailure) {
        let today = state.today
        let days = (0..<Self.dayCount).map { today.adding(days: $0) }
        html.raw("<section id=\"calendar\"><h2>Calendar<small>the next seven days, ")
        html.text(state.settings.timeZoneName)
        html.raw("</small></h2><table class=\"week\"><tr><th></th>")
        let resting = try resting()
        for day in days {
            mark(&html, "th", day, today, resting)
            html.element("", PageTime.day(day), "</th>")
        }
        html.raw("</tr>")
        for (owner, title, subtitle) in owners().prefix(Self.rowsMax) {
            let events = try CalendarEvent.owned(by: owner, in: state)
            let found = events.flatMap { $0.occurrences(in: today...days[days.count - 1], viewer: state.wallClock) }
            html.element("<tr><td class=\"who\"><b>", title, "</b>")
            html.element("<span>", subtitle, "</span></td>")
            for day in days {
                mark(&html, "td", day, today, resting)
                cell(found.filter { isOn(day, $0) }.sorted { $0.from < $1.from }, &html)
                html.raw("</td>")
            }
            html.raw("</tr>")
        }
        html.raw("</table></section>")
    }

    /// The employees who work here, then the company's calendar.
    private func owners() -> [(CalendarOwner, String, String)] {
        let active = people.filter { UserRecord.isActive($0.value) }.sorted { $0.key < $1.key }
        return active.map { (.user($0.key), UserRecord.name($0.value), $0.value.shown("WORK_POSITION")) }
            + [(CalendarOwner(type: "company_calendar", id: 0), "Company", "shared calendar")]
    }

    private func resting() throws(PortalFailure) -> Set<Weekday> {
        let names = try CalendarSettings.current(in: state)["week_holidays"]?.phpList ?? []
        return Set(names.compactMap { $0.phpText.flatMap(Weekday.init(rawValue:)) })
    }

    private func mark(
        _ html: inout HTML, _ tag: String, _ day: CivilDate, _ today: CivilDate, _ resting: Set<Weekday>
    ) {
        html.raw(tag == "th" ? "<th class=\"" : "<td class=\"")
        if day == today { html.raw("today") } else if resting.contains(day.weekday) { html.raw("rest") }
        html.raw("\">")
    }

    private func isOn(_ day: CivilDate, _ occurrence: CalendarEvent.Occurrence) -> Bool {
        let clock = occurrence.event.isAllDay ? WallClock.utc : state.wallClock
        let start = clock.instant(CivilDateTime(date: day, time: .midnight))
        let end = clock.instant(CivilDateTime(date: day.adding(days: 1), time: .midnight))
        let length = occurrence.event.lengthSeconds
        return occurrence.from < end && (occurrence.from + length > start || occurrence.from >= start)
    }

    private func cell(_ events: [CalendarEvent.Occurrence], _ html: inout HTML) {
        for occurrence in events.prefix(Self.cellEventsMax) {
            let event = occurrence.event
            switch event.text("ACCESSIBILITY") {
            case "free": html.raw("<div class=\"ev free\"><time>")
            case "absent": html.raw("<div class=\"ev absent\"><time>")
            default: html.raw("<div class=\"ev\"><time>")
            }
            html.text(event.isAllDay ? "all day" : span(occurrence))
            html.element("</time>", event.text("NAME"), "")
            for link in event.fields["CRM"]?.phpList ?? [] {
                html.element(" <span class=\"tag\">", link.phpText ?? "", "</span>")
            }
            html.raw("</div>")
        }
        if events.count > Self.cellEventsMax {
            html.element("<span class=\"dim\">and ", String(events.count - Self.cellEventsMax), " more</span>")
        }
    }

    private func span(_ occurrence: CalendarEvent.Occurrence) -> String {
        let from = state.wallClock.local(occurrence.from)
        let to = state.wallClock.local(occurrence.to)
        return "\(PageTime.time(from.time))–\(PageTime.time(to.time))"
    }
}
