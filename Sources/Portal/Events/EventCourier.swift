internal import Glibc
internal import Net
internal import Synchronization

/// What lets deliveries go: the engine, behind its lock.
protocol DeliverySource: Sendable {
    /// The deliveries that leave now, and in how many milliseconds the next one may; nil when none waits for a time.
    func takeDeliveries() -> (deliveries: [PortalDelivery], waitMS: Int?)
    func finishDelivery(_ id: Int, _ outcome: DeliveryOutcome, tookMS: Int)
}

/// Sends what the queue lets go: the part of the portal's server that calls others.
///
/// Each delivery is a task of its own that the courier knows until it has ended; `stop` ends all with their client.
final class EventCourier: Sendable {
    private struct State {
        var tasks: [Int: Task<Void, Never>] = [:]
        /// When the next look at the queue is due, by the monotonic clock.
        var lookAtMS: Int?
        var isStopped = false
    }

    private let timeoutMS: Int
    private let client: HTTPClient
    private let delays = DelayLine()
    private let state = Mutex(State())

    init(timeoutMS: Int) {
        self.timeoutMS = timeoutMS
        var configuration = HTTPClient.Configuration()
        configuration.userAgent = "Bitrix24 local portal"
        client = HTTPClient(configuration)
    }

    /// To be called whenever the queue may have something to let go.
    func pump(_ source: any DeliverySource) {
        guard !state.withLock({ $0.isStopped }) else { return }
        let (deliveries, waitMS) = source.takeDeliveries()
        for delivery in deliveries { start(delivery, source) }
        guard let waitMS else { return }
        let lookAtMS = Self.nowMS + waitMS
        let isNew = state.withLock { state in
            guard !state.isStopped, state.lookAtMS.map({ lookAtMS < $0 }) ?? true else { return false }
            state.lookAtMS = lookAtMS
            return true
        }
        guard isNew else { return }
        delays.run(afterMS: waitMS) { [weak self] in
            self?.state.withLock { if $0.lookAtMS == lookAtMS { $0.lookAtMS = nil } }
            self?.pump(source)
        }
    }

    private func start(_ delivery: PortalDelivery, _ source: any DeliverySource) {
        // Inside the lock, so that the task cannot end before it is known.
        state.withLock { state in
            guard !state.isStopped else { return }
            state.tasks[delivery.id] = Task { [self] in
                let begun = Self.nowMS
                let outcome = await send(delivery)
                source.finishDelivery(delivery.id, outcome, tookMS: Self.nowMS - begun)
                self.state.withLock { $0.tasks[delivery.id] = nil }
                pump(source)
            }
        }
    }

    private func send(_ delivery: PortalDelivery) async -> DeliveryOutcome {
        let request = HTTPRequest(
            url: delivery.url, headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
            body: delivery.body, timeoutMS: timeoutMS, responseBytesMax: Self.replyBytesMax)
        do throws(HTTPFailure) {
            return .answered(status: try await client.send(request).status)
        } catch {
            return .failed(error.message)
        }
    }

    /// Ends every delivery under way; nothing is sent any more.
    func stop() {
        let tasks = state.withLock { state in
            state.isStopped = true
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
        client.close()
        delays.close()
    }

    /// What a handler may answer; nobody reads it.
    private static let replyBytesMax = 1 << 20

    private static var nowMS: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) * 1_000 + Int(time.tv_nsec) / 1_000_000
    }
}
