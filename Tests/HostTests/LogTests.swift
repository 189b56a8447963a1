import Testing
import Wire

@testable import Host

@Suite struct LogTests {
    @Test("a secret is taken out wherever it stands, the longer one first")
    func redaction() {
        var redactor = Redactor()
        redactor.add("abc123")
        redactor.add("abc123xyz")
        #expect(redactor.redact("abc123xyz/abc123?abc123") == "[secret]/[secret]?[secret]")
        #expect(redactor.redact("nothing") == "nothing")
        redactor.add("ab")
        #expect(redactor.redact("about") == "about")
    }

    @Test("what holds no secret is handed on as it is, without a copy, bytes that are no text included")
    func untouched() {
        var redactor = Redactor(and: { Redactor(hiding: ["another secret"]) })
        redactor.add("abc123")
        // Nearly the secret, again and again, and each byte there is.
        var bytes = Array(repeating: Array("abc12abc12".utf8), count: 200_000).flatMap { $0 }
        bytes += 0...255
        bytes.withUnsafeBytes { given in
            redactor.redact(given) { #expect($0.baseAddress == given.baseAddress && $0.count == given.count) }
        }
    }

    @Test("what is large and holds secrets loses them and nothing else, at its ends and side by side")
    func large() {
        let redactor = Redactor(hiding: ["abc123", "abc123xyz"])
        let noise = Array(repeating: Array(UInt8.min...UInt8.max), count: 1_000).flatMap { $0 }
        let parts = ["abc123xyz", "abc123abc123", "abc12", "abc123"].map { Array($0.utf8) }
        let hidden = ["[secret]", "[secret][secret]", "abc12", "[secret]"].map { Array($0.utf8) }
        var seen: [UInt8] = []
        Array(parts.joined(separator: noise)).withUnsafeBytes { bytes in redactor.redact(bytes) { seen = Array($0) } }
        #expect(seen == Array(hidden.joined(separator: noise)))
    }

    @Test("a line shows its fields, stays one line, and never steers a terminal")
    func lines() throws {
        var lines: [String] = []
        let log = RunLog(redactor: Redactor(), lineBytesMax: 200, totalBytesMax: 1000) { lines.append($0) }
        try log.line(.info, "booked", ["event": 12, "who": "Ann"])
        try log.line(.warn, "two\nlines \u{1B}[31m")
        try log.line(.debug, "not shown")
        #expect(lines == ["info booked event=12 who=\"Ann\"", "warn two\\nlines \\u{1b}[31m"])
    }

    @Test("a long line is cut at a character and says how much is missing")
    func cut() throws {
        var lines: [String] = []
        let log = RunLog(redactor: Redactor(), lineBytesMax: 8, totalBytesMax: 1000) { lines.append($0) }
        try log.line(.info, "äöü")
        #expect(lines == ["info ä… (4 more bytes; limit 'log_line')"])
    }

    @Test("a log that is full stops the run, and what fitted stays")
    func full() throws {
        var lines: [String] = []
        let log = RunLog(redactor: Redactor(), lineBytesMax: 100, totalBytesMax: 20) { lines.append($0) }
        try log.line(.info, "12345")
        #expect(throws: RunLogFull.self) { try log.line(.info, "1234567890") }
        #expect(lines == ["info 12345"])
    }
}
