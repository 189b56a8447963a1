/// An employee who may get the next deal.
public struct BalanceCandidate: Sendable, Equatable {
    public let id: Int64
    public var isActive: Bool
    /// As the employee's card has it: `Cleaner`, ` cleaner `.
    public var position: String
    public var isAbsent: Bool
    /// How many deals the employee was given lately, in whatever time the caller calls lately.
    public var recentAssignments: Int
    /// Unix seconds; nil for never, or not known.
    public var lastAssigned: Int64?

    public init(
        id: Int64, isActive: Bool = true, position: String, isAbsent: Bool = false, recentAssignments: Int = 0,
        lastAssigned: Int64? = nil
    ) {
        self.id = id
        self.isActive = isActive
        self.position = position
        self.isAbsent = isAbsent
        self.recentAssignments = recentAssignments
        self.lastAssigned = lastAssigned
    }
}

/// Who gets the next deal.
public enum BalanceOutcome: Sendable, Equatable {
    public enum Nobody: String, Sendable {
        /// The portal has no employee with this position.
        case noSuchPosition = "no_such_position"
        /// There are some, and every one of them is dismissed.
        case allInactive = "all_inactive"
        /// There are active ones, and every one of them is absent.
        case allAbsent = "all_absent"
    }

    /// The employee, the employee's open deals, and a sentence that says why this one.
    case chosen(id: Int64, openDeals: Int, reason: String)
    /// Why there is none, and the same as a sentence.
    case nobody(Nobody, String)
}

/// Gives work to whom has the least of it.
public enum Balance {
    /// The least busy active and present employee of a position. Fewest open deals win; of equals the one with the
    /// fewest recent assignments, then the one whose last is longest ago, then the lowest id.
    ///
    /// - Parameter openDeals: by employee; who is missing has none.
    public static func leastBusy(
        position: String, candidates: [BalanceCandidate], openDeals: [Int64: Int]
    ) -> BalanceOutcome {
        let ofPosition = candidates.filter { isSame($0.position, position) }
        let active = ofPosition.filter(\.isActive)
        let present = active.filter { !$0.isAbsent }
        func rank(_ candidate: BalanceCandidate) -> (Int, Int, Int64, Int64) {
            (
                openDeals[candidate.id] ?? 0, candidate.recentAssignments, candidate.lastAssigned ?? .min,
                candidate.id
            )
        }
        guard let best = present.min(by: { rank($0) < rank($1) }) else {
            return nobody(position, ofPosition.count, active.count)
        }
        let deals = openDeals[best.id] ?? 0
        let rivals = present.filter { $0.id != best.id && openDeals[$0.id] ?? 0 == deals }
        return .chosen(id: best.id, openDeals: deals, reason: reason(best, deals, rivals, among: present.count))
    }

    /// Whether two names of a position mean the same: letter case, white space around and between words, and the way
    /// accents are composed do not matter.
    public static func isSame(_ left: String, _ right: String) -> Bool { folded(left) == folded(right) }

    static func folded(_ position: String) -> String {
        // Upper case first: it spells out letters that have no single counterpart, such as ß.
        position.split(whereSeparator: \.isWhitespace).joined(separator: " ").uppercased().lowercased()
    }

    private static func reason(
        _ best: BalanceCandidate, _ deals: Int, _ rivals: [BalanceCandidate], among count: Int
    ) -> String {
        let load = deals == 1 ? "1 open deal" : "\(deals) open deals"
        if count == 1 { return "the only one available, with \(load)" }
        if rivals.isEmpty { return "fewest open deals of \(count): \(deals)" }
        let equals = "\(load) like \(rivals.count) more"
        if rivals.allSatisfy({ $0.recentAssignments > best.recentAssignments }) {
            return "\(equals), with fewest recent assignments: \(best.recentAssignments)"
        }
        let equalRivals = rivals.filter { $0.recentAssignments == best.recentAssignments }
        if equalRivals.allSatisfy({ ($0.lastAssigned ?? .min) > best.lastAssigned ?? .min }) {
            return "\(equals), not given one for the longest time"
        }
        return "\(equals), with the lowest id"
    }

    private static func nobody(_ position: String, _ all: Int, _ active: Int) -> BalanceOutcome {
        if all == 0 { return .nobody(.noSuchPosition, "no employee has the position \"\(position)\"") }
        if active == 0 { return .nobody(.allInactive, "all \(all) with the position \"\(position)\" are dismissed") }
        return .nobody(.allAbsent, "all \(active) active with the position \"\(position)\" are absent")
    }
}
