/// One line at the bottom of a terminal that says how far long work is; in a pipe it says nothing.
final class ProgressLine {
    private static let firstAfter = Duration.seconds(1)
    private static let interval = Duration.milliseconds(200)

    private let isShown = Terminal.isInteractive
    private let clock = ContinuousClock()
    private let started: ContinuousClock.Instant
    private var shownAt: ContinuousClock.Instant?

    init() { started = clock.now }

    func update(_ text: @autoclosure () -> String) {
        guard isShown else { return }
        let now = clock.now
        guard now - started >= Self.firstAfter, shownAt.map({ now - $0 >= Self.interval }) ?? true else { return }
        Terminal.error("\r\u{1B}[K\(text())")
        shownAt = now
    }

    /// Takes the line away; to be called before anything else is written.
    func clear() {
        guard shownAt != nil else { return }
        Terminal.error("\r\u{1B}[K")
        shownAt = nil
    }
}
