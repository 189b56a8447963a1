public import Wire

// Dates as the old modules write and read them.
extension PortalState {
    /// Reads a date or time as a method's parameter: ISO 8601 with or without offset, `2024-08-30`, or the
    /// site's `30.08.2024 11:00:00`. What has no offset is local to the portal.
    ///
    /// - Returns: seconds since 1970 UTC; nil when the text is no date.
    public func instant(_ text: String) -> Int64? {
        let trimmed = String(text.asciiTrimmed)
        guard let parsed = ISO8601(trimmed) ?? ISO8601(PortalState.isoFromSiteFormat(trimmed)) else { return nil }
        if let offset = parsed.offsetSeconds { return parsed.dateTime.localSeconds - Int64(offset) }
        return instant(local: parsed.dateTime)
    }

    /// The instant of a local time in the portal's zone. In a gap the clock jumps over, the time is read
    /// with the offset before it; a time that occurs twice is its first occurrence.
    public func instant(local: CivilDateTime) -> Int64 {
        let guess = local.localSeconds - Int64(timeZone.offsetSeconds(at: local.localSeconds))
        let earlier = local.localSeconds - Int64(timeZone.offsetSeconds(at: guess - 86_400))
        for candidate in [earlier, guess]
        where candidate + Int64(timeZone.offsetSeconds(at: candidate)) == local.localSeconds {
            return candidate
        }
        return earlier
    }

    /// The local date and time of an instant.
    public func local(_ unixSeconds: Int64) -> CivilDateTime {
        CivilDateTime(localSeconds: unixSeconds + Int64(timeZone.offsetSeconds(at: unixSeconds)))
    }

    /// `30.08.2024 11:00:00` → `2024-08-30 11:00:00`; anything else comes back as it is.
    private static func isoFromSiteFormat(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, bytes[2] == UInt8(ascii: "."), bytes[5] == UInt8(ascii: ".") else { return text }
        func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        return "\(part(6..<10))-\(part(3..<5))-\(part(0..<2))" + String(decoding: bytes[10...], as: UTF8.self)
    }
}
