import Glibc

extension JSONScanner {
    /// Reads a number that starts at `position` with a digit or a minus. A whole number that does not fit `Int64`
    /// becomes a double, and so does `-0`, which no integer can say.
    @inlinable @inline(__always)
    mutating func number() throws(JSONFailure) -> JSONToken {
        let start = position
        var at = start
        let isNegative = base[at] == UInt8(ascii: "-")
        if isNegative { at += 1 }
        let firstDigit = at
        var magnitude: UInt64 = 0
        while at < count {
            let digit = base[at] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            magnitude = magnitude &* 10 &+ UInt64(digit)
            at += 1
        }
        let digits = at - firstDigit
        let endsHere = at == count || !JSONScanner.continuesNumber(base[at])
        // 18 digits always fit; a leading zero must stand alone.
        guard endsHere, digits > 0, digits <= 18, digits == 1 || base[firstDigit] != UInt8(ascii: "0"),
            magnitude != 0 || !isNegative
        else { return try numberSlowly() }
        position = at
        return .integer(isNegative ? 0 &- Int64(magnitude) : Int64(magnitude))
    }

    @inlinable @inline(__always)
    static func continuesNumber(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
    }

    /// Numbers with fraction or exponent, long ones, and wrong ones.
    @usableFromInline
    mutating func numberSlowly() throws(JSONFailure) -> JSONToken {
        let start = position
        var at = start
        let isNegative = base[at] == UInt8(ascii: "-")
        if isNegative { at += 1 }
        let whole = try digits(from: at)
        if whole.count > 1, base[at] == UInt8(ascii: "0") {
            throw failure(.syntax, "a number may not start with 0", at: at)
        }
        var mantissa = whole.value
        var fits = whole.fits
        at += whole.count
        var scale = 0
        var isWhole = true
        if at < count, base[at] == UInt8(ascii: ".") {
            isWhole = false
            let fraction = try digits(from: at + 1, continuing: mantissa, fits)
            at += 1 + fraction.count
            mantissa = fraction.value
            fits = fraction.fits
            scale = -fraction.count
        }
        if at < count, base[at] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            at += 1
            var sign = 1
            if at < count, base[at] == UInt8(ascii: "+") || base[at] == UInt8(ascii: "-") {
                sign = base[at] == UInt8(ascii: "-") ? -1 : 1
                at += 1
            }
            let exponent = try digits(from: at)
            at += exponent.count
            if exponent.fits, exponent.value < 1_000_000 { scale += sign * Int(exponent.value) } else { fits = false }
        }
        position = at
        if isWhole, fits, mantissa != 0 || !isNegative {
            if !isNegative, let integer = Int64(exactly: mantissa) { return .integer(integer) }
            if isNegative, mantissa <= UInt64(Int64.max) + 1 {
                return .integer(Int64(truncatingIfNeeded: 0 &- mantissa))
            }
        }
        if fits, let value = exact(mantissa, scale) { return .number(isNegative ? -value : value) }
        let value = converted(from: start, to: at)
        guard value.isFinite else { throw failure(.range, "the number is too large for a double", at: start) }
        return .number(value)
    }

    /// One digit or more. `fits` says that `value`, which goes on from `previous`, has not overflowed.
    private func digits(
        from start: Int, continuing previous: UInt64 = 0, _ fitted: Bool = true
    ) throws(JSONFailure) -> (count: Int, value: UInt64, fits: Bool) {
        var at = start
        var value = previous
        var fits = fitted
        while at < count {
            let digit = base[at] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            let (tens, overTen) = value.multipliedReportingOverflow(by: 10)
            let (sum, overSum) = tens.addingReportingOverflow(UInt64(digit))
            if overTen || overSum { fits = false }
            value = sum
            at += 1
        }
        guard at > start else {
            if start >= count { throw truncated(at: count) }
            throw failure(.syntax, "a digit was expected", at: start)
        }
        return (at - start, value, fits)
    }

    /// `mantissa × 10^scale` where both steps are exact in a double, so that one rounding remains (Clinger 1990).
    private func exact(_ mantissa: UInt64, _ scale: Int) -> Double? {
        guard mantissa <= 1 << 53, scale >= -22, scale <= 22 else { return nil }
        var power = 1.0
        for _ in 0..<abs(scale) { power *= 10 }
        return scale < 0 ? Double(mantissa) / power : Double(mantissa) * power
    }

    /// The rest goes to the C library, which rounds correctly. Nothing sets a locale in this program.
    private func converted(from start: Int, to end: Int) -> Double {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: end - start + 1) { text in
            for index in start..<end { text[index - start] = CChar(bitPattern: base[index]) }
            text[end - start] = 0
            return text.baseAddress.map { strtod($0, nil) } ?? .infinity
        }
    }
}
