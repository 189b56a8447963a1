/// Why slots cannot be computed: the question itself is wrong.
public struct SlotFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// Working hours that nobody can read, such as `"nine"`.
        case hours
        /// Working hours that end before they start.
        case hoursReversed = "hours_reversed"
        /// A list of days such as `"1.01,2.01"` with something else in it.
        case days
        case duration
        /// No day is long enough for the appointment.
        case durationTooLong = "duration_too_long"
        case step
        case buffer
        case lead
        case daysAhead = "days_ahead"
        case count
        case busy
    }

    public let code: Code
    public let message: String

    public var description: String { message }
}
