internal import Glibc

/// Opens the socket a server listens on. libmicrohttpd could, but it would not report why it failed.
enum ListeningSocket {
    static func open(host: String, port: Int) throws(HTTPServerFailure) -> (socket: Int32, port: Int) {
        guard let port = UInt16(exactly: port) else {
            throw HTTPServerFailure(kind: .badAddress, message: "Port \(port) is not between 0 and 65535.")
        }
        var v4 = sockaddr_in()
        var v6 = sockaddr_in6()
        if inet_pton(AF_INET, host, &v4.sin_addr) == 1 {
            v4.sin_family = sa_family_t(AF_INET)
            v4.sin_port = port.bigEndian
            return try open(v4, AF_INET, "\(host):\(port)")
        }
        if inet_pton(AF_INET6, host, &v6.sin6_addr) == 1 {
            v6.sin6_family = sa_family_t(AF_INET6)
            v6.sin6_port = port.bigEndian
            return try open(v6, AF_INET6, "[\(host)]:\(port)")
        }
        throw HTTPServerFailure(
            kind: .badAddress, message: "“\(host)” is no numeric IPv4 or IPv6 address to listen on, such as 127.0.0.1.")
    }

    private static func open<Address>(
        _ address: Address, _ family: Int32, _ name: String
    ) throws(HTTPServerFailure) -> (socket: Int32, port: Int) {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let socket = Glibc.socket(family, kind, 0)
        guard socket >= 0 else { throw failure("opening a socket for", name) }
        var on: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = address
        let size = socklen_t(MemoryLayout<Address>.size)
        let code = withUnsafeBytes(of: &address) { bytes in
            bind(socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, size)
        }
        guard code == 0, listen(socket, backlog) == 0 else {
            let failure = failure("listening on", name)
            close(socket)
            throw failure
        }
        return (socket, boundPort(of: socket))
    }

    private static func boundPort(of socket: Int32) -> Int {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &storage) { bytes in
            getsockname(socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, &size)
            // sin_port and sin6_port are at the same place: two bytes after the family, big-endian.
            return Int(bytes[2]) << 8 | Int(bytes[3])
        }
    }

    private static func failure(_ what: String, _ name: String) -> HTTPServerFailure {
        let code = errno
        let kind: HTTPServerFailure.Kind =
            switch code {
            case EADDRINUSE: .addressInUse
            case EACCES, EPERM: .notPermitted
            case EADDRNOTAVAIL: .badAddress
            default: .other
            }
        return HTTPServerFailure(kind: kind, message: "\(what) \(name): \(String(cString: strerror(code)))")
    }

    private static let backlog: Int32 = 1_024
}
