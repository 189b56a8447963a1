import Glibc
import Wire

/// The machine's clock.
enum WallClock {
    static let now: @Sendable () -> Timestamp = {
        var time = timespec()
        // CLOCK_REALTIME cannot fail with a valid address.
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(unixSeconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
    }
}
