import Bitrix24
import Glibc
import Host
import Wire

/// What `host serve` and its companions take from the world around the process.
extension Environment {
    /// The configuration in a file; without one named and none there, the standard one.
    static func configuration(_ path: String?) async throws(CommandLineFailure) -> HostConfiguration {
        let isThere = path != nil || access(HostConfiguration.fileName, F_OK) == 0
        let read =
            isThere
            ? await ConfigurationFile.load(path ?? HostConfiguration.fileName, variable: variable)
            : ConfigurationFile.standard(variable: variable)
        switch read {
        case .success(var configuration):
            for warning in configuration.warnings { Terminal.error("host: warning: \(warning)\n") }
            if !isThere, let store = variable(storeVariable) { configuration.store = .file(store) }
            return configuration
        case .failure(let failure):
            throw CommandLineFailure(
                .configuration, failure.problems.first ?? "the configuration cannot be used",
                hint: failure.problems.count > 1 ? failure.problems.dropFirst().joined(separator: "\n  ") : nil)
        }
    }

    static var key: GrantKey {
        variable(keyVariable).map(GrantKey.text) ?? .file(variable(keyFileVariable) ?? keyFileDefault)
    }

    /// The history in the configuration's store.
    static func history(_ options: Options) async throws(CommandLineFailure) -> RunHistory {
        let configuration = try await configuration(options.value("--config"))
        do throws(HostFailure) {
            return try RunHistory(configuration.store.location, key: key)
        } catch {
            throw CommandLineFailure(error)
        }
    }

    /// Does something with the history, and closes it.
    static func withHistory<T>(
        _ options: Options, _ body: (RunHistory) async throws(HostFailure) -> T
    ) async throws(CommandLineFailure) -> T {
        let history = try await history(options)
        defer { history.close() }
        do throws(HostFailure) {
            return try await body(history)
        } catch {
            throw CommandLineFailure(error)
        }
    }

    /// The configuration's portals, connected.
    static func portals(
        of configuration: HostConfiguration, log: HostLog
    ) throws(CommandLineFailure) -> [ServedPortal] {
        let budget = SharedBudget(in: RuntimeDirectory.path(variable: variable)) { log.say(.warn, $0) }
        var portals: [ServedPortal] = []
        for portal in configuration.portals {
            let notify: @Sendable (PortalNotice) -> Void = { notice in
                switch notice {
                case .waits: break
                case .moved(let origin):
                    log.say(.warn, "the portal is now at \(origin)", ["portal": .string(portal.name)])
                }
            }
            do throws(HostFailure) {
                portals.append(
                    try ServedPortal(
                        portal, budget: budget, grants: grants(of: configuration), onNotice: notify))
            } catch {
                throw CommandLineFailure(error)
            }
        }
        return portals
    }

    /// Where grants are kept: in the host's own store where that is a file.
    private static func grants(of configuration: HostConfiguration) -> GrantStore {
        if case .file(let path) = configuration.store, variable(storeVariable) == nil { return grants(store: path) }
        return grants()
    }

    static let configurationOption = Option(
        "--config", "FILE", "the configuration; else host.lua of the current folder")
}
