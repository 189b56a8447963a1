internal import Wire

/// The date format of a Bitrix24 site: what calendar rows print instead of ISO 8601.
///
/// https://apidocs.bitrix24.com/api-reference/calendar/calendar-event/calendar-event-get.html shows the English
/// one, the page of `calendar.accessibility.get` the other.
public enum SiteDateFormat: String, Sendable, CaseIterable {
    /// `12/11/2024 05:59:00 pm`
    case english
    /// `11.12.2024 17:59:00`
    case russian

    func date(_ date: CivilDate) -> String {
        switch self {
        case .english: "\(two(date.month))/\(two(date.day))/\(date.year)"
        case .russian: "\(two(date.day)).\(two(date.month)).\(date.year)"
        }
    }

    func dateTime(_ value: CivilDateTime) -> String {
        let time = value.time
        switch self {
        case .english:
            let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
            let half = time.hour < 12 ? "am" : "pm"
            return "\(date(value.date)) \(two(hour)):\(two(time.minute)):\(two(time.second)) \(half)"
        case .russian:
            return "\(date(value.date)) \(time)"
        }
    }
}

/// A number of two digits.
func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
