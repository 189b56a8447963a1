import Glibc

/// A clock that only goes forward, the same for all processes since the machine was started.
enum MonotonicClock {
    /// Nanoseconds.
    static func nowNS() -> UInt64 {
        var time = timespec()
        // CLOCK_MONOTONIC cannot fail with a valid address.
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
