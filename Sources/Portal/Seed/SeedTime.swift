internal import Wire

/// Times of a seed file: absolute, or counted from the day the portal starts.
struct SeedTime {
    /// Members that hold a time, in any section.
    static let names: Set<String> = [
        "from", "to", "DEADLINE", "CLOSEDATE", "BEGINDATE", "BIRTHDATE", "DATE_CREATE", "START_DATE_PLAN",
        "END_DATE_PLAN", "UNTIL",
    ]
    static let daysMax = 36_500

    let today: CivilDate
    /// Weekdays and `D.MM` days on which the company rests.
    let restDays: Set<Weekday>
    let holidays: Set<String>

    init(today: CivilDate, company: JSONObject) {
        self.today = today
        let names = company["week_holidays"]?.phpList ?? []
        restDays = Set(names.compactMap { $0.phpText.flatMap(Weekday.init(rawValue:)) })
        let days = company["year_holidays"]?.phpText ?? ""
        holidays = Set(days.split(separator: ",").map { String(String($0).asciiTrimmed) })
    }

    /// ISO 8601 for any time a seed may write; nil for other texts.
    func iso(_ text: String) -> String? {
        if ISO8601(text) != nil { return text }
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard let sign = text.first, sign == "+" || sign == "-", let day = day(parts[0].dropFirst(), sign: sign) else {
            return nil
        }
        guard parts.count == 2 else { return day.description }
        guard ISO8601("\(day)T\(parts[1])")?.time != nil else { return nil }
        return "\(day)T\(parts[1])" + (parts[1].utf8.count == 5 ? ":00" : "")
    }

    /// `2d` or `3wd`.
    private func day(_ text: Substring, sign: Character) -> CivilDate? {
        let step = sign == "-" ? -1 : 1
        let isWorking = text.hasSuffix("wd")
        guard text.hasSuffix("d"), let count = Int(text.dropLast(isWorking ? 2 : 1)), (0...Self.daysMax).contains(count)
        else { return nil }
        guard isWorking else { return today.adding(days: step * count) }
        // A company that never works has no working days to count.
        guard restDays.count < 7 else { return nil }
        var day = today
        var left = count
        while left > 0 {
            day = day.adding(days: step)
            if !isRest(day) { left -= 1 }
        }
        return day
    }

    private func isRest(_ day: CivilDate) -> Bool {
        restDays.contains(day.weekday) || holidays.contains("\(day.day).\(two(day.month))")
    }
}
