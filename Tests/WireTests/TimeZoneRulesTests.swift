import Foundation
import Testing

@testable import Wire

@Suite struct TimeZoneRulesTests {
    static let names = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca",
        "America/Sao_Paulo", "Asia/Tehran", "Europe/Dublin", "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu",
        "Antarctica/Troll", "America/Nuuk", "Africa/Cairo", "Europe/Moscow", "Pacific/Chatham", "UTC", "Etc/GMT+12",
    ]

    private static func local(_ text: String) throws -> CivilDateTime { try #require(ISO8601(text)).dateTime }
    private static func point(_ text: String) throws -> Int64 {
        try #require(Timestamp(parsingISO8601: text)).unixSeconds
    }

    // Foundation has its own copy of the tz database, of another age: Morocco's rules differ.
    @Test(arguments: names.filter { $0 != "Africa/Casablanca" })
    func `offsets are those of Foundation, table and rule alike`(name: String) throws {
        let rules = try TimeZoneRules(name: name)
        let oracle = try #require(TimeZone(identifier: name))
        // Every 5 hours over two years now, when all rules are the footer's, and sparsely over 1950 to 2037.
        let dense = stride(from: 1_767_225_600, to: 1_830_297_600, by: 5 * 3600)
        let sparse = stride(from: -631_152_000, to: 2_114_380_800, by: 40 * 86_400 + 3671)
        for seconds in Array(dense) + Array(sparse) {
            let expected = oracle.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
            #expect(rules.offsetSeconds(at: Int64(seconds)) == expected, "\(name) at \(seconds)")
        }
    }

    @Test(arguments: names)
    func `every change of the next years is found from one second before it`(name: String) throws {
        let rules = try TimeZoneRules(name: name)
        var at: Int64 = 1_700_000_000
        for _ in 0..<12 {
            guard let change = rules.transition(after: at) else { return }
            #expect(change.unixSeconds > at)
            #expect(rules.offsetSeconds(at: change.unixSeconds) == change.offsetSeconds)
            #expect(rules.offsetSeconds(at: change.unixSeconds - 1) == rules.offsetSeconds(at: at))
            #expect(rules.transition(after: change.unixSeconds - 1)?.unixSeconds == change.unixSeconds)
            at = change.unixSeconds
        }
    }

    @Test(arguments: names)
    func `local times resolve to all points that show them, as trying every offset does`(name: String) throws {
        let rules = try TimeZoneRules(name: name)
        var times = stride(from: Int64(1_767_225_600), to: 1_798_761_600, by: 11 * 3600)
            .map { CivilDateTime(localSeconds: $0) }
        var at: Int64 = 1_700_000_000
        while times.count < 1200, let change = rules.transition(after: at) {
            at = change.unixSeconds
            let local = at + Int64(change.offsetSeconds)
            times += stride(from: local - 7800, to: local + 7800, by: 600).map { CivilDateTime(localSeconds: $0) }
        }
        for time in times {
            let candidates: [Int64] = (-120...120).map { time.localSeconds + $0 * 900 }
            let points = candidates.filter { rules.dateTime(at: $0) == time }
            switch rules.resolve(local: time) {
            case .unique(let point): #expect(points == [point], "\(name) \(time)")
            case .overlap(let earlier, let later): #expect(points == [earlier, later], "\(name) \(time)")
            case .gap(let transition, let shifted):
                #expect(points.isEmpty, "\(name) \(time)")
                let before = CivilDateTime(localSeconds: transition + Int64(rules.offsetSeconds(at: transition - 1)))
                #expect(before <= time && time < rules.dateTime(at: transition), "\(name) \(time)")
                #expect(shifted - transition == time.localSeconds - before.localSeconds)
            }
        }
    }

    @Test func `Berlin's two daylight saving days of 2026`() throws {
        let berlin = try TimeZoneRules(name: "Europe/Berlin")
        let spring = try Self.point("2026-03-29T01:00:00Z")
        #expect(
            berlin.resolve(local: try Self.local("2026-03-29T02:30:00"))
                == .gap(transition: spring, shifted: spring + 1800))
        #expect(berlin.resolve(local: try Self.local("2026-03-29T01:59:59")) == .unique(spring - 1))
        #expect(berlin.resolve(local: try Self.local("2026-03-29T03:00:00")) == .unique(spring))
        let autumn = try Self.point("2026-10-25T01:00:00Z")
        #expect(
            berlin.resolve(local: try Self.local("2026-10-25T02:30:00"))
                == .overlap(earlier: autumn - 1800, later: autumn + 1800))
        #expect(berlin.resolve(local: try Self.local("2026-10-25T03:00:00")) == .unique(autumn + 3600))
        #expect(berlin.resolve(local: try Self.local("2026-10-25T02:30:00")).unixSeconds == autumn - 1800)
    }

    @Test func `a rule goes on long after the table`() throws {
        let berlin = try TimeZoneRules(name: "Europe/Berlin")
        #expect(berlin.offsetSeconds(at: try Self.point("2399-07-01T00:00:00Z")) == 7200)
        #expect(berlin.offsetSeconds(at: try Self.point("2399-12-31T23:30:00Z")) == 3600)
        #expect(berlin.offsetSeconds(at: try Self.point("2400-01-01T00:30:00Z")) == 3600)
        let sydney = try TimeZoneRules(name: "Australia/Sydney")
        #expect(sydney.offsetSeconds(at: try Self.point("2399-12-31T23:30:00Z")) == 39_600)
        #expect(sydney.offsetSeconds(at: try Self.point("2400-01-01T00:30:00Z")) == 39_600)
    }

    @Test(arguments: [
        ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18_000),
        ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14_400),
        ("<-03>3", "2026-01-01T00:00:00Z", -10_800),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-01-01T00:00:00Z", 39_600),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 3600),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600),
        ("XXX0YYY,J60/0,J300/0", "2024-03-01T00:00:00Z", 3600),
        ("XXX0YYY,J60/0,J300/0", "2024-02-29T23:59:59Z", 0), ("XXX0YYY,59/0,300/0", "2024-02-29T00:00:00Z", 3600),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-27T00:00:00Z", 10_800),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-26T23:59:59Z", 7200),
    ])
    func `POSIX rules of every form are followed`(rule: String, point: String, offset: Int) throws {
        let zone = try #require(PosixZone(rule.utf8))
        #expect(zone.offset(at: try Self.point(point)) == offset)
    }

    @Test(arguments: [
        "", "E5", "EST", "EST25", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
        "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J1", "EST5EDT,366,1", "EST5EDT,M3.2.0,M11.1.0x", "<EST5", "EST5:60",
        "EST5EDT,M3.2.0/168,M11.1.0",
    ])
    func `other rules are refused`(rule: String) { #expect(PosixZone(rule.utf8) == nil) }

    @Test(arguments: [
        "", "/etc/passwd", "../../../etc/passwd", "Europe/../../../../etc/passwd", "Europe/Atlantis", "Europe",
        "Europe/",
        "Europe//Berlin", ".", "Europe/Berlin\0", "zone.tab", String(repeating: "A", count: 65), "tzdata zi",
    ])
    func `what names no zone is refused with a sentence`(name: String) {
        let failure = #expect(throws: TimeZoneFailure.self) { try TimeZoneRules(name: name) }
        #expect(failure?.message.isEmpty == false)
    }

    @Test func `a broken file is refused, never read past its end`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: TimeZoneRules.folder + "/Europe/Berlin")))
        _ = try TimeZoneRules(tzif: bytes)
        for length in 0..<bytes.count {
            #expect(throws: TimeZoneFailure.self) { try TimeZoneRules(tzif: Array(bytes[..<length])) }
        }
        var random = SeededRandom(seed: 1)
        for _ in 0..<3000 {
            var changed = bytes
            for _ in 0..<3 {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                changed[place] = UInt8.random(in: 0...255, using: &random)
            }
            guard let rules = try? TimeZoneRules(tzif: changed) else { continue }
            _ = rules.resolve(local: CivilDateTime(localSeconds: 1_774_752_000))
        }
    }

    @Test func `UTC never changes`() throws {
        #expect(TimeZoneRules.utc.offsetSeconds(at: 1_800_000_000) == 0)
        #expect(TimeZoneRules.utc.transition(after: 0) == nil)
        #expect(TimeZoneRules.utc.resolve(local: CivilDateTime(localSeconds: 5)) == .unique(5))
    }
}
