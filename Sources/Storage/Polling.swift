internal import Glibc

/// poll(2) with a deadline of the monotonic clock.
enum Polling {
    static func monotonicMS() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// False when nothing became ready by the deadline; one that has passed makes it look once.
    ///
    /// A failure of poll(2) itself counts as ready: what the caller does then with the descriptor has the reason.
    static func wait(_ descriptors: inout [pollfd], untilMS deadlineMS: Int64) -> Bool {
        while true {
            let leftMS = max(0, deadlineMS - monotonicMS())
            let ready = poll(&descriptors, nfds_t(descriptors.count), Int32(clamping: leftMS))
            if ready < 0, errno == EINTR { continue }
            return ready != 0
        }
    }
}
