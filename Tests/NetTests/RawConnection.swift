import Glibc

/// A plain TCP connection to a local port: what a test needs to send bytes no client library would send.
final class RawConnection {
    private let socket: Int32

    struct CannotConnect: Error {}

    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let code = withUnsafeBytes(of: &address) {
            connect(socket, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
        }
        guard code == 0 else { throw CannotConnect() }
        // A test that would hang fails instead.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    /// False when the other side is gone.
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                let rest = UnsafeRawBufferPointer(rebasing: $0[sent...])
                return Glibc.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Says that nothing more will be sent.
    func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// Everything up to the end of the stream, or up to a time-out of the test.
    func receiveAll() -> String { String(decoding: receiveBytes(), as: UTF8.self) }

    func receiveBytes() -> [UInt8] {
        var all: [UInt8] = []
        while let more = receiveSome() { all += more }
        return all
    }

    /// Bytes until `text` has come `count` times, or the stream ends.
    func receive(until text: String, times: Int = 1) -> String {
        var all: [UInt8] = []
        while String(decoding: all, as: UTF8.self).ranges(of: text).count < times, let more = receiveSome() {
            all += more
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// Whether the other side sends something or closes within that time.
    func isReadable(withinMS: Int32) -> Bool {
        var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, withinMS) > 0
    }

    private func receiveSome() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = buffer.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
        return count > 0 ? Array(buffer[..<count]) : nil
    }
}
