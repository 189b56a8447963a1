internal import Wire

/// Compares a field of a row in memory with what a filter asks for.
struct RowMatch {
    /// How the field is compared.
    enum Kind { case text, number, flag, list, time }

    let state: PortalState

    /// - Parameter wanted: the filter's values; a list means "one of them".
    func matches(_ operation: FilterOperation, _ wanted: JSONValue, _ field: JSONValue?, _ kind: Kind) -> Bool {
        let values = wanted.phpList.isEmpty ? [wanted] : wanted.phpList
        switch operation {
        case .not, .notEqual, .notIn:
            return !values.contains { equals($0, field, kind, isBare: false) }
        case .bare, .equal, .isIn:
            return values.contains { equals($0, field, kind, isBare: operation == .bare) }
        case .greater: return order(field, values[0], kind).map { $0 > 0 } ?? false
        case .greaterOrEqual: return order(field, values[0], kind).map { $0 >= 0 } ?? false
        case .less: return order(field, values[0], kind).map { $0 < 0 } ?? false
        case .lessOrEqual: return order(field, values[0], kind).map { $0 <= 0 } ?? false
        case .between, .notBetween:
            let isInside =
                values.count == 2 && order(field, values[0], kind).map { $0 >= 0 } ?? false
                && order(field, values[1], kind).map { $0 <= 0 } ?? false
            return isInside == (operation == .between)
        case .contains: return values.contains { has(field, "%\($0.phpText ?? "")%") }
        case .notContains: return !values.contains { has(field, "%\($0.phpText ?? "")%") }
        case .likeMask, .likeMaskSwapped: return values.contains { has(field, $0.phpText ?? "") }
        case .notLikeMask, .notLikeMaskSwapped: return !values.contains { has(field, $0.phpText ?? "") }
        }
    }

    private func equals(_ wanted: JSONValue, _ field: JSONValue?, _ kind: Kind, isBare: Bool) -> Bool {
        let text = wanted.phpText ?? ""
        switch kind {
        case .flag: return field?.isTruthy ?? false == wanted.isTruthy
        case .list: return (field?.phpList ?? []).contains { $0.phpText == text }
        case .number: return (field?.lenientDouble ?? 0) == (wanted.lenientDouble ?? 0)
        case .time:
            // A date stands for the whole day.
            if text.utf8.count == 10, let shown = field?.phpText { return shown.hasPrefix(text) }
            return order(field, wanted, kind) == 0
        case .text:
            if isBare, text.contains("%") { return has(field, text) }
            return (field?.phpText ?? "").lowercased() == text.lowercased()
        }
    }

    /// Below, at or above zero; nil when one of the two cannot be compared.
    private func order(_ field: JSONValue?, _ wanted: JSONValue, _ kind: Kind) -> Int? {
        switch kind {
        case .number, .list, .flag:
            guard let left = field?.lenientDouble, let right = wanted.lenientDouble else { return nil }
            return left < right ? -1 : left > right ? 1 : 0
        case .time:
            guard let left = field?.phpText.flatMap(state.instant), let right = wanted.phpText.flatMap(state.instant)
            else { return nil }
            return left < right ? -1 : left > right ? 1 : 0
        case .text:
            let left = (field?.phpText ?? "").lowercased()
            let right = (wanted.phpText ?? "").lowercased()
            return left < right ? -1 : left > right ? 1 : 0
        }
    }

    private func has(_ field: JSONValue?, _ mask: String) -> Bool {
        let text = field?.phpText ?? field?.phpList.first?.phpText ?? ""
        return Self.fits(text, mask: mask)
    }

    /// SQL's LIKE with `%` and `_`, letters of either case. Linear in text times mask.
    static func fits(_ text: String, mask: String) -> Bool {
        let text = Array(text.lowercased())
        let mask = Array(mask.lowercased())
        var (at, place) = (0, 0)
        // Where the last % stood and how much it has taken so far.
        var star: (place: Int, at: Int)?
        while at < text.count {
            if place < mask.count, mask[place] == "%" {
                star = (place, at)
                place += 1
            } else if place < mask.count, mask[place] == "_" || mask[place] == text[at] {
                at += 1
                place += 1
            } else if let last = star {
                star = (last.place, last.at + 1)
                (at, place) = (last.at + 1, last.place + 1)
            } else {
                return false
            }
        }
        return mask[place...].allSatisfy { $0 == "%" }
    }
}

/// Cuts a list into pages of 50 by `start`; -1 asks for the first page without a count.
enum RowPage {
    static func reply(
        _ rows: [JSONValue], _ call: MethodCall, _ state: PortalState, wrapped wrap: (JSONValue) -> JSONValue = { $0 },
        encoded: (JSONValue) -> MethodReply = { MethodReply($0) }
    ) -> MethodReply {
        let start = call.integer("start") ?? 0
        let first = min(rows.count, max(0, start))
        let last = min(rows.count, first + state.settings.pageRows)
        var reply = encoded(wrap(.array(Array(rows[first..<last]))))
        guard start >= 0 else { return reply }
        reply.total = rows.count
        if last < rows.count { reply.next = last }
        return reply
    }
}
