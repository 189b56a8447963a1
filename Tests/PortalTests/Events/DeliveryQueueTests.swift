import Testing
import Wire

@testable import Portal

@Suite struct DeliveryQueueTests {
    private let second: Int64 = 1_000_000_000
    private let url = "http://127.0.0.1:9/handler"

    private func names(_ deliveries: [PortalDelivery]) -> [String] { deliveries.map(\.name) }

    @Test func aHandlerGetsOneAtATimeInOrderAndTwoHandlersAreIndependent() {
        var queue = DeliveryQueue()
        let settings = EventSettings()
        for name in ["a", "b"] { queue.append(name, to: url, [:], at: 0) }
        queue.append("c", to: "http://localhost:8/", [:], at: 0)
        #expect(names(queue.take(at: 0, settings)) == ["a", "c"])
        #expect(names(queue.take(at: 0, settings)) == [])
        queue.finish(1, .answered(status: 200), tookMS: 1, at: 0, settings)
        #expect(names(queue.take(at: 0, settings)) == ["b"])
        #expect(queue.waitingCount == 0)
        #expect(queue.underWayCount == 2)
    }

    @Test func moreAtATimeWhenAskedFor() {
        var queue = DeliveryQueue()
        var settings = EventSettings()
        settings.deliveriesAtOnce = 2
        for name in ["a", "b", "c"] { queue.append(name, to: url, [:], at: 0) }
        #expect(names(queue.take(at: 0, settings)) == ["a", "b"])
    }

    @Test func whatFailedIsNotSentAgain() {
        var queue = DeliveryQueue()
        let settings = EventSettings()
        queue.append("a", to: url, [:], at: 0)
        #expect(queue.take(at: 0, settings).count == 1)
        queue.finish(1, .failed("127.0.0.1:9 refused"), tookMS: 1, at: 0, settings)
        #expect(queue.take(at: 100 * second, settings).isEmpty)
        #expect(queue.log.entries.map(\.state) == [.failed("127.0.0.1:9 refused")])
    }

    @Test func aSlowHandlerWaitsLongerEachTimeAndAFastAnswerForgivesIt() {
        var queue = DeliveryQueue()
        let settings = EventSettings()
        for name in ["a", "b", "c", "d"] { queue.append(name, to: url, [:], at: 0) }
        #expect(names(queue.take(at: 0, settings)) == ["a"])
        queue.finish(1, .answered(status: 200), tookMS: settings.slowHandlerMS + 1, at: 0, settings)
        #expect(queue.take(at: 0, settings).isEmpty)
        #expect(queue.nextDue(settings) == second)
        #expect(names(queue.take(at: second, settings)) == ["b"])
        queue.finish(2, .answered(status: 200), tookMS: settings.slowHandlerMS + 1, at: second, settings)
        #expect(queue.nextDue(settings) == 3 * second)
        #expect(names(queue.take(at: 3 * second, settings)) == ["c"])
        queue.finish(3, .answered(status: 200), tookMS: 1, at: 3 * second, settings)
        #expect(names(queue.take(at: 3 * second, settings)) == ["d"])
    }

    @Test(arguments: [
        (DeliveryQueue.Mishap.lose, 0, ["b"]), (.duplicate, 0, ["a", "a", "b"]), (.reorder, 0, ["b", "a"]),
        (.delay(nanoseconds: 2_000_000_000), 0, ["b"]), (.delay(nanoseconds: 2_000_000_000), 2, ["a", "b"]),
    ])
    func mishaps(_ mishap: DeliveryQueue.Mishap, _ atSecond: Int, _ expected: [String]) {
        var queue = DeliveryQueue()
        var settings = EventSettings()
        settings.deliveriesAtOnce = 10
        queue.append("a", to: url, [:], at: 0, mishap: mishap)
        queue.append("b", to: url, [:], at: 0)
        #expect(names(queue.take(at: Int64(atSecond) * second, settings)) == expected)
    }

    @Test func aReorderedDeliveryThatNothingFollowsComesAfterAWhile() {
        var queue = DeliveryQueue()
        queue.append("a", to: url, [:], at: 0, mishap: .reorder)
        #expect(queue.take(at: second, EventSettings()).isEmpty)
        #expect(queue.take(at: DeliveryQueue.reorderSecondsMax * second, EventSettings()).count == 1)
    }

    @Test(arguments: ["https://example.com/", "http://10.0.0.1/", "http://127.0.0.1.example.com/", "not a url"])
    func onlyThisMachineIsSentTo(_ url: String) {
        var queue = DeliveryQueue()
        queue.append("a", to: url, [:], at: 0)
        #expect(queue.take(at: 0, EventSettings()).isEmpty)
        #expect(queue.log.entries.map(\.state) == [.refused])
    }

    @Test func anAddressThatIsNotOnThisMachineIsToldOnce() {
        var queue = DeliveryQueue()
        for url in ["https://a.example/x", "https://a.example/y", url, "https://b.example/"] {
            queue.append("a", to: url, [:], at: 0)
        }
        #expect(queue.takeRefusals() == ["https://a.example", "https://b.example"])
        queue.append("a", to: "https://a.example/x", [:], at: 0)
        #expect(queue.takeRefusals().isEmpty)
    }

    @Test func theFormIsWhatPHPWrites() {
        let fields: JSONObject = [
            "event": "ONX", "data": ["FIELDS": ["ID": 7, "EMPTY": [], "NONE": .null]], "auth": [:], "ts": 0,
        ]
        var queue = DeliveryQueue()
        queue.append("ONX", to: url, fields, at: 5 * second)
        let body = queue.take(at: 9 * second, EventSettings()).first?.body ?? []
        #expect(
            String(decoding: body, as: UTF8.self)
                == "event=ONX&data%5BFIELDS%5D%5BID%5D=7&data%5BFIELDS%5D%5BNONE%5D=&ts=9")
    }
}
