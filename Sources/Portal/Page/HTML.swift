/// Builds a page so that nothing unescaped can get in: markup is literal, everything else goes through `text`.
struct HTML {
    private(set) var bytes: [UInt8] = []

    /// Markup as it stands in the source: only literals have this type.
    mutating func raw(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Text between tags, or inside a quoted attribute.
    mutating func text(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "\""): raw("&quot;")
            case UInt8(ascii: "'"): raw("&#39;")
            // Control characters have no place in HTML; tabs and line ends are white space.
            case 0..<9, 11, 12, 14..<32: raw("\u{FFFD}")
            default: bytes.append(byte)
            }
        }
    }

    mutating func text(_ number: Int) { text(String(number)) }

    /// An element with text in it.
    mutating func element(_ open: StaticString, _ content: String, _ close: StaticString) {
        raw(open)
        text(content)
        raw(close)
    }
}
