/// Whole numbers in decimal.
public enum DecimalText {
    /// Bytes that the text of any number takes at most.
    public static let lengthMax = 20

    /// Writes the number's text and returns its length.
    ///
    /// - Parameter start: where at least `lengthMax` bytes have room.
    @inlinable
    public static func write(_ value: Int64, to start: UnsafeMutablePointer<UInt8>) -> Int {
        var rest = value.magnitude
        var end = start
        if value < 0 {
            end.pointee = UInt8(ascii: "-")
            end += 1
        }
        var digits = 1
        var bound: UInt64 = 10
        while digits < lengthMax, rest >= bound {
            digits &+= 1
            let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
            if overflow { break }
            bound = next
        }
        var at = digits
        repeat {
            at &-= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            end[at] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
            rest = quotient
        } while at > 0
        return end + digits - start
    }
}
