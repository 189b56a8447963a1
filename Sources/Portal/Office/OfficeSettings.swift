/// Behaviour of the calendar, tasks, users and messages that the documentation leaves open or that differs between
/// portals. Defaults follow https://apidocs.bitrix24.com.
public struct OfficeSettings: Sendable {
    /// How calendar rows print dates: the site's own format, never ISO.
    public var dateFormat = SiteDateFormat.english
    /// Whether `calendar.event.add` refuses an event without `section` and without `auto_detect_section`.
    /// The page stars the parameter, its table of errors does not know it.
    public var eventNeedsSection = true
    /// An event that ends before it starts.
    public var reversedEvent = ReversedEvent.collapses
    /// What `calendar.event.getbyid` answers for a number that no event has.
    public var missingEvent = MissingEvent.null
    /// Whether `DATE_TO_TS_UTC` of an all-day event is the last day's first second or the second after that day.
    public var allDayEnd = AllDayEnd.lastMidnight
    /// Whether `calendar.accessibility.get` lists events marked `free`, which its page names as a possible value.
    public var accessibilityListsFree = true
    /// Status of v3's refusals for missing rights.
    public var deniedStatusV3 = 403

    public enum ReversedEvent: String, Sendable, CaseIterable { case collapses, refused }
    public enum MissingEvent: String, Sendable, CaseIterable { case null, `false`, accessDenied }
    public enum AllDayEnd: String, Sendable, CaseIterable { case lastMidnight, nextMidnight }

    public init() {}
}
