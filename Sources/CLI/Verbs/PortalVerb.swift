import Net
import Portal
import Wire

/// `host portal`
enum PortalVerb: Verb {
    static let name = "portal"
    static let summary = "runs a local Bitrix24 to try recipes on; its page shows what they did"
    static let usage = "[--port N] [--seed FILE.json] [--data FILE] [--fault …]… [--app …]… [--https] [--json]"
    static let options =
        [
            Option("--port", "N", "the port to listen on; 0, the default, takes any free one"),
            Option("--seed", "FILE.json", "data to begin with, such as seeds/cleaning-company.json"),
            Option("--data", "FILE", "keeps the portal's state in this file; else it lives in memory"),
            Option("--json", "the first line is JSON: {\"url\":…,\"webhook\":…,\"authorization\":…,\"apps\":[…]}"),
        ] + PortalOptions.declared
    static let notes = """
        It listens on loopback only, and stops on SIGTERM and SIGINT. Its authorization server has a port of its own.

        \(PortalOptions.notes)
        """

    private static let seedBytesMax = 512 << 20

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 0)
        var configuration = PortalServer.Configuration()
        configuration.onRefusedDelivery = { origin in
            Terminal.error("host: events for \(origin) are not delivered: it is not on this machine\n")
        }
        if let text = options.value("--port") {
            guard let port = UInt16(text) else { throw .usage("--port takes a number from 0 to 65535", verb: name) }
            configuration.port = Int(port)
        }
        if let path = options.value("--data") { configuration.location = .file(path) }
        let seed = try options.value("--seed").map { (path) throws(CommandLineFailure) in try Self.seed(path) }
        seed?.configure(&configuration.settings)
        try PortalOptions.apply(options, to: &configuration)
        let faults = try PortalOptions.faults(options)
        // From here on a signal ends the portal in order, however early it comes.
        let termination = TerminationSignal()
        let server = try start(configuration, seed, named: options.value("--seed") ?? "", faults)
        let address: PortalServer.Address
        do throws(HTTPServerFailure) {
            address = try server.start()
        } catch {
            throw CommandLineFailure(
                .failed, "the portal cannot listen: \(error.message)",
                hint: error.kind == .addressInUse ? "leave --port out to take any free one" : nil)
        }
        announce(address, configuration, options)
        await termination.wait()
        server.stop()
        return .done
    }

    private static func announce(
        _ address: PortalServer.Address, _ configuration: PortalServer.Configuration, _ options: Options
    ) {
        let applications = configuration.settings.applications.map { application in
            (
                clientID: application.clientID,
                authorize: "\(address.url)oauth/authorize/?client_id=\(PercentCoding.encode(application.clientID))"
            )
        }
        guard options.has("--json") else {
            Terminal.out("The portal listens at \(address.url) with the webhook \(address.webhook)\n")
            for application in configuration.settings.applications {
                let command = "host auth \(address.url) --client-id \(application.clientID)"
                Terminal.out(
                    "Authorise \(application.clientID), its secret in BITRIX24_CLIENT_SECRET:\n"
                        + "  \(command) --server \(address.authorization)\n")
            }
            return
        }
        var line: JSONObject = [
            "url": .string(address.url), "webhook": .string(address.webhook),
            "authorization": .string(address.authorization), "https": .bool(configuration.tls != nil),
        ]
        line["certificate"] = options.value("--certificate").map { .string($0) }
        if !applications.isEmpty {
            line["apps"] = .array(
                applications.map { ["client_id": .string($0.clientID), "authorize": .string($0.authorize)] })
        }
        Terminal.out(JSONValue.object(line).text + "\n")
    }

    private static func seed(_ path: String) throws(CommandLineFailure) -> PortalSeed {
        let bytes = try Environment.file(path, bytesMax: seedBytesMax)
        do throws(SeedFailure) {
            return try PortalSeed(parsing: bytes)
        } catch {
            throw CommandLineFailure(.usage, "\(path): \(error.description)")
        }
    }

    private static func start(
        _ configuration: PortalServer.Configuration, _ seed: PortalSeed?, named path: String,
        _ faults: [PortalFault]
    ) throws(CommandLineFailure) -> PortalServer {
        let server: PortalServer
        let seedFailure: String?
        do throws(PortalFailure) {
            server = try PortalServer(configuration)
            seedFailure = try seed.map { (seed) throws(PortalFailure) in try load(seed, into: server) } ?? nil
            try server.withEngine { (engine) throws(PortalFailure) in
                for fault in faults { engine.faults.add(fault) }
            }
        } catch {
            throw CommandLineFailure(.failed, "the portal cannot start: \(error.description)")
        }
        if let seedFailure { throw CommandLineFailure(.usage, "\(path): \(seedFailure)") }
        return server
    }

    /// The sentence that says what is wrong with the seed; nil when it is in.
    private static func load(_ seed: PortalSeed, into server: PortalServer) throws(PortalFailure) -> String? {
        try server.withEngine { (engine) throws(PortalFailure) in
            do throws(SeedFailure) {
                _ = try seed.load(into: engine.state)
                return nil
            } catch {
                return error.description
            }
        }
    }
}
