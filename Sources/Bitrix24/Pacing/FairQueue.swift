/// What waits, by whom it is for: everybody in turn, and first come, first served with each.
struct FairQueue<Element: Sendable>: Sendable {
    enum Verdict {
        case take
        /// Whoever it is for is passed over this time.
        case skip
        /// Nobody else is asked.
        case stop
    }

    private var waiting: [UInt64: [Element]] = [:]
    /// Whoever has something waiting, in turn from `head` on; each stands here once.
    private var turns: [UInt64] = []
    private var head = 0
    private(set) var count = 0

    mutating func append(_ element: Element, for owner: UInt64) {
        count += 1
        // An owner whose elements were all withdrawn is still in its turn.
        if waiting[owner]?.append(element) == nil {
            waiting[owner] = [element]
            turns.append(owner)
        }
    }

    mutating func remove(of owner: UInt64, where isMeant: (Element) -> Bool) -> Element? {
        guard let place = waiting[owner]?.firstIndex(where: isMeant) else { return nil }
        count -= 1
        return waiting[owner]?.remove(at: place)
    }

    /// Goes round until nobody has anything more that is taken. Each time around everybody is asked once, with the
    /// first of its elements that is ready.
    mutating func take(ready isReady: (Element) -> Bool, judge: (Element) -> Verdict) {
        var isFruitful = true
        while isFruitful {
            isFruitful = false
            let round = turns[head...]
            var skipped: [UInt64] = []
            var served: [UInt64] = []
            var asked = 0
            asking: for owner in round {
                asked += 1
                guard let place = waiting[owner]?.firstIndex(where: isReady) else {
                    if waiting[owner]?.isEmpty == true { waiting[owner] = nil } else { skipped.append(owner) }
                    continue
                }
                guard let element = waiting[owner]?[place] else { continue }
                switch judge(element) {
                case .take:
                    isFruitful = true
                    count -= 1
                    waiting[owner]?.remove(at: place)
                    if waiting[owner]?.isEmpty == true { waiting[owner] = nil } else { served.append(owner) }
                case .skip: skipped.append(owner)
                case .stop:
                    skipped.append(owner)
                    isFruitful = false
                    break asking
                }
            }
            advance(past: asked, skipped: skipped, served: served)
        }
    }

    /// Whoever was passed over comes first next time, whoever was served last.
    private mutating func advance(past asked: Int, skipped: [UInt64], served: [UInt64]) {
        head += asked
        // The places before `head` are free: whoever was passed over goes back there, nothing is moved.
        head -= skipped.count
        turns.replaceSubrange(head..<head + skipped.count, with: skipped)
        turns.append(contentsOf: served)
        if head > 64, head * 2 > turns.count {
            turns.removeFirst(head)
            head = 0
        }
    }
}
