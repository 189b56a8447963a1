import Cryptography
import Glibc
import Portal
import Wire

/// How the local portal is to behave, from the words after `host portal`.
struct PortalOptions {
    static let declared = [
        Option("--plan", "standard|enterprise", "the request limit of that plan: 2 a second after 50, or 5 after 250"),
        Option("--burst", "N", "requests the bucket holds"),
        Option("--drain", "N|off", "requests a second that leave it; off lifts the limit"),
        Option("--operating-limit", "SECONDS|off", "what one method may cost in ten minutes; 480"),
        Option("--accounting", "method|batch", "whom the time of a batch's commands is charged to"),
        Option("--latency", "MS", "every reply of REST waits so long"),
        Option(
            "--fault", "KIND[:METHOD][:option=value…]", repeats: true,
            "misbehaves, as in dropAfter:crm.lead.*:rate=0.05; see below"),
        Option("--seed-number", "N", "where chance begins: tokens and faults are the same for the same number"),
        Option(
            "--app", "CLIENT_ID:SECRET:SCOPES[:REDIRECT]", repeats: true,
            "an application on the portal; scopes with commas between"),
        Option(
            "--name", "HOST", repeats: true,
            "a name it answers to besides loopback names, and that is in its certificate"),
        Option("--https", "serves HTTPS with a certificate made at start"),
        Option("--certificate", "FILE", "writes that certificate there, for SSL_CERT_FILE of a client"),
    ]

    static let notes = """
        A fault hits requests whose method matches: crm.* or *; oauth.token is the token endpoint. Its kinds are
        \(kindLines)
        Its options: skip=N lets calls through first, count=N ends it, rate=0…1 hits a share, inBatch=1 means commands
        inside a batch (errors only); status=, error= and description= of an error, ms= of latency, to= of a renaming
        (a loopback name: localhost) or redirect, bytes= of large. docs/portal.md says more.
        """

    private static var kindLines: String {
        let names = PortalFault.kindNames
        let middle = (names.count + 1) / 2
        return [names[..<middle], names[middle...]].map { $0.joined(separator: ", ") }.joined(separator: ",\n")
    }

    /// More is no portal that anybody waits for.
    private static let secondsMax = 1_000_000.0

    static func apply(
        _ options: Options, to configuration: inout PortalServer.Configuration
    ) throws(CommandLineFailure) {
        try applyLimits(options, to: &configuration.settings)
        if let text = options.value("--latency") {
            configuration.settings.latencyMS = try number(text, "--latency", max: PortalFault.latencyMSMax)
        }
        if let text = options.value("--seed-number") {
            guard let seed = UInt64(text) else { throw wrong("--seed-number", "a whole number") }
            configuration.settings.seedNumber = seed
        }
        for text in options.all("--app") { configuration.settings.applications.append(try application(text)) }
        let names = options.all("--name").map { $0.lowercased() }
        configuration.settings.hostNames = Set(names)
        if options.has("--https") {
            configuration.tls = try identity(for: names, writtenTo: options.value("--certificate"))
        }
        guard options.has("--https") || !options.has("--certificate") else {
            throw .usage("--certificate belongs to --https", verb: PortalVerb.name)
        }
    }

    static func faults(_ options: Options) throws(CommandLineFailure) -> [PortalFault] {
        var faults: [PortalFault] = []
        for text in options.all("--fault") {
            do throws(PortalFailure) {
                faults.append(try PortalFault(parsing: text))
            } catch {
                throw .usage("--fault \(text): \(error.description)", verb: PortalVerb.name)
            }
        }
        return faults
    }

    private static func applyLimits(
        _ options: Options, to settings: inout PortalSettings
    ) throws(CommandLineFailure) {
        if let text = options.value("--plan") {
            guard let plan = PortalSettings.Plan(rawValue: text) else {
                throw wrong("--plan", "standard or enterprise")
            }
            settings.drainPerSecond = plan.drainPerSecond
            settings.burst = plan.burst
        }
        if let text = options.value("--burst") { settings.burst = Double(try number(text, "--burst", max: 1_000_000)) }
        if let text = options.value("--drain") { settings.drainPerSecond = try seconds(text, "--drain") }
        if let text = options.value("--operating-limit") {
            settings.operatingSecondsMax = try seconds(text, "--operating-limit")
        }
        if let text = options.value("--accounting") {
            guard let accounting = PortalSettings.OperatingAccounting(rawValue: text) else {
                throw wrong("--accounting", "method or batch")
            }
            settings.operatingAccounting = accounting
        }
    }

    /// `local.1:secret:crm,task:https://app.example/back`; the redirect may hold colons.
    private static func application(_ text: String) throws(CommandLineFailure) -> PortalApplication {
        let parts = text.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw wrong("--app", "CLIENT_ID:SECRET:SCOPES[:REDIRECT]")
        }
        if parts.count == 4, (try? URLParts(parts[3])) == nil {
            throw wrong("--app", "an absolute URL as its redirect")
        }
        return PortalApplication(
            clientID: parts[0], clientSecret: parts[1], scopes: parts[2].split(separator: ",").map(String.init),
            redirectURI: parts.count == 4 ? parts[3] : nil)
    }

    private static func identity(
        for names: [String], writtenTo path: String?
    ) throws(CommandLineFailure) -> TLSIdentity {
        let identity: TLSIdentity
        do {
            identity = try TLSIdentity.selfSigned(
                hosts: ["127.0.0.1", "localhost", "::1"] + names, validDays: certificateDays)
        } catch {
            throw CommandLineFailure(.failed, "no certificate can be made: \(error.message)")
        }
        if let path { try Environment.write(identity.certificatePEM, to: path) }
        return identity
    }

    private static let certificateDays = 30

    private static func number(_ text: String, _ option: String, max: Int) throws(CommandLineFailure) -> Int {
        guard let number = Int(text), (0...max).contains(number) else {
            throw wrong(option, "a whole number from 0 to \(max)")
        }
        return number
    }

    private static func seconds(_ text: String, _ option: String) throws(CommandLineFailure) -> Double? {
        if text == "off" { return nil }
        guard let number = Double(text), number > 0, number <= secondsMax else {
            throw wrong(option, "a number above 0, or off")
        }
        return number
    }

    private static func wrong(_ option: String, _ wanted: String) -> CommandLineFailure {
        .usage("\(option) takes \(wanted)", verb: PortalVerb.name)
    }
}
