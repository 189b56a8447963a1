internal import Glibc
internal import Synchronization

/// SIGINT and SIGTERM as something to wait for. The first one is caught from the moment this is made, also before
/// anybody waits. A second SIGINT kills, as a person at the terminal expects; a second SIGTERM does nothing, as
/// timeout(1) and service managers send it twice. One for a process: a second one waits for ever.
public struct TerminationSignal: Sendable {
    private let isCaught: Bool

    public init() {
        let isFirst = Self.isMade.exchange(true, ordering: .acquiringAndReleasing) == false
        isCaught = isFirst && pipe(Self.descriptors) == 0
        guard isCaught else { return }
        for number in [SIGINT, SIGTERM] { Self.install(number) }
    }

    /// Returns when the first signal came. To be awaited once.
    public func wait() async {
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            guard isCaught else { return }
            let thread = startThread {
                var byte: UInt8 = 0
                while read(Self.descriptors[0], &byte, 1) < 0, errno == EINTR {}
                continuation.resume()
            }
            if let thread { pthread_detach(thread) }
        }
    }

    private static let isMade = Atomic(false)

    /// A pipe's two ends, written before the handler is installed and not afterwards. Behind a pointer that exists by
    /// then, so that the handler, which may run at any instruction of any thread, only loads it and calls write(2).
    nonisolated(unsafe) private static let descriptors = UnsafeMutablePointer<Int32>.allocate(capacity: 2)

    private static func install(_ number: Int32) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in
            let before = errno
            var byte: UInt8 = 1
            _ = write(TerminationSignal.descriptors[1], &byte, 1)
            errno = before
        }
        action.sa_flags = Int32(SA_RESTART)
        // For SIGINT the default comes back by itself, and with it the second one's power to kill.
        if number == SIGINT { action.sa_flags |= Int32(bitPattern: UInt32(SA_RESETHAND)) }
        sigaction(number, &action, nil)
    }
}
