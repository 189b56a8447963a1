internal import Wire

/// `GET /`: what is in the portal, and the last calls, for an integrator who wants to see what a recipe did.
///
/// `?refresh=5` makes the browser load it again every five seconds.
enum PortalPage {
    static let refreshSecondsRange = 1...3600

    static func render(_ state: PortalState, _ log: CallLog, query: String) throws(PortalFailure) -> [UInt8] {
        let data = PageData(state: state)
        let people = try data.people()
        var html = HTML()
        try head(&html, state, log, query)
        html.raw("<main>")
        try CalendarPart(state: state, people: people).render(&html)
        try DealsPart(data: data, people: people).render(&html)
        html.raw("<div class=\"two\">")
        try ListPart.leads(data, people).render(&html)
        try ListPart.contacts(data).render(&html)
        try ListPart.tasks(state, people).render(&html)
        try ListPart.messages(state, people).render(&html)
        html.raw("</div>")
        CallsPart(log: log, clock: state.wallClock).render(&html)
        html.raw("</main></body></html>\n")
        return html.bytes
    }

    private static func head(
        _ html: inout HTML, _ state: PortalState, _ log: CallLog, _ query: String
    ) throws(PortalFailure) {
        let name = try Company.name(in: state)
        html.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        html.raw("<meta name=\"viewport\" content=\"width=device-width\">")
        if let seconds = refreshSeconds(query) {
            html.raw("<meta http-equiv=\"refresh\" content=\"")
            html.text(seconds)
            html.raw("\">")
        }
        html.element("<title>", name, " · local portal</title><style>")
        html.raw(PageStyle.css)
        html.element("</style></head><body><header><h1>", name, "</h1><p>A local Bitrix24 portal · ")
        let now = state.wallClock.local(state.clock.unixSeconds)
        html.text("\(PageTime.day(now.date)), \(PageTime.time(now.time)) · \(state.settings.timeZoneName) · ")
        html.text("\(log.requestCount) requests, \(log.count) calls")
        html.raw("</p><nav><a href=\"#calendar\">Calendar</a><a href=\"#deals\">Deals</a>")
        html.raw("<a href=\"#leads\">Leads</a><a href=\"#contacts\">Contacts</a><a href=\"#tasks\">Tasks</a>")
        html.raw("<a href=\"#messages\">Messages</a><a href=\"#calls\">Last calls</a>")
        html.raw("<a href=\"/?refresh=3\">Refresh by itself</a></nav></header>")
    }

    private static func refreshSeconds(_ query: String) -> Int? {
        for pair in query.split(separator: "&") where pair.hasPrefix("refresh=") {
            guard let seconds = Int(pair.dropFirst("refresh=".count)) else { return nil }
            return refreshSecondsRange.contains(seconds) ? seconds : nil
        }
        return nil
    }
}

/// Days and times as the page writes them.
enum PageTime {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `Wed 11 Dec`
    static func day(_ date: CivilDate) -> String {
        "\(days[date.weekday.place]) \(date.day) \(months[date.month - 1])"
    }

    /// `09:30`
    static func time(_ time: CivilTime) -> String { "\(two(time.hour)):\(two(time.minute))" }

    /// An instant, `Wed 11 Dec 09:30`.
    static func moment(_ unixSeconds: Int64, _ clock: WallClock) -> String {
        let local = clock.local(unixSeconds)
        return "\(day(local.date)) \(time(local.time))"
    }
}
