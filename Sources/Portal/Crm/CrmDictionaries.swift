internal import Storage
internal import Wire

/// Small read-only methods.
enum CrmDictionaries {
    static let methods: [PortalMethod] = [
        .crm("crm.enum.ownertype") { state, _ throws(PortalFailure) in
            let smart = try state.texts(
                "SELECT CAST(entity_type_id AS TEXT), title FROM crm_type ORDER BY entity_type_id")
            let known = CrmType.builtIn.map { ownerType($0.entityTypeID, $0.title, $0.symbol, $0.abbreviation) }
            let made = smart.compactMap { row -> JSONValue? in
                guard let id = Int(row[0]) else { return nil }
                return ownerType(id, row[1], "DYNAMIC_\(id)", "T" + String(id, radix: 16))
            }
            return MethodReply(.array(known + made))
        },
        .crm("crm.currency.list") { state, _ throws(PortalFailure) in
            let row: JSONValue = [
                "CURRENCY": .string(state.settings.baseCurrency), "AMOUNT_CNT": "1", "AMOUNT": "1.0000",
                "SORT": "100", "BASE": "Y", "FULL_NAME": .string(state.settings.baseCurrency), "LID": "en",
                "FORMAT_STRING": "#", "DEC_POINT": ".", "THOUSANDS_SEP": .null, "DECIMALS": "2",
                "DATE_UPDATE": .string(state.now),
            ]
            return MethodReply([row], total: 1)
        },
    ]

    private static func ownerType(
        _ id: Int, _ name: String, _ symbol: String, _ short: String
    ) -> JSONValue {
        [
            "ID": .integer(Int64(id)), "NAME": .string(name), "SYMBOL_CODE": .string(symbol),
            "SYMBOL_CODE_SHORT": .string(short),
        ]
    }
}
