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
