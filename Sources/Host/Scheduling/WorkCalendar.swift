public import Wire

/// On which days and hours people work: the portal's calendar settings, with the hours of a user where they differ
/// (https://apidocs.bitrix24.com/api-reference/calendar/calendar-settings-get.html).
public struct WorkCalendar: Sendable, Equatable {
    /// A day of any year.
    public struct YearDay: Sendable, Hashable {
        public let day: Int
        public let month: Int

        /// Nil for a day that no year has; the 29th of February is one of some years.
        public init?(day: Int, month: Int) {
            guard CivilDate(year: 2000, month: month, day: day) != nil else { return nil }
            self.day = day
            self.month = month
        }
    }

    public var hours: WorkingHours
    /// Days of the week nobody works.
    public var weekHolidays: Set<Weekday>
    /// Days of the year nobody works.
    public var yearHolidays: Set<YearDay>
    /// Days of the year people work although they are holidays of the week or the year.
    public var yearWorkdays: Set<YearDay>

    public init(
        hours: WorkingHours, weekHolidays: Set<Weekday> = [.saturday, .sunday], yearHolidays: Set<YearDay> = [],
        yearWorkdays: Set<YearDay> = []
    ) {
        self.hours = hours
        self.weekHolidays = weekHolidays
        self.yearHolidays = yearHolidays
        self.yearWorkdays = yearWorkdays
    }

    /// Reads the result of `calendar.settings.get`; members that are missing take Bitrix24's defaults (9 to 18,
    /// Saturday and Sunday off). Where `user` is the result of `calendar.user.settings.get`, its hours win.
    public init(settings: JSONValue, user: JSONValue = .null) throws(SlotFailure) {
        func hour(_ name: String, _ otherwise: String) -> String {
            for source in [user, settings] {
                switch source[name] {
                case .string(let text) where !text.isEmpty: return text
                case .integer(let number): return String(number)
                case .number(let number): return String(number)
                default: continue
                }
            }
            return otherwise
        }
        self.init(hours: try WorkingHours(start: hour("work_time_start", "9"), end: hour("work_time_end", "18")))
        if let codes = settings["week_holidays"]?.arrayValue {
            weekHolidays = []
            for code in codes {
                guard let weekday = Weekday(rawValue: code.stringValue?.uppercased() ?? "") else {
                    throw SlotFailure(code: .days, message: "week_holidays are days like \"SA\" and \"SU\"")
                }
                weekHolidays.insert(weekday)
            }
        }
        yearHolidays = try WorkCalendar.yearDays(settings["year_holidays"]?.stringValue ?? "")
        yearWorkdays = try WorkCalendar.yearDays(settings["year_workdays"]?.stringValue ?? "")
    }

    /// Reads `1.01,2.01,31.12`: day and month, no year.
    public static func yearDays(_ text: String) throws(SlotFailure) -> Set<YearDay> {
        var days: Set<YearDay> = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
            let numbers = part.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count == 2, let day = numbers[0], let month = numbers[1],
                let yearDay = YearDay(day: day, month: month)
            else {
                throw SlotFailure(
                    code: .days, message: "holidays are written like 1.01,31.12 (day.month), not \"\(part.prefix(20))\""
                )
            }
            days.insert(yearDay)
        }
        return days
    }

    public func isWorkday(_ date: CivilDate) -> Bool {
        guard let yearDay = YearDay(day: date.day, month: date.month) else { return false }
        if yearWorkdays.contains(yearDay) { return true }
        return !yearHolidays.contains(yearDay) && !weekHolidays.contains(date.weekday)
    }
}
