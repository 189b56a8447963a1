import Wire

/// Which record an event is about, so that events of one record are handled in the order they came.
///
/// Events of records carry little more than an identifier, under names that differ by module.
/// Source: https://apidocs.bitrix24.com/api-reference/events/index.html
enum RecordLane {
    /// What is left of an event's name is the kind of record: `ONCRMDEALUPDATE` and `ONCRMDEALADD` are about one.
    private static let endings = ["ADD", "UPDATE", "DELETE", "MOVETOCATEGORY", "SETSTATUS", "FINISH", "START", "END"]
    /// Where the identifier stands, in this order.
    private static let places: [[String]] = [
        ["FIELDS", "ID"], ["FIELDS_AFTER", "ID"], ["FIELDS_BEFORE", "ID"], ["ID"], ["id"],
    ]

    /// A number that is the same for events of one record; 0 for an event that is about none.
    static func of(portal: String, event: String, data: JSONValue) -> Int64 {
        guard let id = identifier(data) else { return 0 }
        var kind = event.uppercased()
        if let ending = endings.first(where: { kind.hasSuffix($0) }) { kind.removeLast(ending.utf8.count) }
        var print = EffectPrint()
        print.add(portal)
        print.add(kind)
        print.add(data["FIELDS"]?["ENTITY_TYPE_ID"]?.stringValue ?? "")
        print.add(id)
        let lane = Int64(bitPattern: print.value)
        return lane == 0 ? 1 : lane
    }

    private static func identifier(_ data: JSONValue) -> String? {
        for place in places {
            var value: JSONValue? = data
            for step in place { value = value?[step] }
            switch value {
            case .string(let text)? where !text.isEmpty && text != "0": return text
            case .integer(let number)? where number != 0: return String(number)
            default: continue
            }
        }
        return nil
    }
}
