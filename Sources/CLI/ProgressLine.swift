import Host
import Synchronization

/// One line at the bottom of a terminal that says how far long work is; in a pipe only long waits are said.
final class ProgressLine: Sendable {
    private static let firstAfter = Duration.seconds(1)
    private static let interval = Duration.milliseconds(200)

    private let isShown = Terminal.isInteractive
    private let clock = ContinuousClock()
    private let started: ContinuousClock.Instant
    private let shownAt = Mutex<ContinuousClock.Instant?>(nil)
    private let waitLines = Mutex(WaitLines())

    init() { started = clock.now }

    func update(_ text: @autoclosure () -> String) {
        guard isShown, clock.now - started >= Self.firstAfter else { return }
        show(text())
    }

    /// Calls wait for the portal's pace, which explains a pause before it becomes long.
    func update(waiting wait: PaceWait) {
        guard isShown else {
            if waitLines.withLock({ $0.isDue(wait) }) {
                Terminal.error("\(wait.described); 'host limits' shows more\n")
            }
            return
        }
        guard wait.milliseconds >= 1000 || clock.now - started >= Self.firstAfter else { return }
        show("\(wait.described) …")
    }

    private func show(_ text: String) {
        let now = clock.now
        shownAt.withLock { shownAt in
            guard shownAt.map({ now - $0 >= Self.interval }) ?? true else { return }
            Terminal.error("\r\u{1B}[K\(text)")
            shownAt = now
        }
    }

    /// Takes the line away; to be called before anything else is written.
    func clear() {
        guard isShown else { return }
        shownAt.withLock { shownAt in
            guard shownAt != nil else { return }
            Terminal.error("\r\u{1B}[K")
        }
    }
}
