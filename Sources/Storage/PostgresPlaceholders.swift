/// `?` as PostgreSQL counts parameters: `$1`, `$2` and so on. Those in quotes, identifiers, dollar quotes and comments
/// stay. PostgreSQL's operators with a question mark cannot be written; they have names, such as `jsonb_exists`.
enum PostgresPlaceholders {
    static func numbered(_ sql: String) -> String {
        var scan = Scan(sql)
        return scan.run()
    }

    /// Over UTF-8: what it looks for is ASCII, and a byte of a longer character is none.
    private struct Scan {
        private let bytes: [UInt8]
        private var at = 0
        private var out: [UInt8] = []
        private var parameters = 0

        init(_ sql: String) {
            bytes = Array(sql.utf8)
            out.reserveCapacity(bytes.count + 16)
        }

        mutating func run() -> String {
            while let byte = peek() {
                switch byte {
                case UInt8(ascii: "?"):
                    parameters += 1
                    out += Array("$\(parameters)".utf8)
                    at += 1
                case UInt8(ascii: "'"): quoted(by: byte, hasEscapes: isAfterEscapePrefix)
                case UInt8(ascii: "\""): quoted(by: byte, hasEscapes: false)
                case UInt8(ascii: "-") where peek(1) == byte: copy(while: { $0 != UInt8(ascii: "\n") })
                case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): comment()
                case UInt8(ascii: "$"): dollarQuoted()
                default: copy()
                }
            }
            return String(decoding: out, as: UTF8.self)
        }

        private func peek(_ ahead: Int = 0) -> UInt8? {
            at + ahead < bytes.count ? bytes[at + ahead] : nil
        }

        private mutating func copy(_ count: Int = 1) {
            let end = min(at + count, bytes.count)
            out += bytes[at..<end]
            at = end
        }

        private mutating func copy(while goesOn: (UInt8) -> Bool) {
            while let byte = peek(), goesOn(byte) { copy() }
        }

        /// To the closing quote; a doubled quote closes one string and opens the next, which comes to the same.
        private mutating func quoted(by quote: UInt8, hasEscapes: Bool) {
            copy()
            while let byte = peek() {
                copy(hasEscapes && byte == UInt8(ascii: "\\") ? 2 : 1)
                guard byte == quote else { continue }
                // In E'…''…' the escapes go on behind the doubled quote.
                guard hasEscapes, peek() == quote else { return }
                copy()
            }
        }

        /// E'…', where the E is a word of its own.
        private var isAfterEscapePrefix: Bool {
            guard at > 0, bytes[at - 1] | 0x20 == UInt8(ascii: "e") else { return false }
            return at < 2 || !Scan.isWord(bytes[at - 2])
        }

        /// PostgreSQL's comments nest.
        private mutating func comment() {
            var depth = 0
            repeat {
                switch (peek(), peek(1)) {
                case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                    depth += 1
                    copy(2)
                case (UInt8(ascii: "*"), UInt8(ascii: "/")):
                    depth -= 1
                    copy(2)
                default: copy()
                }
            } while depth > 0 && at < bytes.count
        }

        /// `$tag$…$tag$`; a dollar inside a word or before a number opens nothing.
        private mutating func dollarQuoted() {
            let isInWord = at > 0 && Scan.isWord(bytes[at - 1])
            let tag = bytes[(at + 1)...].prefix { Scan.isWord($0) && $0 != UInt8(ascii: "$") }
            let isTag = tag.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? true
            guard !isInWord, isTag, peek(1 + tag.count) == UInt8(ascii: "$") else { return copy() }
            let mark = bytes[at...(at + 1 + tag.count)]
            copy(mark.count)
            while at < bytes.count, !bytes[at...].starts(with: mark) { copy() }
            copy(mark.count)
        }

        private static func isWord(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
                true
            default: false
            }
        }
    }
}
