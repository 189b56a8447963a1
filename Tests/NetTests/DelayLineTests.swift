import Synchronization
import Testing

@testable import Net

@Suite struct DelayLineTests {
    @Test("What is due first runs first, whenever it was given; what is due together keeps its order")
    func order() async {
        let line = DelayLine()
        let heard = Mutex<[String]>([])
        // However slow this thread is, it is done long before the first of them.
        for (delayMS, name) in [(600_000, "late"), (300_000, "early"), (300_000, "early too")] {
            line.run(afterMS: delayMS) { heard.withLock { $0.append(name) } }
        }
        await withCheckedContinuation { continuation in
            line.run(afterMS: 1) {
                heard.withLock { $0.append("now") }
                continuation.resume()
            }
        }
        line.close()
        #expect(heard.withLock { $0 } == ["now", "early", "early too", "late"])
    }

    @Test("Closing runs what still waits; afterwards nothing waits")
    func closing() {
        let line = DelayLine()
        let heard = Mutex<[Int]>([])
        for number in 1...3 { line.run(afterMS: 600_000) { heard.withLock { $0.append(number) } } }
        line.close()
        #expect(heard.withLock { $0 } == [1, 2, 3])
        line.run(afterMS: 600_000) { heard.withLock { $0.append(4) } }
        #expect(heard.withLock { $0 }.last == 4)
        line.close()
    }
}
