/// Two ways to do one thing, timed by turns so that a drifting machine drifts under both.
public struct Comparison {
    /// What is compared, and how often each side does it in one turn.
    let name: String
    let peer: String
    let rounds: Int
    let goal: Goal

    public init(_ name: String, against peer: String, rounds: Int, goal: Goal) {
        self.name = name
        self.peer = peer
        self.rounds = rounds
        self.goal = goal
    }

    /// Measures the process's CPU time, the watchdog's thread and garbage collection included, and prints the row: the
    /// best turn of each side, and the median of the turns' ratios.
    public func print(theirs: () async throws -> Void, ours: () async throws -> Void) async throws {
        var best = (theirs: Double.infinity, ours: Double.infinity)
        var ratios: [Double] = []
        try await theirs()
        try await ours()
        for _ in 0..<Comparison.turns {
            let a = try await Clock.seconds(theirs)
            let b = try await Clock.seconds(ours)
            best = (min(best.theirs, a), min(best.ours, b))
            ratios.append(goal.isCost ? b / a : a / b)
        }
        let median = ratios.sorted()[ratios.count / 2]
        Row(
            name: name, peer: "\(peer): \(Clock.text(best.theirs / Double(rounds)))",
            ours: Clock.text(best.ours / Double(rounds)), reached: median, unit: "x", goal: goal
        ).print()
    }

    private static let turns = 21
}

/// What a row is to reach.
public enum Goal {
    /// Our cost by theirs, or an absolute cost: at most this.
    case atMost(Double)
    /// Our speed by theirs: at least this.
    case atLeast(Double)

    var isCost: Bool {
        switch self {
        case .atMost: true
        case .atLeast: false
        }
    }
}

/// One row of the table of docs/performance.md.
public struct Row {
    let name: String
    let peer: String
    let ours: String
    let reached: Double
    let unit: String
    let goal: Goal

    public init(name: String, peer: String, ours: String, reached: Double, unit: String, goal: Goal) {
        self.name = name
        self.peer = peer
        self.ours = ours
        self.reached = reached
        self.unit = unit
        self.goal = goal
    }

    public func print() {
        let aim: String
        let isMet: Bool
        switch goal {
        case .atMost(let bound): (aim, isMet) = ("≤ \(bound)\(unit)", reached <= bound)
        case .atLeast(let bound): (aim, isMet) = ("≥ \(bound)\(unit)", reached >= bound)
        }
        let rounded = "\((reached * 100).rounded() / 100)\(unit)"
        Swift.print("| \(name) | \(peer) | \(ours) | \(aim) | \(isMet ? "\(rounded)" : "**\(rounded)**") |")
    }
}
