internal import Storage
internal import Wire

/// `crm.duplicate.findbycomm`: who has this phone or e-mail.
///
/// https://apidocs.bitrix24.com/api-reference/crm/duplicates/crm-duplicate-find-by-comm.html
enum CrmDuplicates {
    /// Values a call may name.
    static let valuesMax = 20
    /// Once one kind of object has this many hits, the kinds after it are not looked at.
    static let hitsMax = 20

    static let methods: [PortalMethod] = [
        .crm("crm.duplicate.findbycomm") { state, call throws(PortalFailure) in try find(state, call) }
    ]

    private static func find(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let kind = (call.text("type") ?? "").uppercased()
        guard kind == "PHONE" || kind == "EMAIL" else {
            throw PortalFailure("Communication type is not defined or invalid.", "")
        }
        let values = JSONObject.names(call.parameter("values")).prefix(valuesMax)
        guard !values.isEmpty else { throw PortalFailure("Communication values is not defined.", "") }
        let wanted = (call.text("entity_type") ?? "").uppercased()
        let types = [CrmType.lead, .contact, .company].filter { wanted.isEmpty || $0.symbol == wanted }
        var found = JSONObject()
        for type in types {
            let ids = try matches(state, kind, Array(values), type)
            if !ids.isEmpty { found[type.symbol] = .array(ids.map { .integer(Int64($0)) }) }
            if ids.count >= hitsMax { break }
        }
        if found.isEmpty, state.settings.duplicateMissIsObject { return MethodReply(json: Array("{}".utf8)) }
        return MethodReply(.object(found))
    }

    /// The records of a type that have one of the values.
    static func matches(
        _ state: PortalState, _ kind: String, _ values: [String], _ type: CrmType
    ) throws(PortalFailure) -> [Int] {
        let byDigits = kind == "EMAIL" || state.settings.phoneSearchIgnoresFormat
        let column = byDigits ? "digits" : "value"
        let sought = values.map { byDigits ? PhoneDigits.digits($0, typeID: kind) : $0 }.filter { !$0.isEmpty }
        guard !sought.isEmpty else { return [] }
        let marks = sought.map { _ in "?" }.joined(separator: ",")
        return try state.integers(
            """
            SELECT DISTINCT entity_id FROM crm_multi WHERE type_id = ? AND entity_type_id = ? \
            AND \(column) IN (\(marks)) ORDER BY entity_id LIMIT \(hitsMax)
            """, [.text(kind), .integer(Int64(type.entityTypeID))] + sought.map { .text($0) })
    }
}
