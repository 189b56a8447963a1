/// A date, perhaps a time, perhaps an offset: what a text says, before anybody assumes the missing parts.
///
/// Bitrix24 sends `2026-05-14T10:26:32+02:00`, sometimes only the date, and takes times without an offset for the
/// user's own (https://apidocs.bitrix24.com/data-types.html).
public struct ISO8601: Sendable, Equatable {
    public let date: CivilDate
    /// Nil where the text is a date only.
    public let time: CivilTime?
    /// 0 to 999 999 999.
    public let nanoseconds: Int32
    /// East of Greenwich, in seconds; nil where the text names no offset.
    public let offsetSeconds: Int?

    /// Reads `2026-05-14`, `2026-05-14T10:26`, `…T10:26:32`, `…:32.123`, each time with or without `Z`, `+02:00`,
    /// `+0200` or `+02`; `T` may be a space. Nil for anything else and for dates that do not exist.
    public init?(_ text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        self.date = date
        if reader.isAtEnd {
            (time, nanoseconds, offsetSeconds) = (nil, 0, nil)
            return
        }
        guard reader.take("T") || reader.take("t") || reader.take(" "), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2)
        else { return nil }
        var second = 0
        var fraction: Int32 = 0
        if reader.take(":") {
            guard let seconds = reader.number(2) else { return nil }
            second = seconds
            if reader.take(".") || reader.take(",") {
                guard let nanoseconds = reader.fraction() else { return nil }
                fraction = nanoseconds
            }
        }
        guard let time = CivilTime(hour: hour, minute: minute, second: second) else { return nil }
        self.time = time
        nanoseconds = fraction
        if reader.isAtEnd {
            offsetSeconds = nil
            return
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        offsetSeconds = offset
    }

    /// The clock on the wall that the text shows; midnight for a date only.
    public var dateTime: CivilDateTime { CivilDateTime(date: date, time: time ?? .midnight) }
}

/// Reads fixed-width digits; every method leaves the place untouched when it fails.
private struct DigitReader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { at == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, UInt32(bytes[at]) == character.value else { return false }
        at += 1
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        guard bytes.count - at >= width else { return nil }
        var value = 0
        for byte in bytes[at..<(at + width)] {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        at += width
        return value
    }

    /// One digit or more after the point; those past the ninth are dropped.
    mutating func fraction() -> Int32? {
        let digits = bytes[at...].prefix { $0 &- UInt8(ascii: "0") < 10 }
        guard !digits.isEmpty else { return nil }
        at = digits.endIndex
        var value: Int32 = 0
        for place in 0..<9 {
            let digit = place < digits.count ? digits[digits.startIndex + place] - UInt8(ascii: "0") : 0
            value = value * 10 + Int32(digit)
        }
        return value
    }

    mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = number(2), hours <= 23 else { return nil }
        if isAtEnd { return sign * hours * 3600 }
        _ = take(":")
        guard let minutes = number(2), minutes <= 59 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
