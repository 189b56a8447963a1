internal import Wire

/// Compiles a list's `order`.
enum RecordOrder {
    /// - Parameter byDefault: SQL for a list without an order.
    /// - Throws: `INVALID_ARG_VALUE` where a universal list refuses a field or a direction.
    static func compile(
        _ order: JSONObject, table: RecordTable, view: RecordFilter.View, byDefault: String = "id"
    ) throws(PortalFailure) -> String {
        var terms: [String] = []
        for (name, value) in order {
            let direction = (value.phpText ?? "").uppercased()
            let place = view == .classic ? table.place(name.uppercased()) : table.universalPlace(name)
            guard let place else {
                if view == .classic { continue }
                throw PortalFailure("INVALID_ARG_VALUE", "Invalid order: field '\(name)' is not allowed in order")
            }
            if view == .universal, direction != "ASC", direction != "DESC" {
                throw PortalFailure(
                    "INVALID_ARG_VALUE", "Invalid order: allowed values are ASC, DESC, but got '\(direction)'")
            }
            terms.append(table.fields[place].comparable + (direction.hasPrefix("DESC") ? " DESC" : ""))
        }
        if terms.isEmpty { return byDefault }
        // Rows that compare equal keep one order from page to page.
        if !terms.contains(where: { $0 == "id" || $0 == "id DESC" }) { terms.append("id") }
        return terms.joined(separator: ", ")
    }
}
