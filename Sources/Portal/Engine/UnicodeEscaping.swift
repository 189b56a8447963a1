/// Rewrites JSON so that only ASCII is left, the way PHP's `json_encode` writes without
/// `JSON_UNESCAPED_UNICODE`: `т` becomes `\u0442`, letters beyond U+FFFF two escapes.
enum UnicodeEscaping {
    static func escaped(_ json: [UInt8]) -> [UInt8] {
        guard let first = json.firstIndex(where: { $0 >= 0x80 }) else { return json }
        var result: [UInt8] = []
        result.reserveCapacity(json.count * 2)
        result.append(contentsOf: json[..<first])
        var ascii = first
        var index = first
        while index < json.count {
            if json[index] < 0x80 {
                index += 1
                continue
            }
            result.append(contentsOf: json[ascii..<index])
            index = appendEscape(of: json, at: index, to: &result)
            ascii = index
        }
        result.append(contentsOf: json[ascii...])
        return result
    }

    /// Writes the scalar that starts at `index` and returns where the next one starts.
    private static func appendEscape(of json: [UInt8], at index: Int, to result: inout [UInt8]) -> Int {
        let lead = json[index]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        let end = min(index + length, json.count)
        var scalar = UInt32(lead) & (length == 4 ? 0x07 : length == 3 ? 0x0F : 0x1F)
        for byte in json[(index + 1)..<end] { scalar = scalar << 6 | UInt32(byte & 0x3F) }
        if scalar > 0xFFFF {
            let offset = scalar - 0x10000
            append(unit: 0xD800 + offset >> 10, to: &result)
            append(unit: 0xDC00 + offset & 0x3FF, to: &result)
        } else {
            append(unit: scalar, to: &result)
        }
        return end
    }

    private static func append(unit: UInt32, to result: inout [UInt8]) {
        result.append(UInt8(ascii: "\\"))
        result.append(UInt8(ascii: "u"))
        for shift: UInt32 in [12, 8, 4, 0] {
            result.append([UInt8].hexDigits[Int(unit >> shift & 15)])
        }
    }
}
