import Testing
import Wire

@testable import Host

/// Compares schedules with what looking at every minute of some days finds, in zones that change their clocks.
@Suite struct CronOracleTests {
    private static let zones = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Havana", "Africa/Cairo",
        "Pacific/Chatham", "UTC", "America/Nuuk", "Asia/Beirut", "America/Sao_Paulo", "Africa/Casablanca",
    ]
    private static let minutesSeen = 5 * 1440

    /// A field as text and as the plain set of what it names.
    private struct Field {
        var text = "*"
        var values: Set<Int>

        init(_ range: ClosedRange<Int>, starChance: Int, _ random: inout some RandomNumberGenerator) {
            values = Set(range)
            if Int.random(in: 0..<100, using: &random) < starChance {
                guard Bool.random(using: &random) else { return }
                let step = Int.random(in: 1...(range.count / 2), using: &random)
                text = "*/\(step)"
                values = Set(stride(from: range.lowerBound, through: range.upperBound, by: step))
                return
            }
            let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                let low = Int.random(in: range, using: &random)
                let high = Int.random(in: low...range.upperBound, using: &random)
                let step = Int.random(in: 1...range.upperBound, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: return ("\(low)", Set([low]))
                case 1: return ("\(low)-\(high)", Set(low...high))
                default: return ("\(low)-\(high)/\(step)", Set(stride(from: low, through: high, by: step)))
                }
            }
            text = parts.map(\.0).joined(separator: ",")
            values = parts.reduce(into: Set()) { $0.formUnion($1.1) }
        }
    }

    private struct Question {
        let spec: String
        let zone: TimeZoneRules
        let start: Int64
        private let fields: [Field]

        init(_ random: inout some RandomNumberGenerator) throws {
            zone = try TimeZoneRules(name: zones.randomElement(using: &random) ?? "UTC")
            var near = Int64.random(in: 1_704_067_200...1_893_456_000, using: &random)
            if Int.random(in: 0..<4, using: &random) > 0, let change = zone.transition(after: near) {
                near = change.unixSeconds
            }
            start = near - Int64.random(in: 0...(2 * 86_400), using: &random)
            let star = Bool.random(using: &random) ? 50 : 0
            fields = [
                Field(0...59, starChance: star, &random), Field(0...23, starChance: star, &random),
                Field(1...31, starChance: 60, &random), Field(1...12, starChance: 90, &random),
                Field(0...7, starChance: 60, &random),
            ]
            spec = fields.map(\.text).joined(separator: " ")
        }

        func matches(_ local: CivilDateTime) -> Bool {
            let weekday = Weekday.allCases.firstIndex(of: local.date.weekday).map { $0 + 1 } ?? 0
            let fitsDay = fields[2].values.contains(local.date.day)
            // 0 and 7 are Sunday, and steps over * count from Sunday as 0.
            let isStar = fields[4].text.hasPrefix("*")
            let fitsWeekday =
                fields[4].values.contains(weekday % 7) || (!isStar && weekday == 7 && fields[4].values.contains(7))
            let either = !fields[2].text.hasPrefix("*") && !isStar
            return local.time.second == 0 && fields[0].values.contains(local.time.minute)
                && fields[1].values.contains(local.time.hour) && fields[3].values.contains(local.date.month)
                && (either ? fitsDay || fitsWeekday : fitsDay && fitsWeekday)
        }

        /// Every instant of the days from `start` on at which it is due, by trying each minute.
        func due() -> [Int64] {
            let isRepeating = fields[0].text.hasPrefix("*") || fields[1].text.hasPrefix("*")
            let first = (start / 60 + 1) * 60
            var shown: Set<Int64> = []
            var found: [Int64] = []
            var previous: Int64?
            // What was shown before the start counts as shown.
            for minute in -1600..<minutesSeen {
                let instant = first + Int64(minute) * 60
                let local = zone.dateTime(at: instant)
                let isNew = shown.insert(local.localSeconds).inserted
                var isDue = matches(local) && (isRepeating || isNew)
                if let previous, !isRepeating, local.localSeconds > previous + 60 {
                    let skipped = stride(from: previous + 60, to: local.localSeconds, by: 60)
                    isDue = isDue || skipped.contains { matches(CivilDateTime(localSeconds: $0)) }
                }
                previous = local.localSeconds
                if isDue, minute >= 0 { found.append(instant) }
            }
            return found
        }
    }

    @Test("Random schedules are due when looking at every minute says so", arguments: 0..<12)
    func oracle(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        var dueCount = 0
        for _ in 0..<25 {
            let question = try Question(&random)
            guard let expression = try? CronExpression(question.spec) else { continue }
            let schedule = CronSchedule(expression, in: question.zone)
            let end = (question.start / 60 + Int64(Self.minutesSeen)) * 60
            var found: [Int64] = []
            var at = Timestamp(unixSeconds: question.start)
            while let next = schedule.next(after: at), next.unixSeconds <= end {
                guard next > at else {
                    Issue.record("\(question.spec) in \(question.zone.name) does not go on from \(at.unixSeconds)")
                    return
                }
                found.append(next.unixSeconds)
                at = next
            }
            let expected = question.due()
            #expect(found == expected, "\(question.spec) in \(question.zone.name) from \(question.start)")
            dueCount += expected.count
        }
        #expect(dueCount > 100, "the questions of this seed ask for something")
    }
}
