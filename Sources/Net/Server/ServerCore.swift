internal import CMicrohttpd
internal import Glibc

/// A running server: what libmicrohttpd's callbacks and the stopping thread share.
final class ServerCore: Sendable {
    private struct Load {
        /// Requests given to the handler and not yet answered to the last byte.
        var running = 0
        var parked: [ObjectIdentifier: Exchange] = [:]
        /// Answers close their connections.
        var isStopping = false
        /// Nothing waits any more.
        var isClosed = false
    }

    let configuration: HTTPServer.Configuration
    let handler: HTTPServer.Handler
    /// Written once, before anybody can have this pointer, and never freed.
    nonisolated(unsafe) let library: Microhttpd
    let reaper: Reaper
    private let load = Monitor(Load())

    /// What is read and thrown away of a body beyond the limit, so that its sender gets to the answer.
    static let discardedBytesMax = 8 << 20
    /// What a Content-Length alone may reserve: it costs a sender nothing to announce much.
    static let reservedBytesMax = 1 << 20

    init(_ configuration: HTTPServer.Configuration, _ library: Microhttpd, _ handler: @escaping HTTPServer.Handler) {
        self.configuration = configuration
        self.library = library
        self.handler = handler
        reaper = Reaper(receiveTimeoutMS: configuration.receiveTimeoutMS)
    }

    // MARK: The load

    func began() { load.withLock { $0.running += 1 } }

    func ended() { load.signal { $0.running -= 1 } }

    /// False when the server closes and nothing may wait any more.
    func park(_ exchange: Exchange) -> Bool {
        load.withLock { load in
            guard !load.isClosed else { return false }
            load.parked[ObjectIdentifier(exchange)] = exchange
            return true
        }
    }

    func unpark(_ exchange: Exchange) {
        load.withLock { _ = $0.parked.removeValue(forKey: ObjectIdentifier(exchange)) }
    }

    var isStopping: Bool { load.withLock { $0.isStopping } }

    // MARK: Stopping

    func stop(_ daemon: OpaquePointer) {
        load.withLock { $0.isStopping = true }
        let socket = library.pointee.quiesce_daemon(daemon)
        // Nobody connects any more. The number itself stays taken until libmicrohttpd's thread has ended: it may be
        // about to accept from it, and would take connections away from whoever had got the number meanwhile.
        if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
        load.wait(untilMS: monotonicMS() + Int64(configuration.stopGraceMS)) { $0.running == 0 }
        let left = load.withLock { load in
            load.isClosed = true
            return Array(load.parked.values)
        }
        // libmicrohttpd may not be stopped while a connection is suspended.
        for exchange in left { exchange.finish(.drop) }
        library.pointee.stop_daemon(daemon)
        if socket >= 0 { close(socket) }
        reaper.stop()
    }
}
