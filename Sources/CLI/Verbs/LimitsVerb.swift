import Bitrix24
import Host
import Wire

/// `host limits [--portal NAME|URL] [--all] [--json]`
enum LimitsVerb: Verb {
    static let name = "limits"
    static let summary = "shows how much a portal still takes: requests, and operating time by method"
    static let usage = "[--portal NAME|URL] [--all] [--json]"
    static let options = [
        Option("--portal", "NAME|URL", "only this portal; else all that were called from here"),
        Option("--all", "portals not called for ten minutes too, and methods below 1 s of operating time"),
        Option("--json", "one JSON array, of all there is, instead of lines"),
    ]
    static let notes = """
        Makes no call: it shows what this user's processes on this machine have learnt since the machine started.
        In 'webhook 94af of user 1' the four letters tell a webhook from the user's others: they are made from its
        secret, which cannot be had from them.
        What they share lies in HOST_RUNTIME_DIR, else XDG_RUNTIME_DIR/host, else /tmp/host-UID.
        """

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 0)
        let origin = try options.value("--portal").map { (named) throws(CommandLineFailure) in
            try Environment.origin(of: named)
        }
        var standings: [PortalStanding]
        do throws(HostFailure) {
            standings = try SharedBudget.standings(in: RuntimeDirectory.path(variable: Environment.variable))
        } catch {
            throw CommandLineFailure(error)
        }
        if let origin { standings.removeAll { $0.portal != origin } }
        if options.has("--json") {
            Terminal.out(JSONValue.array(standings.map(json)).text + "\n")
        } else if standings.isEmpty {
            Terminal.out("nothing is used up: no call was made from here\n")
        } else {
            if !options.has("--all") { standings = standings.compactMap { worthShowing($0, isNamed: origin != nil) } }
            if standings.isEmpty { Terminal.out("nothing is used up: no call was made in ten minutes; see --all\n") }
            for standing in standings { Terminal.out(lines(standing).map { $0 + "\n" }.joined()) }
        }
        return .done
    }

    /// Operating time below it, in seconds, is far from any limit.
    private static let secondsShownMin = 1.0
    /// Operating time is counted over so long; a bucket is empty much sooner. Seconds.
    private static let idleSecondsMax = 600.0

    /// Without what is near no limit; nil for a portal that nothing was asked of lately.
    private static func worthShowing(_ standing: PortalStanding, isNamed: Bool) -> PortalStanding? {
        var shown = standing
        shown.methods.removeAll { $0.seconds < secondsShownMin && $0.blockedSeconds <= 0 }
        let isIdle = standing.idleSeconds.map { $0 >= idleSecondsMax } ?? true
        return isIdle && shown.methods.isEmpty && !isNamed ? nil : shown
    }

    private static func lines(_ standing: PortalStanding) -> [String] {
        let free = max(0, integer(standing.capacity - standing.level))
        var lines = [
            standing.portal,
            "  requests   \(free) of \(integer(standing.capacity)) free at once (\(standing.plan.burst) less "
                + "\(integer((Double(standing.plan.burst) - standing.capacity).rounded(.up))) kept back), then "
                + "\(number(standing.plan.drainPerSecond)) a second",
        ]
        if standing.holdSeconds > 0 {
            lines.append("  held       for \(whole(standing.holdSeconds)) s, as the portal refused a request")
        }
        for method in standing.methods {
            var line = "  operating  \(method.key.method), \(method.key.holder): \(number(method.seconds)) of "
            line += "\(Int(OperatingLedger.limitSeconds)) s in ten minutes"
            if method.blockedSeconds > 0 {
                line += ", blocked for \(whole(method.blockedSeconds)) s"
            } else if method.resetSeconds > 0 {
                line += ", less in \(whole(method.resetSeconds)) s"
            }
            lines.append(line)
        }
        return lines
    }

    private static func json(_ standing: PortalStanding) -> JSONValue {
        [
            "portal": .string(standing.portal), "level": .number(rounded(standing.level)),
            "capacity": .number(standing.capacity), "drainPerSecond": .number(standing.plan.drainPerSecond),
            "burst": .integer(Int64(standing.plan.burst)), "holdSeconds": .number(rounded(standing.holdSeconds)),
            "operating": .array(
                standing.methods.map { method in
                    [
                        "method": .string(method.key.method), "holder": .string(method.key.holder),
                        "seconds": .number(rounded(method.seconds)),
                        "limitSeconds": .number(OperatingLedger.limitSeconds),
                        "resetSeconds": .number(rounded(method.resetSeconds)),
                        "blockedSeconds": .number(rounded(method.blockedSeconds)),
                    ]
                }),
        ]
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    /// Toward zero. What was kept is another process's word: a number may be too large for an `Int`.
    private static func integer(_ value: Double) -> Int { Int(exactly: value.rounded(.towardZero)) ?? .max }

    private static func whole(_ seconds: Double) -> Int { integer(seconds.rounded(.up)) }

    /// With at most one decimal, and none where there is none.
    private static func number(_ value: Double) -> String {
        let tenths = integer((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
