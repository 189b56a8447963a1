/// The rows given out last: which of them a page repeats tells where the page stands in a list that moves.
struct SeenRows: Sendable {
    /// Rows remembered. A list may move by as many between two requests before its pages cannot be fitted together.
    static let countMax = 16_384

    private var ring: [Int] = []
    private var oldest = 0
    private var members: Set<Int> = []
    private(set) var last: Int?

    var isEmpty: Bool { ring.isEmpty }

    func contains(_ identity: Int) -> Bool { members.contains(identity) }

    mutating func insert(_ identity: Int) {
        last = identity
        guard members.insert(identity).inserted else { return }
        if ring.count < SeenRows.countMax {
            ring.append(identity)
        } else {
            members.remove(ring[oldest])
            ring[oldest] = identity
            oldest = (oldest + 1) % SeenRows.countMax
        }
    }
}
