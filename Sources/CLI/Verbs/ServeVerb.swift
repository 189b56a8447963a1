import Bitrix24
import Cryptography
import Glibc
import Host
import Net
import Wire

/// `host serve`
enum ServeVerb: Verb {
    static let name = "serve"
    static let summary = "receives events and runs recipes, durably, until it is stopped"
    static let usage = "[--config FILE] [--listen HOST:PORT] [--store FILE|URL] [--recipe PATH]… [--json]"
    static let options = [
        Environment.configurationOption,
        Option("--listen", "HOST:PORT", "instead of the configuration's address; port 0 takes any free one"),
        Option("--store", "FILE|URL", "instead of the configuration's store"),
        Option("--recipe", "PATH", repeats: true, "a recipe besides the configuration's"),
        Option("--json", "the first line is JSON, {\"url\":…}, and so are log lines"),
    ]
    static let notes = """
        docs/configuration.md shows what host.lua may say, docs/operations.md how to run it as a service.

        Addresses: POST /bitrix/PORTAL (events of a portal), POST /events/NAME (with a key; ?wait=5s answers with the
        handler's reply), /health, /metrics, /tools, and the console at /. It stops in order on SIGTERM and SIGINT.
        """

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 0)
        var configuration = try await Environment.configuration(options.value("--config"))
        try apply(options, to: &configuration)
        let asJSON = options.has("--json")
        let hiding = configuration.redactor
        let log = HostLog(asJSON ? .json : configuration.log.format, minimum: configuration.log.level) { line in
            Terminal.error(hiding.redact(line) + "\n")
        }
        try givePassword(&configuration, log)
        let portals = try Environment.portals(of: configuration, log: log)
        // From here on a signal ends it in order, however early it comes.
        let termination = TerminationSignal()
        do throws(HostFailure) {
            let service = try HostService(
                configuration, key: Environment.key, log: log, portals: portals,
                budgets: RuntimeDirectory.path(variable: Environment.variable))
            let port = try await service.start()
            let scheme = configuration.tls == nil ? "http" : "https"
            let address = configuration.listening.host
            let host = address.contains(":") ? "[\(address)]" : address
            let url = "\(scheme)://\(host):\(port)/"
            Terminal.out(
                asJSON ? JSONValue.object(["url": .string(url)]).text + "\n" : "host serves at \(url)\n")
            await termination.wait()
            log.say(.info, "stopping")
            await service.stop()
        } catch {
            throw CommandLineFailure(error)
        }
        return .done
    }

    private static func apply(
        _ options: Options, to configuration: inout HostConfiguration
    ) throws(CommandLineFailure) {
        if let text = options.value("--listen") {
            guard let mark = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: mark)...]) else {
                throw .usage("--listen takes an address and a port, such as 127.0.0.1:8080", verb: name)
            }
            configuration.listening.host = String(text[..<mark])
            configuration.listening.port = Int(port)
        }
        if let store = options.value("--store") {
            guard let place = HostConfiguration.Store(store) else {
                throw .usage("--store takes a file or a postgres:// address", verb: name)
            }
            configuration.store = place
        }
        do throws(HostFailure) {
            for path in options.all("--recipe") { try configuration.add(recipe: path) }
        } catch {
            throw CommandLineFailure(error)
        }
    }

    /// Nobody sees the console without a password: where none is configured one is made, and kept where only its owner
    /// reads it.
    private static func givePassword(
        _ configuration: inout HostConfiguration, _ log: HostLog
    ) throws(CommandLineFailure) {
        guard configuration.consolePassword == nil else { return }
        let path = passwordFile
        if let known = try? SourceFile.read(path) {
            configuration.consolePassword = Secret(String(decoding: known, as: UTF8.self).trimmingLineEnd)
            return
        }
        let password: String
        do throws(CryptographyFailure) {
            password = try SecureRandom.bytes(18).map { String($0 % 36, radix: 36) }.joined()
        } catch {
            throw CommandLineFailure(.failed, error.message)
        }
        _ = mkdir(".host", 0o700)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandLineFailure(
                .failed, "\(path) cannot be written: \(String(cString: strerror(errno)))",
                hint: "set console.password in host.lua")
        }
        defer { close(descriptor) }
        let bytes = Array((password + "\n").utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw CommandLineFailure(.failed, "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        configuration.consolePassword = Secret(password)
        log.say(.info, "the console's password was made; it is in \(path)")
    }

    private static let passwordFile = ".host/console-password"
}

extension String {
    fileprivate var trimmingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
