import Foundation

/// A `host portal` on a free port, alive as long as its spec.
final class LocalPortal {
    struct Address: Decodable {
        var url: String
        var webhook: String
    }

    enum Failure: Error {
        case saidNothing(String)
        case refused(String)
    }

    let address: Address
    private let process: Process
    private let ending: Ending

    /// Should these tests die, their portals follow after this long.
    private static let secondsMax = 120

    init(in workspace: Workspace, seed: String) throws {
        let output = Pipe()
        var arguments = ["\(Self.secondsMax)", "host", "portal", "--port", "0", "--json"]
        if !seed.isEmpty { arguments += ["--seed", seed] }
        process = workspace.process("timeout", arguments)
        process.standardOutput = output
        ending = Ending(of: process)
        try process.run()
        var line = Data()
        while !line.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { throw Failure.saidNothing("host portal ended before it listened") }
            line += more
        }
        address = try JSONDecoder().decode(Address.self, from: line.prefix { $0 != 0x0A })
    }

    /// Asks it to end and waits; its status, which is 0 when it took the signal well.
    func stop() async -> Int {
        if process.isRunning { process.terminate() }
        return await ending.status()
    }
}
