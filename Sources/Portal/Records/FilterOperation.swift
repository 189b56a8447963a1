internal import Storage
internal import Wire

/// The comparison that a filter key's prefix asks for.
enum FilterOperation: String, CaseIterable {
    case notLikeMask = "!=%"
    case notLikeMaskSwapped = "!%="
    case notBetween = "!><"
    case greaterOrEqual = ">="
    case lessOrEqual = "<="
    case between = "><"
    case notIn = "!@"
    case notContains = "!%"
    case notEqual = "!="
    case likeMask = "=%"
    case likeMaskSwapped = "%="
    case greater = ">"
    case less = "<"
    case isIn = "@"
    case contains = "%"
    case equal = "="
    case not = "!"
    case bare = ""

    /// `>=DATE_CREATE` → (`>=`, `DATE_CREATE`). The longest prefix wins: cases stand in that order.
    static func split(_ key: String) -> (FilterOperation, String) {
        for operation in allCases where !operation.rawValue.isEmpty && key.hasPrefix(operation.rawValue) {
            return (operation, String(key.dropFirst(operation.rawValue.count)))
        }
        return (.bare, key)
    }

    /// SQL for the values that came with the key; a list means "one of them".
    func condition(
        on field: RecordField, values: [String], isList: Bool, state: PortalState
    ) -> SQLCondition {
        let left = field.comparable
        switch self {
        case .equal, .bare, .isIn:
            return any(values.isEmpty ? [""] : values) { FilterOperation.equals(field, left, $0, state) }
        case .notEqual, .not, .notIn:
            return negated(
                any(values.isEmpty ? [""] : values) { FilterOperation.equals(field, left, $0, state) })
        case .greater, .greaterOrEqual, .less, .lessOrEqual:
            guard let value = values.first, let bound = FilterOperation.bound(value, field, state) else {
                return SQLCondition(sql: "0")
            }
            return SQLCondition(sql: "\(left) \(rawValue) ?", values: [bound])
        case .between, .notBetween:
            let bounds = values.compactMap { FilterOperation.bound($0, field, state) }
            guard bounds.count == 2 else { return SQLCondition(sql: "0") }
            let inside = SQLCondition(sql: "\(left) BETWEEN ? AND ?", values: bounds)
            return self == .between ? inside : negated(inside)
        case .contains:
            return any(values) { FilterOperation.glob(field, "*" + FilterOperation.literal($0) + "*") }
        case .notContains:
            return negated(any(values) { FilterOperation.glob(field, "*" + FilterOperation.literal($0) + "*") })
        case .likeMask, .likeMaskSwapped:
            return any(values) { FilterOperation.glob(field, FilterOperation.mask($0)) }
        case .notLikeMask, .notLikeMaskSwapped:
            return negated(any(values) { FilterOperation.glob(field, FilterOperation.mask($0)) })
        }
    }

    private func any(_ values: [String], _ make: (String) -> SQLCondition) -> SQLCondition {
        let conditions = values.map(make)
        guard !conditions.isEmpty else { return SQLCondition(sql: "0") }
        return SQLCondition(
            sql: "(" + conditions.map(\.sql).joined(separator: " OR ") + ")",
            values: conditions.flatMap(\.values))
    }

    /// SQL's NOT of an unknown is unknown; a record without a value is "not equal" all the same.
    private func negated(_ condition: SQLCondition) -> SQLCondition {
        SQLCondition(sql: "coalesce(NOT \(condition.sql), 1)", values: condition.values)
    }

    // MARK: Comparisons

    private static func equals(
        _ field: RecordField, _ left: String, _ value: String, _ state: PortalState
    ) -> SQLCondition {
        if field.isMultiple {
            return SQLCondition(
                sql: "EXISTS (SELECT 1 FROM json_each(\(field.path)) WHERE value = ?)", values: [.text(value)])
        }
        if value.isEmpty {
            return SQLCondition(sql: "coalesce(\(field.path), '') IN ('', '0')")
        }
        if let bound = bound(value, field, state) {
            if field.kind == .date || (field.kind == .datetime && value.utf8.count == 10) {
                return day(left, bound)
            }
            // A reference that is not set prints as null and equals 0.
            if field.kind.isNumeric, bound == .integer(0) {
                return SQLCondition(sql: "coalesce(\(left), 0) = 0")
            }
            if !field.kind.isNumeric, !field.kind.isTime, !value.utf8.allSatisfy({ $0 < 0x80 }) {
                return glob(field, literal(value))
            }
            return SQLCondition(sql: "\(left) = ?", values: [bound])
        }
        return SQLCondition(sql: "0")
    }

    private static func day(_ left: String, _ bound: SQLValue) -> SQLCondition {
        guard case .integer(let start) = bound else { return SQLCondition(sql: "0") }
        let end = start.addingReportingOverflow(86_400).partialValue
        return SQLCondition(sql: "(\(left) >= ? AND \(left) < ?)", values: [bound, .integer(end)])
    }

    /// The right side of a comparison; nil when the text is nothing of the field's kind.
    private static func bound(_ value: String, _ field: RecordField, _ state: PortalState) -> SQLValue? {
        if field.name == "ID" || field.kind.isInteger {
            // MySQL reads the digits at the front and takes 0 where there are none.
            return .integer(Int64(value.asciiTrimmed) ?? whole(Double(value.asciiTrimmed) ?? 0))
        }
        if field.kind.isNumeric { return .real(Double(value.asciiTrimmed) ?? 0) }
        if field.kind.isTime { return state.instant(value).map { .integer($0) } }
        if field.kind == .boolean { return .text(JSONValue.string(value).isTruthy ? "1" : "0") }
        return .text(value)
    }

    /// Without its fraction; what no integer can hold is the nearest one that can.
    private static func whole(_ number: Double) -> Int64 {
        if number.isNaN { return 0 }
        return Int64(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
    }

    /// Letters of either case, whatever the alphabet: SQLite's LIKE folds ASCII only, MySQL all letters.
    private static func glob(_ field: RecordField, _ pattern: String) -> SQLCondition {
        SQLCondition(sql: "\(field.path) GLOB ?", values: [.text(pattern)])
    }

    private static func literal(_ text: String) -> String {
        var pattern = ""
        for character in text { pattern += folded(character) }
        return pattern
    }

    private static func mask(_ text: String) -> String {
        var pattern = ""
        for character in text {
            switch character {
            case "%": pattern += "*"
            case "_": pattern += "?"
            default: pattern += folded(character)
            }
        }
        return pattern
    }

    private static func folded(_ character: Character) -> String {
        let lower = character.lowercased()
        let upper = character.uppercased()
        if lower != upper, lower.unicodeScalars.count == 1, upper.unicodeScalars.count == 1 {
            return "[\(lower)\(upper)]"
        }
        return "*?[".contains(character) ? "[\(character)]" : String(character)
    }
}
