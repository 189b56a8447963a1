/// Percent-coding of URL components (RFC 3986).
public enum PercentCoding {
    /// Everything but letters, digits and `-._~` becomes `%XX`.
    public static func encode(_ component: String) -> String {
        var buffer = ByteBuffer(capacity: component.utf8.count + 1)
        buffer.appendCoded(component)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    /// Resolves `%XX`; a percent sign without two digits stands for itself, as in PHP and browsers.
    ///
    /// - Parameter plusIsSpace: also read `+` as a space, as in forms and queries.
    public static func decode(_ component: some Sequence<UInt8>, plusIsSpace: Bool = false) -> [UInt8] {
        let bytes = Array(component)
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else { return bytes }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "%"), at + 1 < bytes.count,
                let high = HexDigit.value(of: bytes[at]), let low = HexDigit.value(of: bytes[at + 1])
            {
                decoded.append(UInt8(high << 4 | low))
                at += 2
            } else {
                decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return decoded
    }

    /// The same as text; bytes that are not UTF-8 become U+FFFD.
    public static func decode(_ component: String, plusIsSpace: Bool = false) -> String {
        String(decoding: decode(component.utf8, plusIsSpace: plusIsSpace), as: UTF8.self)
    }

    /// Letters, digits and `-._~`, as bits of the ASCII code: RFC 3986 section 2.3.
    @inline(__always)
    static func isUnreserved(_ byte: UInt8) -> Bool {
        let half: UInt64 =
            switch byte >> 6 {
            case 0: 0x03FF_6000_0000_0000
            case 1: 0x47FF_FFFE_87FF_FFFE
            default: 0
            }
        return half >> UInt64(byte & 63) & 1 == 1
    }
}
