import Synchronization
import Testing

@testable import Net

@Suite struct DelayLineTests {
    @Test("What is due first runs first, whenever it was given; what is due together keeps its order")
    func order() async {
        let line = DelayLine()
        let heard = Mutex<[String]>([])
        await withCheckedContinuation { continuation in
            line.run(afterMS: 60) { continuation.resume() }
            for (delayMS, name) in [(40, "late"), (20, "early"), (20, "early too"), (0, "now")] {
                line.run(afterMS: delayMS) { heard.withLock { $0.append(name) } }
            }
        }
        #expect(heard.withLock { $0 } == ["now", "early", "early too", "late"])
        line.close()
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
