internal import Storage
internal import Wire

/// One page of a list: filter, order and paging over a table of records.
struct RecordList {
    let state: PortalState
    let table: RecordTable
    let view: RecordFilter.View
    let condition: SQLCondition
    let order: String
    let writer: any RecordWriter
    /// SQL that joins another table: a row may then come more than once.
    var join = ""
    /// A universal list wraps its rows: `{"items":[…]}`.
    var wrapper: (open: StaticString, close: StaticString) = ("", "")

    /// - Parameter start: offset of the page; below 0 nothing is counted.
    func page(start: Int) throws(PortalFailure) -> MethodReply {
        start < 0 ? try uncounted() : try counted(start: start)
    }

    private func uncounted() throws(PortalFailure) -> MethodReply {
        let (json, count) = try rows(
            "\(select)\(join)\(whereClause) ORDER BY \(order) LIMIT \(state.settings.pageRows)", condition.values)
        let isFull = count == state.settings.pageRows
        return MethodReply(json: json, next: isFull && state.settings.nextWithoutCounting ? count : nil)
    }

    private func counted(start: Int) throws(PortalFailure) -> MethodReply {
        let ids = try matchingIDs()
        let end = min(ids.count, start + state.settings.pageRows)
        let page = start < end ? ids[start..<end] : []
        let json = try rows(of: page)
        return MethodReply(json: json, next: end < ids.count ? end : nil, total: ids.count)
    }

    /// The ids that match, in order. Kept until the table changes: a client that pages by offset asks for
    /// the same list hundreds of times, and a real portal's database would not be the slow part either.
    private func matchingIDs() throws(PortalFailure) -> [Int] {
        let key = "\(join)|\(condition.sql)|\(condition.values)|\(order)"
        if let known = state.caches.ids(table.name, key) { return known }
        let ids = try state.integers(
            "SELECT id FROM \(table.name)\(join)\(whereClause) ORDER BY \(order)", condition.values)
        state.caches.remember(table.name, key, ids)
        return ids
    }

    private func rows(of ids: ArraySlice<Int>) throws(PortalFailure) -> [UInt8] {
        guard let first = ids.first, let last = ids.last else { return try rows("", []).json }
        if condition.sql.isEmpty, join.isEmpty, order == "id" || order == "id DESC" {
            return try rows(
                "\(select) WHERE id BETWEEN ? AND ? ORDER BY \(order)",
                [.integer(Int64(min(first, last))), .integer(Int64(max(first, last)))]
            ).json
        }
        var json = opened
        for (index, id) in ids.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            try append("\(select) WHERE id = ?", [.integer(Int64(id))], to: &json)
        }
        close(&json)
        return json
    }

    private func rows(_ sql: String, _ values: [SQLValue]) throws(PortalFailure) -> (json: [UInt8], count: Int) {
        var json = opened
        let count = sql.isEmpty ? 0 : try append(sql, values, to: &json)
        close(&json)
        return (json, count)
    }

    private var select: String { "SELECT fields, multi, links FROM \(table.name)" }
    private var whereClause: String { condition.sql.isEmpty ? "" : " WHERE \(condition.sql)" }

    private var opened: [UInt8] {
        var json: [UInt8] = []
        json.append(wrapper.open)
        json.append("[")
        return json
    }

    private func close(_ json: inout [UInt8]) {
        json.append("]")
        json.append(wrapper.close)
    }

    @discardableResult
    private func append(
        _ sql: String, _ values: [SQLValue], to json: inout [UInt8]
    ) throws(PortalFailure) -> Int {
        var count = 0
        var output: [UInt8] = []
        swap(&output, &json)
        defer { swap(&output, &json) }
        try state.forEach(sql, values) { row throws(DatabaseFailure) in
            if count > 0 { output.append(UInt8(ascii: ",")) }
            count += 1
            row.withText(0) { fields in
                row.withText(1) { multi in
                    row.withText(2) { links in
                        writer.write(RecordRow(fields: fields, multi: multi, links: links), to: &output)
                    }
                }
            }
            return true
        }
        return count
    }
}
