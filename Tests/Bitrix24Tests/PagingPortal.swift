import Bitrix24
import Wire

/// A list method on a portal, played from an array of identifiers. Rows may come and go between requests.
struct PagingPortal {
    enum Embedded { case replaced, left, empty }

    /// Sorted.
    private(set) var ids: [Int64]
    var filterField = "ID"
    var rowField = "ID"
    var resultKey: String?
    /// Whether `ID` values are strings, as in the older modules.
    var idsAreText = true
    var ignoresFilter = false
    var ignoresOrder = false
    var ignoresStart = false
    var ignoresBound = false
    /// Descending order is not to be had.
    var keepsAscending = false
    /// Whether a page may begin in the middle of what would be a page.
    var beginsAnywhere = true
    var hasTotals = true
    /// Whether the next page's start comes where nothing is counted.
    var hasNext = false
    /// Rows left out of pages that count them.
    var hidden: Set<Int64> = []
    /// What becomes of a reference with more text around it.
    var embedded = Embedded.replaced
    var pageSize = 50
    /// No reference is replaced at all.
    var ignoresReferences = false
    /// A row that only descending pages show.
    var ghost: Int64?
    /// Called before each page is read.
    var beforePage: (inout PagingPortal) -> Void = { _ in }
    private(set) var requests = 0
    /// Times requests went out together.
    private(set) var rounds = 0
    private(set) var commands = 0
    private(set) var rowsSent = 0
    private(set) var bodies: [String] = []

    init(ids: some Sequence<Int64>) { self.ids = ids.sorted() }

    /// Adds a row, or removes the one there is.
    mutating func toggle(_ id: Int64) {
        let place = place(of: id)
        if place < ids.count, ids[place] == id { ids.remove(at: place) } else { ids.insert(id, at: place) }
    }

    /// The place of the first row that is not before `id`.
    private func place(of id: Int64) -> Int {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The replies to a step; nil when there is nothing more to ask.
    mutating func answer(_ step: Pager.Step) throws -> [Reply]? {
        guard case .calls(let calls) = step else { return nil }
        rounds += 1
        var replies: [Reply] = []
        for call in calls { replies.append(try answer(call)) }
        return replies
    }

    private mutating func answer(_ call: Call) throws -> Reply {
        requests += 1
        guard call.method == "batch" else {
            let parameters = try JSONValue(parsing: call.body)
            bodies.append(parameters.text)
            let page = try page(parameters.objectValue ?? JSONObject())
            var envelope: JSONObject = ["result": page.result]
            if let next = page.next { envelope["next"] = .integer(Int64(next)) }
            if let total = page.total { envelope["total"] = .integer(Int64(total)) }
            return try reply(envelope, to: call)
        }
        do {
            let cmd = try JSONValue(parsing: call.body)["cmd"]?.objectValue ?? JSONObject()
            bodies.append(JSONValue.object(cmd).text)
            var results = JSONObject()
            var nexts = JSONObject()
            var totals = JSONObject()
            for (key, text) in cmd {
                let parts = (text.stringValue ?? "").split(separator: "?", maxSplits: 1)
                let query = try Form.decode(parts.count > 1 ? String(parts[1]) : "")
                let resolved = resolve(.object(query), results).objectValue ?? JSONObject()
                let page = try page(resolved)
                results[key] = page.result
                if let next = page.next { nexts[key] = .integer(Int64(next)) }
                if let total = page.total { totals[key] = .integer(Int64(total)) }
            }
            let inner: JSONObject = [
                "result": .object(results), "result_error": [], "result_next": orList(nexts),
                "result_total": orList(totals), "result_time": [],
            ]
            return try reply(["result": .object(inner), "time": ["duration": 0.1]], to: call)
        }
    }

    private func orList(_ object: JSONObject) -> JSONValue { object.isEmpty ? [] : .object(object) }

    private func reply(_ envelope: JSONObject, to call: Call) throws -> Reply {
        let raw = RawAnswer(status: 200, bytes: JSONValue.object(envelope).encoded())
        guard case .reply(let reply) = Answer(raw, to: call) else { throw TestProblem(message: "no reply") }
        return reply
    }

    private mutating func page(_ parameters: JSONObject) throws -> (result: JSONValue, next: Int?, total: Int?) {
        commands += 1
        beforePage(&self)
        var (from, to) = (0, ids.count)
        var onlyEven = false
        for (key, value) in parameters["filter"]?.objectValue ?? JSONObject() where !ignoresFilter {
            // As the platform does with what is no number: it counts for nothing, or for zero.
            let text = value.stringValue ?? value.integerValue.map(String.init) ?? ""
            let number = Int64(text.prefix { $0.isNumber })
            switch key {
            case ">\(filterField)": from = max(from, number.map { place(of: $0 + 1) } ?? 0)
            case "<\(filterField)": to = min(to, place(of: number ?? 0))
            case "<=\(filterField)" where ignoresBound: break
            case "<=\(filterField)": to = min(to, place(of: (number ?? 0) + 1))
            case "EVEN": onlyEven = true
            default: throw TestProblem(message: "unexpected filter \(key)")
            }
        }
        var found = Array(ids[min(from, to)..<to])
        if onlyEven { found.removeAll { $0 % 2 != 0 } }
        let isAscending = (parameters["order"]?[filterField] ?? parameters["order"])?.stringValue == "ASC"
        if keepsAscending ? false : !isAscending || ignoresOrder { found.reverse() }
        let text = parameters["start"]?.stringValue ?? parameters["start"]?.integerValue.map(String.init) ?? "0"
        let start = ignoresStart ? 0 : Int(text) ?? 0
        let offset = beginsAnywhere ? max(0, start) : max(0, start) / pageSize * pageSize
        // Rows that may not be seen are taken from the page after it was cut.
        let rows = found.dropFirst(offset).prefix(pageSize).filter { !hidden.contains($0) }
        let shown = (isAscending ? [] : [ghost].compactMap { $0 }) + rows
        rowsSent += rows.count
        let list = JSONValue.array(
            shown.map { id in
                [
                    rowField: idsAreText ? .string(String(id)) : .integer(id), "TITLE": "a \"row\" [x]",
                    "TAGS": ["ID", "1"],
                ]
            })
        let result: JSONValue = resultKey.map { [$0: list, "other": ["ID": 1]] } ?? list
        let next = offset + pageSize
        if hasNext, start >= 0 { return (result, next < found.count ? next : nil, nil) }
        guard start >= 0, hasTotals else { return (result, nil, nil) }
        return (result, next < found.count ? next : nil, found.count)
    }

    private func resolve(_ value: JSONValue, _ results: JSONObject) -> JSONValue {
        switch value {
        case .object(let object): return .object(JSONObject(object.map { ($0.key, resolve($0.value, results)) }))
        case .array(let elements): return .array(elements.map { resolve($0, results) })
        case .string(let text) where text.hasPrefix("$result["):
            if ignoresReferences { return value }
            let end = text.lastIndex(of: "]") ?? text.startIndex
            let rest = String(text[text.index(after: end)...])
            if !rest.isEmpty, embedded != .replaced { return .string(embedded == .left ? text : "") }
            var found: JSONValue? = .object(results)
            for part in text[..<end].dropFirst("$result[".count).split(separator: "][") {
                found = Int(part).map { found?[$0] } ?? found?[String(part)]
            }
            let scalar = found?.stringValue ?? found?.integerValue.map(String.init) ?? ""
            return .string(scalar + rest)
        default: return value
        }
    }
}

/// Reads everything; the identifiers in the order they came.
func readAll(
    _ pager: inout Pager, from portal: inout PagingPortal, requestsMax: Int = 10_000
) throws -> [Int64] {
    var ids: [Int64] = []
    for _ in 0..<requestsMax {
        guard let replies = try portal.answer(try pager.next()) else { return ids }
        for page in try pager.receive(replies) {
            let rows = try JSONValue(parsing: Array(page.rows)).arrayValue ?? []
            guard rows.count == page.count else { throw TestProblem(message: "\(rows.count) rows, not \(page.count)") }
            for row in rows {
                let id = row[portal.rowField]
                ids.append(id?.integerValue ?? Int64(id?.stringValue ?? "") ?? -1)
            }
        }
    }
    throw TestProblem(message: "it does not end")
}
