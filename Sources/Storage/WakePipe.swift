internal import Glibc

/// Ends another thread's poll(2). Once woken it stays awake.
final class WakePipe: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    init() throws(DatabaseFailure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw DatabaseFailure(.cannotOpen, "Making a pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func wake() {
        var byte: UInt8 = 1
        // A full pipe wakes as well.
        _ = write(writeEnd, &byte, 1)
    }

    /// Until it is woken, or something is to be read from the socket, where there is one; true for the latter.
    @discardableResult
    func wait(orFor socket: Int32 = -1, untilMS deadlineMS: Int64) -> Bool {
        // poll(2) passes over negative descriptors.
        var descriptors = [readEnd, socket].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        return Polling.wait(&descriptors, untilMS: deadlineMS) && descriptors[1].revents != 0
    }
}
