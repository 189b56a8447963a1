import Bitrix24
import Wire

/// What the portal says of a calendar, read in one request: working hours, the zone, what is in it.
struct CalendarReplies {
    private let settings: JSONValue
    private let user: JSONValue
    private let events: [JSONValue]
    /// Whether the calendar is that of the user in whose name calls are made, whose own hours we can read.
    private let isOwn: Bool

    /// An event of the day before may reach into today, and zones shift dates by one.
    private static let marginDays = 2

    init(_ wanted: SlotOptions, _ run: RunContext) async throws(EffectFailure) {
        let today = run.clock().dateTime().date
        let commands = [
            BatchCommand("settings", "calendar.settings.get"),
            BatchCommand("user", "calendar.user.settings.get"),
            BatchCommand(
                "events", "calendar.event.get",
                [
                    "type": "user", "ownerId": .integer(Int64(wanted.owner)),
                    "from": .string(today.adding(days: -Self.marginDays).description),
                    "to": .string(today.adding(days: wanted.rules.daysAhead + Self.marginDays).description),
                ]),
        ]
        let results = try await BatchResults(commands, run)
        settings = results.value("settings")
        user = results.value("user")
        events = results.value("events").arrayValue ?? []
        isOwn = run.portalUserID == wanted.owner
    }

    /// The zone asked for, else the one of the user in whose name calls are made.
    func zone(_ wanted: SlotOptions) throws(EffectFailure) -> TimeZoneRules {
        let name = wanted.zoneName ?? user["timezoneName"]?.stringValue ?? ""
        guard !name.isEmpty else { return .utc }
        do throws(TimeZoneFailure) {
            return try TimeZoneRules(name: name)
        } catch {
            throw .host(HostFailure(.recipe, error.message, hint: "give zone = \"Europe/Berlin\", an IANA name"))
        }
    }

    func search(_ wanted: SlotOptions, _ zone: TimeZoneRules, now: Int64) throws(EffectFailure) -> SlotSearch {
        do throws(SlotFailure) {
            return try SlotSearch(
                calendar: try WorkCalendar(settings: settings, user: isOwn ? user : .null), rules: wanted.rules,
                busy: events.compactMap { BusyTime(row: $0) }, zone: zone, now: now)
        } catch {
            throw .host(HostFailure(.recipe, error.message))
        }
    }
}

extension Slot {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// The slot as recipes see it.
    func table(zone: String) -> JSONObject {
        let local = localStart
        let time = local.time.description.prefix(5)
        return [
            "start": .string(startText), "finish": .string(endText), "date": .string(local.date.description),
            "day": .string("\(local.date.weekday.english) \(local.date.day) \(Self.months[local.date.month - 1])"),
            "time": .string(String(time)), "zone": .string(zone),
        ]
    }
}

extension Weekday {
    fileprivate var english: String {
        switch self {
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        case .sunday: "Sunday"
        }
    }
}
