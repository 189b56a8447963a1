import Testing
import Wire

@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("2026-05-14T10:26:32+02:00", 1_778_747_192, 0, "2026-05-14T10:26:32+02:00"),
            ("2026-05-14T10:26:32+0200", 1_778_747_192, 0, "2026-05-14T10:26:32+02:00"),
            ("2026-05-14T10:26:32+02", 1_778_747_192, 0, "2026-05-14T10:26:32+02:00"),
            ("2026-05-14T08:26:32Z", 1_778_747_192, 0, "2026-05-14T10:26:32+02:00"),
            ("2026-05-14 08:26:32.910734z", 1_778_747_192, 910_734_000, "2026-05-14T10:26:32+02:00"),
            ("2026-05-14T08:26:32.1234567891Z", 1_778_747_192, 123_456_789, "2026-05-14T10:26:32+02:00"),
            ("2026-05-14T10:26+02:00", 1_778_747_160, 0, "2026-05-14T10:26:00+02:00"),
            ("1969-12-31T23:59:59.5Z", -1, 500_000_000, "1970-01-01T01:59:59+02:00"),
        ] as [(String, Int64, Int32, String)])
    func `texts with an offset mean one point`(text: String, seconds: Int64, nanoseconds: Int32, local: String) throws {
        let stamp = try #require(Timestamp(parsingISO8601: text))
        #expect(stamp.unixSeconds == seconds)
        #expect(stamp.nanoseconds == nanoseconds)
        #expect(stamp.iso8601(offsetSeconds: 7200) == local)
    }

    @Test func `a text without an offset is read but means no point`() throws {
        let parsed = try #require(ISO8601("2026-05-14T10:26:32"))
        #expect(parsed.offsetSeconds == nil)
        #expect(parsed.dateTime.description == "2026-05-14T10:26:32")
        #expect(Timestamp(parsingISO8601: "2026-05-14T10:26:32") == nil)
        let dateOnly = try #require(ISO8601("2026-05-14"))
        #expect(dateOnly.time == nil)
        #expect(dateOnly.offsetSeconds == nil)
        #expect(dateOnly.dateTime.description == "2026-05-14T00:00:00")
        #expect(Timestamp(parsingISO8601: "2026-05-14") == nil)
    }

    @Test(arguments: [
        "", "2026", "2026-05", "2026-5-14", "2026-02-30", "2026-05-14T", "2026-05-14T10", "2026-05-14T10:60",
        "2026-05-14T24:00:00Z", "2026-05-14T10:26:60Z", "2026-05-14T10:26:32.", "2026-05-14T10:26:32+", "14.05.2026",
        "2026-05-14T10:26:32+24:00", "2026-05-14T10:26:32+02:60", "2026-05-14T10:26:32Zx", "2026-05-14x10:26:32Z",
        "+2026-05-14", "２０２６-05-14", "2026-05-14T10:26:32 +02:00", "2026-05-14T10:26:32+2",
    ])
    func `anything else is refused`(text: String) {
        #expect(ISO8601(text) == nil)
        #expect(Timestamp(parsingISO8601: text) == nil)
    }

    @Test(arguments: UInt64(0)..<20)
    func `a point survives writing and reading in any offset`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            let stamp = Timestamp(unixSeconds: Int64.random(in: -62_000_000_000...250_000_000_000, using: &random))
            let offset = Int.random(in: -840...840, using: &random) * 60
            #expect(Timestamp(parsingISO8601: stamp.iso8601(offsetSeconds: offset)) == stamp)
        }
    }
}
