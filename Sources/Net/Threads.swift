internal import Glibc

/// Starts a joinable thread. Swift's executors are no place for a loop that blocks.
///
/// Signals stay blocked on it: the program's own handling of SIGINT and SIGTERM is not interrupted here.
func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    let boxed = Unmanaged.passRetained(ThreadBody(body))
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let code = pthread_create(
        &thread, nil,
        { context in
            guard let context else { return nil }
            let body = Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue()
            body.run()
            return nil
        }, boxed.toOpaque())
    guard code == 0 else {
        boxed.release()
        return nil
    }
    return thread
}

/// Starts a thread that nobody joins. False where the system has none left.
package func detachThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = startThread(body) else { return false }
    pthread_detach(thread)
    return true
}

private final class ThreadBody {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
