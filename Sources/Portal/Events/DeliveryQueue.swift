internal import Wire

/// The queue between the portal and the handlers of its events: when each delivery may leave. No sockets, no clock of
/// its own.
///
/// Deliveries to one handler are a lane. A lane has a few under way at a time; a handler that answers slowly waits
/// longer and longer for its next one (https://apidocs.bitrix24.com/api-reference/events/index.html). There is no
/// second attempt.
struct DeliveryQueue {
    /// Deliveries that wait, over all handlers; more are lost, and the log says so.
    static let waitingMax = 100_000
    /// How long a delivery waits for the one it is to change places with, in seconds.
    static let reorderSecondsMax: Int64 = 5

    /// Addresses that are told as refused; whoever has more knows by then.
    static let refusalsToldMax = 100

    private struct Item {
        let id: Int
        let name: String
        let fields: JSONObject
        var due: Int64
        /// Leaves after the next one of its lane.
        var isHeld = false
    }

    private struct Lane {
        var items: [Item] = []
        /// Items before it have left.
        var head = 0
        var underWay = 0
        var pause: Int64 = 0
        var notBefore: Int64 = 0

        var waiting: ArraySlice<Item> { items[head...] }
        var isIdle: Bool { head == items.count && underWay == 0 && pause == 0 }

        mutating func remove(at place: Int) -> Item {
            guard place == head else { return items.remove(at: place) }
            let item = items[head]
            head += 1
            if head > 1_024, head * 2 > items.count {
                items.removeFirst(head)
                head = 0
            }
            return item
        }
    }

    /// What a fault does to one delivery.
    enum Mishap: Equatable {
        case lose
        case duplicate
        /// Changes places with the handler's next delivery.
        case reorder
        case delay(nanoseconds: Int64)
    }

    private var lanes: [String: Lane] = [:]
    private var laneByID: [Int: String] = [:]
    private(set) var waitingCount = 0
    private(set) var log = DeliveryLog()
    /// Addresses that are not on this machine, as they were met, and how many of them were told.
    private var refusedOrigins: [String] = []
    private var toldRefusals = 0
    var underWayCount: Int { laneByID.count }

    /// - Parameters:
    ///   - fields: the form's members; `ts` is filled in when it leaves.
    ///   - now: nanoseconds of the portal's clock, as everywhere here.
    mutating func append(_ name: String, to url: String, _ fields: JSONObject, at now: Int64, mishap: Mishap? = nil) {
        let copies = mishap == .duplicate ? 2 : 1
        for _ in 0..<copies {
            let id = log.count + 1
            let parts = try? URLParts(url)
            log.append(
                DeliveryEntry(
                    id: id, name: name, origin: parts?.origin ?? "", unixSeconds: now / 1_000_000_000))
            guard let parts, parts.isLoopback else {
                log.change(id, to: .refused)
                if let origin = parts?.origin, refusedOrigins.count < Self.refusalsToldMax,
                    !refusedOrigins.contains(origin)
                {
                    refusedOrigins.append(origin)
                }
                continue
            }
            guard mishap != .lose, waitingCount < Self.waitingMax else {
                log.change(id, to: .lost)
                continue
            }
            enqueue(Item(id: id, name: name, fields: fields, due: now), to: url, at: now, mishap)
        }
    }

    private mutating func enqueue(_ item: Item, to url: String, at now: Int64, _ mishap: Mishap?) {
        var item = item
        switch mishap {
        case .delay(let nanoseconds): item.due = now + nanoseconds
        case .reorder:
            item.due = now + Self.reorderSecondsMax * 1_000_000_000
            item.isHeld = true
        case .lose, .duplicate, nil: break
        }
        var lane = lanes[url] ?? Lane()
        let place = lane.waiting.firstIndex(where: \.isHeld)
        lane.items.append(item)
        if let place {
            var held = lane.remove(at: place)
            held.isHeld = false
            held.due = now
            lane.items.append(held)
        }
        lanes[url] = lane
        waitingCount += 1
    }

    /// The addresses that were refused for the first time since it was asked.
    mutating func takeRefusals() -> [String] {
        defer { toldRefusals = refusedOrigins.count }
        return Array(refusedOrigins[toldRefusals...])
    }

    /// The deliveries that leave now; each must be finished.
    mutating func take(at now: Int64, _ settings: EventSettings) -> [PortalDelivery] {
        var taken: [PortalDelivery] = []
        for url in lanes.keys.sorted() {
            guard var lane = lanes[url] else { continue }
            while lane.underWay < max(1, settings.deliveriesAtOnce), lane.notBefore <= now,
                let place = lane.waiting.firstIndex(where: { $0.due <= now })
            {
                let item = lane.remove(at: place)
                lane.underWay += 1
                waitingCount -= 1
                laneByID[item.id] = url
                log.change(item.id, to: .sent)
                var fields = item.fields
                // Not when it happened: when the queue sent it.
                fields["ts"] = .integer(now / 1_000_000_000)
                taken.append(
                    PortalDelivery(id: item.id, name: item.name, url: url, body: HandlerForm.encode(fields)))
            }
            lanes[url] = lane
        }
        return taken
    }

    /// When the next delivery may leave although nothing happens until then; nil when none waits for a time.
    func nextDue(_ settings: EventSettings) -> Int64? {
        lanes.values.compactMap { lane -> Int64? in
            guard lane.underWay < max(1, settings.deliveriesAtOnce), let first = lane.waiting.map(\.due).min() else {
                return nil
            }
            return max(first, lane.notBefore)
        }.min()
    }

    /// - Parameter tookMS: how long the handler made the queue wait, in milliseconds.
    mutating func finish(
        _ id: Int, _ outcome: DeliveryOutcome, tookMS: Int, at now: Int64, _ settings: EventSettings
    ) {
        switch outcome {
        case .answered(let status): log.change(id, to: .answered(status: status))
        case .failed(let message): log.change(id, to: .failed(message))
        }
        guard let url = laneByID.removeValue(forKey: id), var lane = lanes[url] else { return }
        lane.underWay -= 1
        if tookMS > settings.slowHandlerMS {
            let first = Int64(settings.slowPauseSeconds * 1_000_000_000)
            lane.pause = min(max(first, lane.pause * 2), Int64(settings.slowPauseSecondsMax * 1_000_000_000))
            lane.notBefore = now + lane.pause
        } else {
            lane.pause = 0
        }
        lanes[url] = lane.isIdle ? nil : lane
    }
}

extension DeliveryQueue.Mishap {
    /// - Returns: nil for a fault that is not about events.
    init?(_ fault: PortalFault.Kind) {
        switch fault {
        case .loseEvent: self = .lose
        case .duplicateEvent: self = .duplicate
        case .reorderEvent: self = .reorder
        case .delayEvent(let milliseconds): self = .delay(nanoseconds: Int64(milliseconds) * 1_000_000)
        default: return nil
        }
    }
}

extension URLParts {
    /// Whether it leads to this machine, the only one a local portal sends to.
    var isLoopback: Bool {
        host == "localhost" || host == "[::1]"
            || (host.hasPrefix("127.") && host.allSatisfy { $0 == "." || $0.isNumber })
    }
}

/// The form a handler is sent, as PHP's `http_build_query` makes it: brackets coded, empty lists gone.
///
/// https://apidocs.bitrix24.com/api-reference/events/index.html
enum HandlerForm {
    static func encode(_ fields: JSONObject) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in Form.encode(withoutEmpty(fields)) {
            switch byte {
            case UInt8(ascii: "["): bytes.append(contentsOf: Array("%5B".utf8))
            case UInt8(ascii: "]"): bytes.append(contentsOf: Array("%5D".utf8))
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    private static func withoutEmpty(_ object: JSONObject) -> JSONObject {
        JSONObject(object.compactMap { key, value in withoutEmpty(value).map { (key, $0) } })
    }

    private static func withoutEmpty(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .object(let object):
            let rest = withoutEmpty(object)
            return rest.isEmpty ? nil : .object(rest)
        case .array(let items):
            let rest = items.compactMap(withoutEmpty)
            return rest.isEmpty ? nil : .array(rest)
        default: return value
        }
    }
}
