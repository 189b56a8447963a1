internal import Glibc
internal import Synchronization

/// SIGINT and SIGTERM as something to wait for.
public enum TerminationSignal {
    /// Returns at the first SIGINT or SIGTERM; the second one kills, as it would any program. To be awaited once in a
    /// process: a later call waits for ever.
    public static func wait() async {
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            let isFirst = isWaiting.exchange(true, ordering: .acquiringAndReleasing) == false
            guard isFirst, pipe(descriptors) == 0 else { return }
            let thread = startThread {
                var byte: UInt8 = 0
                while read(descriptors[0], &byte, 1) < 0, errno == EINTR {}
                continuation.resume()
            }
            if let thread { pthread_detach(thread) }
            for number in [SIGINT, SIGTERM] { install(number) }
        }
    }

    private static let isWaiting = Atomic(false)

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
        // Once: the default comes back by itself, and with it the second signal's power to kill.
        action.sa_flags = Int32(SA_RESTART) | Int32(bitPattern: UInt32(SA_RESETHAND))
        sigaction(number, &action, nil)
    }
}
