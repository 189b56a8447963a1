internal import Net
internal import Synchronization

extension PortalServer {
    /// The engine behind its lock. HTTP calls come from the servers' threads, seeding from another.
    final class Core: DeliverySource {
        /// The engine is not Sendable; it is made before the server starts and touched inside the lock only.
        private struct Guarded: @unchecked Sendable {
            let engine: PortalEngine
            /// Connections that a fault keeps waiting.
            var parked: [HTTPResponder] = []
        }

        private let guarded: Mutex<Guarded>
        private let delays = DelayLine()
        private let courier: EventCourier
        private let onRefusedDelivery: (@Sendable (String) -> Void)?

        init(_ engine: PortalEngine, onRefusedDelivery: (@Sendable (String) -> Void)?) {
            self.onRefusedDelivery = onRefusedDelivery
            courier = EventCourier(timeoutMS: engine.state.settings.events.handlerTimeoutMS)
            guarded = Mutex(Guarded(engine: engine))
        }

        /// Tells the engine where it is reached.
        func settle(portal: String, authorization: String, isSecure: Bool) -> PortalSite {
            guarded.withLock { guarded in
                guarded.engine.state.site.isSecure = isSecure
                guarded.engine.state.site.portal = portal
                guarded.engine.state.site.authorization = authorization
                return guarded.engine.state.site
            }
        }

        func withEngine<T: Sendable>(
            _ body: (PortalEngine) throws(PortalFailure) -> T
        ) throws(PortalFailure) -> T {
            let result = guarded.withLock { guarded -> Result<T, PortalFailure> in
                do throws(PortalFailure) { return .success(try body(guarded.engine)) } catch {
                    return .failure(error)
                }
            }
            courier.pump(self)
            return try result.get()
        }

        func takeDeliveries() -> (deliveries: [PortalDelivery], waitMS: Int?) {
            let (taken, refused) = guarded.withLock { guarded in
                (guarded.engine.takeDeliveries(), guarded.engine.deliveries.takeRefusals())
            }
            for origin in refused { onRefusedDelivery?(origin) }
            return taken
        }

        func finishDelivery(_ id: Int, _ outcome: DeliveryOutcome, tookMS: Int) {
            guarded.withLock { $0.engine.finishDelivery(id, outcome, tookMS: tookMS) }
        }

        func answer(_ request: HTTPServerRequest, at door: PortalRequest.Door, _ responder: HTTPResponder) {
            let answer = guarded.withLock { guarded in
                let answer = guarded.engine.handle(
                    PortalRequest(
                        request.method, request.path, query: request.query, headers: request.headers,
                        body: request.body, door: door))
                if answer.delivery == .never { guarded.parked.append(responder) }
                return answer
            }
            if answer.delayMS > 0 {
                delays.run(afterMS: answer.delayMS) { Self.deliver(answer, responder) }
            } else {
                Self.deliver(answer, responder)
            }
            courier.pump(self)
        }

        /// Sends what still waits, and drops what was never to be answered.
        func close() {
            courier.stop()
            delays.close()
            let parked = guarded.withLock { guarded in
                defer { guarded.parked = [] }
                return guarded.parked
            }
            for responder in parked { responder.drop() }
        }

        private static func deliver(_ answer: PortalAnswer, _ responder: HTTPResponder) {
            switch answer.delivery {
            case .whole: responder.respond(status: answer.status, headers: answer.headers, body: answer.body)
            case .truncated(let bytes):
                responder.respond(
                    status: answer.status, headers: answer.headers, body: answer.body, truncatedAt: bytes)
            case .dropped: responder.drop()
            case .never: break
            }
        }
    }
}
