extension PosixZone {
    /// Nil for anything that is not a whole rule.
    init?(_ text: some Sequence<UInt8>) {
        var reader = PosixReader(Array(text))
        guard reader.skipName(), let west = reader.seconds(hoursMax: 24) else { return nil }
        standardOffset = -west
        if reader.isAtEnd {
            daylight = nil
            return
        }
        guard reader.skipName() else { return nil }
        var offset = standardOffset + 3600
        if !reader.isNext(",") {
            guard let west = reader.seconds(hoursMax: 24) else { return nil }
            offset = -west
        }
        guard reader.take(","), let start = reader.change(), reader.take(","), let end = reader.change(),
            reader.isAtEnd
        else { return nil }
        daylight = Daylight(offset: offset, start: start, end: end)
    }
}

private struct PosixReader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }

    func isNext(_ character: Unicode.Scalar) -> Bool {
        at < bytes.count && UInt32(bytes[at]) == character.value
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isNext(character) else { return false }
        at += 1
        return true
    }

    /// `CET` or `<+0330>`; what the time is called is nobody's business here.
    mutating func skipName() -> Bool {
        let start = at
        if take("<") {
            while at < bytes.count, !isNext(">") { at += 1 }
            return take(">")
        }
        while at < bytes.count, bytes[at] | 0x20 >= UInt8(ascii: "a"), bytes[at] | 0x20 <= UInt8(ascii: "z") { at += 1 }
        return at - start >= 3
    }

    /// One to three digits.
    mutating func number() -> Int? {
        let start = at
        var value = 0
        while at < bytes.count, at - start < 3, bytes[at] &- UInt8(ascii: "0") < 10 {
            value = value * 10 + Int(bytes[at] - UInt8(ascii: "0"))
            at += 1
        }
        return at > start ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]`
    mutating func seconds(hoursMax: Int) -> Int? {
        let sign = take("-") ? -1 : 1
        if sign == 1 { _ = take("+") }
        guard let hours = number(), hours <= hoursMax else { return nil }
        var value = hours * 3600
        for unit in [60, 1] where take(":") {
            guard let part = number(), part <= 59 else { return nil }
            value += part * unit
        }
        return sign * value
    }

    mutating func change() -> PosixZone.Change? {
        guard let day = day() else { return nil }
        guard take("/") else { return PosixZone.Change(day: day, secondOfDay: 7200) }
        return seconds(hoursMax: 167).map { PosixZone.Change(day: day, secondOfDay: $0) }
    }

    private mutating func day() -> PosixZone.Change.Day? {
        if take("M") {
            guard let month = number(), (1...12).contains(month), take("."), let week = number(),
                (1...5).contains(week), take("."), let day = number(), (0...6).contains(day)
            else { return nil }
            return .weekday(month: month, week: week, day: day)
        }
        if take("J") { return number().flatMap { (1...365).contains($0) ? .julian($0) : nil } }
        return number().flatMap { (0...365).contains($0) ? .zeroBased($0) : nil }
    }
}
