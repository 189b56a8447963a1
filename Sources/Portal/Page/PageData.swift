internal import Wire

/// Reads what the page shows through the portal's own methods, as administrator: the page cannot show what a client
/// could not have read.
struct PageData {
    let state: PortalState

    /// Rows of a list, `pagesMax` pages at most.
    ///
    /// - Returns: nil where this portal does not play the method.
    func rows(
        _ method: String, _ parameters: JSONObject = [:], inside key: String? = nil, pagesMax: Int = 4
    ) throws(PortalFailure) -> (rows: [JSONObject], total: Int)? {
        guard let played = PortalMethods.lookup(method, api: .classic) else { return nil }
        var rows: [JSONObject] = []
        var total: Int?
        var start: Int? = 0
        for _ in 0..<pagesMax {
            guard let first = start else { break }
            var asked = parameters
            asked["start"] = .integer(Int64(first))
            let call = MethodCall(name: method, userID: administrator, parameters: asked)
            let reply = try played.handler(state, call)
            guard let value = try? JSONValue(parsing: reply.resultBytes) else {
                throw .local("\(method) answered something that is not JSON")
            }
            let list = key.map { value[$0] } ?? value
            rows += list?.arrayValue?.compactMap(\.objectValue) ?? []
            total = reply.total
            start = reply.next
        }
        return (rows, total ?? rows.count)
    }

    private var administrator: Int { state.settings.administratorIDs.min() ?? 1 }

    /// Employees by number.
    func people() throws(PortalFailure) -> [Int: JSONObject] {
        let pairs = try UserRecord.documents.all(in: state).map { ($0.id, $0.fields) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}

extension JSONObject {
    /// A field as text, empty where there is none.
    func shown(_ key: String) -> String { self[key]?.phpText ?? "" }

    /// The first value of a multifield such as PHONE.
    func firstOf(_ key: String) -> String { self[key]?[0]?["VALUE"]?.phpText ?? "" }
}
