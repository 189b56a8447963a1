internal import Glibc
internal import Synchronization

/// One connection as the reaper sees it.
final class Peer: Sendable {
    let socket: Int32
    /// When the request that is being received must be complete, in monotonic milliseconds; `Int64.max` while one is
    /// being answered.
    let deadlineMS: Atomic<Int64>

    init(socket: Int32, deadlineMS: Int64) {
        self.socket = socket
        self.deadlineMS = Atomic(deadlineMS)
    }
}

/// Shuts connections that send a request too slowly. libmicrohttpd's own time-out starts anew with every byte, so a
/// byte a second would hold a connection for ever.
///
/// The thread exists from the first connection on and sleeps without a clock while there is none.
final class Reaper: Sendable {
    private struct State {
        var peers: [ObjectIdentifier: Peer] = [:]
        var thread: pthread_t?
        var isStopping = false
    }

    let receiveTimeoutMS: Int
    private let state = Monitor(State())

    init(receiveTimeoutMS: Int) { self.receiveTimeoutMS = receiveTimeoutMS }

    /// A new connection, on the server's thread.
    func add(socket: Int32) -> Peer {
        let peer = Peer(socket: socket, deadlineMS: monotonicMS() + Int64(receiveTimeoutMS))
        state.signal { state in
            state.peers[ObjectIdentifier(peer)] = peer
            if state.thread == nil { state.thread = startThread { self.run() } }
        }
        return peer
    }

    /// The connection is about to be closed. Afterwards its descriptor may be somebody else's: the lock sees to it that
    /// no shutdown is under way.
    func remove(_ peer: Peer) {
        state.withLock { _ = $0.peers.removeValue(forKey: ObjectIdentifier(peer)) }
    }

    func expectRequest(from peer: Peer) {
        peer.deadlineMS.store(monotonicMS() + Int64(receiveTimeoutMS), ordering: .relaxed)
    }

    func hasRequest(from peer: Peer) { peer.deadlineMS.store(.max, ordering: .relaxed) }

    func stop() {
        let thread = state.signal { state in
            state.isStopping = true
            return state.thread
        }
        if let thread { pthread_join(thread, nil) }
    }

    private func run() {
        let sweepMS = Int64(max(Reaper.sweepMSMin, min(Reaper.sweepMSMax, receiveTimeoutMS / 4)))
        while true {
            state.wait(untilMS: .max / 2) { $0.isStopping || !$0.peers.isEmpty }
            let isStopping = state.wait(untilMS: monotonicMS() + sweepMS) { $0.isStopping }
            if isStopping { return }
            let nowMS = monotonicMS()
            state.withLock { state in
                for peer in state.peers.values where peer.deadlineMS.load(ordering: .relaxed) < nowMS {
                    // libmicrohttpd sees the end of the stream and closes the descriptor itself.
                    shutdown(peer.socket, Int32(SHUT_RDWR))
                }
            }
        }
    }

    private static let sweepMSMin = 10
    private static let sweepMSMax = 1_000
}
