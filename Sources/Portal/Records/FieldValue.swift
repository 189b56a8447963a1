internal import Wire

/// Turns what a caller sent for a field into what the record stores: the classic wire value.
struct FieldValue {
    let state: PortalState

    /// - Returns: nil when the value cannot be one of this kind; Bitrix24 then keeps the old one.
    func stored(_ value: JSONValue, for field: RecordField) -> JSONValue? {
        guard field.isMultiple else { return single(value, for: field) }
        var items: [JSONValue] = []
        for item in value.phpList {
            guard let stored = single(item, for: field) else { return nil }
            if stored != .null, stored != .string("") { items.append(stored) }
        }
        return .array(items)
    }

    private func single(_ value: JSONValue, for field: RecordField) -> JSONValue? {
        if field.kind == .object || field.kind == .file { return value }
        // A list where one value is wanted: PHP code takes its first element.
        guard let text = value.phpText ?? value.phpList.first?.phpText else { return nil }
        if text.asciiTrimmed.isEmpty { return field.kind.isEmptyText ? .string("") : .null }
        switch field.kind {
        case .char: return flag(value)
        case .boolean: return .string(value.isTruthy ? "1" : "0")
        case .double: return value.lenientDouble.map { .string(FieldValue.plain($0)) }
        case .money: return value.lenientDouble.map { .string(FieldValue.money($0)) }
        case .date: return state.instant(text).map { .string(midnight($0)) }
        case .datetime: return state.instant(text).map { .string(state.iso8601($0)) }
        case _ where field.kind.isInteger: return value.lenientInteger.map { .string(String($0)) }
        default: return .string(text)
        }
    }

    private func flag(_ value: JSONValue) -> JSONValue {
        // Other letters than Y and N are values of their own for a few fields.
        if case .string(let text) = value, text.utf8.count == 1, text != "1", text != "0" {
            return .string(text.uppercased())
        }
        return .string(value.isTruthy ? "Y" : "N")
    }

    private func midnight(_ instant: Int64) -> String {
        state.iso8601(state.instant(local: .init(date: state.local(instant).date, time: .midnight)))
    }

    /// Amounts carry two decimals: `1000.00`.
    static func money(_ value: Double) -> String {
        let cents = (value * 100).rounded()
        guard cents.magnitude < 9e15 else { return plain(value) }
        let whole = Int64(cents)
        let fraction = String(whole.magnitude % 100)
        let sign = whole < 0 ? "-" : ""
        return "\(sign)\(whole.magnitude / 100)." + (fraction.utf8.count < 2 ? "0" : "") + fraction
    }

    static func plain(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? String(value)
    }
}

extension FieldKind {
    /// Empty text stays text; every other kind has no value then.
    var isEmptyText: Bool {
        switch self {
        case .string, .text, .char, .url, .address: true
        default: false
        }
    }
}
