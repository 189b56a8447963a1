import Wire

/// How a method is told where a page begins.
enum PageAddress: Sendable, Equatable {
    /// `start`, counted in rows.
    case start
    /// `limit` and `offset`, inside the parameters of `path`.
    case limit(path: [String])
    /// A page's number from 1, in the parameter named last in `path`.
    case number(path: [String])
    /// `nPageSize` and `iNumPage`, inside the parameters of `path`.
    case navigation(path: [String])

    /// The documented way of a method; nil when only its caller can know.
    init?(_ facts: MethodFacts, _ parameters: PageParameters) {
        let path = facts.pages.path
        switch facts.paging {
        case .pagination: self = .limit(path: path.isEmpty ? ["pagination"] : path)
        case .offset: self = .limit(path: path)
        case .page where !path.isEmpty: self = .number(path: path)
        case .nav where !path.isEmpty: self = .navigation(path: path)
        case .page, .nav, .cursor: return nil
        case .start, .none:
            let isLimited = !parameters.isDocumented("start") && parameters.isDocumented("offset")
            self = isLimited ? .limit(path: path) : .start
        }
    }

    /// Whether pages begin at multiples of their length only.
    var isNumbered: Bool {
        switch self {
        case .number, .navigation: true
        case .start, .limit: false
        }
    }

    /// Where the caller wants to begin, in rows, and how many rows he wants in a page.
    func given(in parameters: PageParameters) -> (offset: Int, rows: Int?) {
        func number(_ path: [String]) -> Int? {
            parameters.value(at: path)?.scalarText.flatMap { Int($0) }.map { min(max($0, 0), PageAddress.numberMax) }
        }
        switch self {
        case .start: return (number(["start"]) ?? 0, nil)
        case .limit(let path):
            let rows = number(path + ["limit"]).map { max(1, $0) }
            let pages = path.isEmpty ? nil : number(path + ["page"]).map { max(0, $0 - 1) }
            return (number(path + ["offset"]) ?? (pages ?? 0) * (rows ?? PageAddress.rowsUsual), rows)
        case .number(let path): return (max(0, (number(path) ?? 1) - 1) * PageAddress.rowsUsual, nil)
        case .navigation(let path):
            let rows = number(path + ["nPageSize"]).map { max(1, $0) }
            return (max(0, (number(path + ["iNumPage"]) ?? 1) - 1) * (rows ?? PageAddress.rowsUsual), rows)
        }
    }

    /// - Parameter rows: how many to ask for, where the method takes such a number.
    func write(offset: Int, rows: Int?, into parameters: inout PageParameters) {
        let from = JSONValue.integer(Int64(offset))
        switch self {
        case .start: parameters["start"] = from
        case .limit(let path):
            if let rows { parameters.set(.integer(Int64(rows)), at: path + ["limit"]) }
            if offset > 0 || !path.isEmpty { parameters.set(from, at: path + ["offset"]) }
            // An offset and a page's number beside it contradict each other.
            if !path.isEmpty { parameters.set(nil, at: path + ["page"]) }
        case .number(let path):
            parameters.set(.integer(Int64(offset / (rows ?? PageAddress.rowsUsual) + 1)), at: path)
        case .navigation(let path):
            let rows = rows ?? PageAddress.rowsUsual
            parameters.set(.integer(Int64(rows)), at: path + ["nPageSize"])
            parameters.set(.integer(Int64(offset / rows + 1)), at: path + ["iNumPage"])
        }
    }

    /// What the platform gives in a page, unless a method says otherwise.
    /// Source: https://apidocs.bitrix24.com/settings/how-to-call-rest-api/list-methods-pecularities.html
    static let rowsUsual = 50
    /// No portal has as many rows; products of two such numbers do not overflow.
    static let numberMax = 1 << 30
}
