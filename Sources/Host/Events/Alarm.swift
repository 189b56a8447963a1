import Synchronization

/// Wakes one waiting task, at a time or when it rings. A ring that nobody waits for is kept for the next wait.
final class Alarm: Sendable {
    private struct State {
        var waiting: UnsafeContinuation<Void, Never>?
        var hasRung = false
    }

    private let state = Mutex(State())

    func ring() {
        state.withLock { state in
            defer { state.waiting = nil }
            if state.waiting == nil { state.hasRung = true }
            return state.waiting
        }?.resume()
    }

    /// Returns when it rings, or after `milliseconds`.
    func wait(milliseconds: Int64) async {
        let timer = Task {
            do { try await Task.sleep(for: .milliseconds(max(milliseconds, 0))) } catch { return }
            self.ring()
        }
        await withUnsafeContinuation { continuation in
            let isOver = state.withLock { state in
                guard !state.hasRung else {
                    state.hasRung = false
                    return true
                }
                state.waiting = continuation
                return false
            }
            if isOver { continuation.resume() }
        }
        timer.cancel()
    }
}

/// First in, first out, at the same cost however long it is.
struct FIFO<Element> {
    private var elements: [Element?] = []
    private var start = 0

    var count: Int { elements.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard start < elements.count else { return nil }
        let element = elements[start].take()
        start += 1
        if start == elements.count {
            elements.removeAll(keepingCapacity: start < 1_024)
            start = 0
        } else if start > 512, start * 2 > elements.count {
            elements.removeFirst(start)
            start = 0
        }
        return element
    }
}
