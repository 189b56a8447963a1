import Foundation
import Glibc

/// A `host portal` on a free port, alive as long as its spec.
final class LocalPortal {
    struct Address: Decodable {
        var url: String
        var webhook: String
        var authorization: String
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

    /// - Parameter options: a seed, options of `host portal`, or both in this order.
    init(in workspace: Workspace, options: String) throws {
        let output = Pipe()
        var arguments = ["\(Self.secondsMax)", "host", "portal", "--port", "0", "--json"]
        var words = options.split(separator: " ").map(String.init)
        if let seed = words.first, !seed.hasPrefix("--") { words.insert("--seed", at: 0) }
        arguments += words
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

    /// Plants a misbehaviour: the JSON object is described at the portal's `/__portal/faults`.
    func plant(fault: String) throws {
        guard let port = URL(string: address.url)?.port else { throw Failure.refused(address.url) }
        let request =
            "POST /__portal/faults HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(fault.utf8.count)\r\n\r\n\(fault)"
        let answer = try exchange(request, port: port)
        if !answer.hasPrefix("HTTP/1.1 200") { throw Failure.refused(answer) }
    }

    /// One request over a connection of its own. URLSession would bring a second HTTP client into the tests.
    private func exchange(_ request: String, port: Int) throws -> String {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let connection = FileHandle(fileDescriptor: socket, closeOnDealloc: true)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = in_port_t(port).bigEndian
        place.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafeBytes(of: &place) { bytes in
            connect(socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
        }
        guard connected == 0 else { throw Failure.refused("no connection to port \(port)") }
        try connection.write(contentsOf: Data(request.utf8))
        return String(decoding: try connection.readToEnd() ?? Data(), as: UTF8.self)
    }

    /// Asks it to end and waits; its status, which is 0 when it took the signal well.
    func stop() async -> Int {
        if process.isRunning { process.terminate() }
        return await ending.status()
    }
}
