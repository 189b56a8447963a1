internal import Storage
internal import Wire

/// Phones, e-mails and other values that a record has several of.
///
/// https://apidocs.bitrix24.com/api-reference/crm/data-types.html
struct CrmMultifields {
    let state: PortalState
    let entityTypeID: Int
    let entityID: Int

    /// One change that a caller asks for.
    struct Change {
        var id: Int?
        var typeID: String
        var valueType: String?
        var value: String?
        var isDelete = false
    }

    /// `PHONE: [{ID?, VALUE, VALUE_TYPE, DELETE?}]` of the classic methods.
    static func classicChanges(_ typeID: String, _ value: JSONValue) -> [Change] {
        value.phpList.compactMap { item in
            guard let fields = item.phpObject, item.phpText == nil else { return nil }
            let id = fields["ID"]?.lenientInteger.flatMap { $0 > 0 ? $0 : nil }
            let text = fields["VALUE"]?.phpText
            let isDelete = fields["DELETE"]?.isTruthy ?? false || (id != nil && (text ?? "").isEmpty)
            return Change(
                id: id, typeID: typeID, valueType: fields["VALUE_TYPE"]?.phpText, value: text, isDelete: isDelete)
        }
    }

    /// `fm` of the universal methods: a list adds, an object edits by its numeric keys. Elements without
    /// `typeId` are skipped in silence, as Bitrix24 does.
    static func universalChanges(_ value: JSONValue) -> [Change] {
        var isList = false
        if case .array = value { isList = true }
        return (value.phpObject ?? JSONObject()).compactMap { key, item in
            guard let typeID = item["typeId"]?.phpText, !typeID.isEmpty else { return nil }
            let id = isList ? nil : Int(key)
            let text = item["value"]?.phpText
            return Change(
                id: id, typeID: typeID, valueType: item["valueType"]?.phpText, value: text,
                isDelete: id != nil && (text ?? "").isEmpty)
        }
    }

    /// Applies the changes; true when something is different afterwards.
    func apply(_ changes: [Change]) throws(PortalFailure) -> Bool {
        var isChanged = false
        for change in changes {
            if try apply(change) { isChanged = true }
        }
        return isChanged
    }

    private func apply(_ change: Change) throws(PortalFailure) -> Bool {
        if let id = change.id, let known = try find(id) {
            if change.isDelete {
                try state.execute("DELETE FROM crm_multi WHERE id = ?", [.integer(Int64(id))])
                return true
            }
            let value = change.value ?? known.value
            let valueType = change.valueType ?? known.valueType
            guard value != known.value || valueType != known.valueType else { return false }
            try state.execute(
                "UPDATE crm_multi SET value = ?, value_type = ?, digits = ? WHERE id = ?",
                [
                    .text(value), .text(valueType), .text(PhoneDigits.digits(value, typeID: change.typeID)),
                    .integer(Int64(id)),
                ])
            return true
        }
        guard !change.isDelete, let value = change.value, !value.isEmpty else { return false }
        try state.execute(
            """
            INSERT INTO crm_multi (entity_type_id, entity_id, type_id, value_type, value, digits) \
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(Int64(entityTypeID)), .integer(Int64(entityID)), .text(change.typeID),
                .text(change.valueType ?? "WORK"), .text(value),
                .text(PhoneDigits.digits(value, typeID: change.typeID)),
            ])
        return true
    }

    private func find(_ id: Int) throws(PortalFailure) -> (value: String, valueType: String)? {
        try state.texts(
            "SELECT value, value_type FROM crm_multi WHERE id = ? AND entity_type_id = ? AND entity_id = ?",
            [.integer(Int64(id)), .integer(Int64(entityTypeID)), .integer(Int64(entityID))]
        ).first.map { ($0[0], $0[1]) }
    }

    /// The record's `multi` column: only kinds that have a value.
    func stored() throws(PortalFailure) -> JSONObject {
        let rows = try state.texts(
            """
            SELECT CAST(id AS TEXT), value_type, value, type_id FROM crm_multi \
            WHERE entity_type_id = ? AND entity_id = ? ORDER BY id
            """, [.integer(Int64(entityTypeID)), .integer(Int64(entityID))])
        var lists: [String: [JSONValue]] = [:]
        for row in rows {
            lists[row[3], default: []].append([
                "ID": .string(row[0]), "VALUE_TYPE": .string(row[1]), "VALUE": .string(row[2]),
                "TYPE_ID": .string(row[3]),
            ])
        }
        var object = JSONObject()
        for typeID in lists.keys.sorted(by: CrmMultifields.precedes) {
            object[typeID] = .array(lists[typeID] ?? [])
        }
        return object
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        let order = ["PHONE", "EMAIL", "WEB", "IM", "LINK"]
        let places = (order.firstIndex(of: left) ?? order.count, order.firstIndex(of: right) ?? order.count)
        return places.0 == places.1 ? left < right : places.0 < places.1
    }
}

/// What two spellings of one telephone number have in common.
enum PhoneDigits {
    /// Digits of a phone without its extension; for other kinds the value in lower case.
    static func digits(_ value: String, typeID: String) -> String {
        guard typeID == "PHONE" else { return value.lowercased() }
        // An extension follows `;`, `,`, `#` or a letter: "+1 555 0100 ext. 12".
        let number = value.prefix { !";,#".contains($0) && !$0.isLetter }
        let digits = String(number.filter { ("0"..."9").contains($0) })
        // The Russian trunk prefix: 8 912 … and +7 912 … are one number.
        if digits.utf8.count == 11, digits.hasPrefix("8") { return "7" + digits.dropFirst() }
        return digits
    }
}
