internal import Glibc

/// A value behind a lock that threads can wait on.
///
/// Synchronization's Mutex has no condition variable, and the thread sanitizer does not see its futexes: with it every
/// access to a guarded value would be reported.
package final class Monitor<Value>: @unchecked Sendable {
    // @unchecked: `value` is touched under `lock` only.
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var value: Value

    package init(_ value: sending Value) {
        self.value = value
        lock = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(lock)
        condition.deallocate()
        lock.deallocate()
    }

    package func withLock<T>(_ body: (inout Value) -> T) -> T {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body(&value)
    }

    /// Changes the value and wakes everybody who waits.
    package func signal<T>(_ body: (inout Value) -> T) -> T {
        pthread_mutex_lock(lock)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(lock)
        }
        return body(&value)
    }

    /// Waits until the predicate holds or the monotonic deadline passes; the last answer of the predicate.
    @discardableResult
    package func wait(untilMS deadlineMS: Int64, _ predicate: (inout Value) -> Bool) -> Bool {
        var deadline = timespec(tv_sec: Int(deadlineMS / 1_000), tv_nsec: Int(deadlineMS % 1_000) * 1_000_000)
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while !predicate(&value) {
            if pthread_cond_timedwait(condition, lock, &deadline) == ETIMEDOUT { return predicate(&value) }
        }
        return true
    }
}

/// Milliseconds of the monotonic clock.
package func monotonicMS() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
}
