import Wire

/// A page of deals as the portal sends it: identifiers, dates, amounts as text, many empty and repeated fields.
enum Pages {
    static func deals(_ count: Int = 50, fields: Int = 60, cyrillic: Bool = false) -> JSONValue {
        var random = Random(state: 42)
        let records = (0..<count).map { index -> JSONValue in
            var deal: JSONObject = JSONObject()
            deal["ID"] = .string("\(10_000 + index)")
            deal["TITLE"] = .string(
                cyrillic
                    ? "Уборка \"квартиры\" №\(index)\n\(random.below(1000))"
                    : "Cleaning of flat no. \(index) for customer \(random.below(1000))")
            deal["STAGE_ID"] = .string(["NEW", "WON", "C1:NEW", "EXECUTING"][random.below(4)])
            deal["CURRENCY_ID"] = "USD"
            deal["OPPORTUNITY"] = .string("\(random.below(100_000)).00")
            deal["DATE_CREATE"] = .string(
                "2026-0\(1 + random.below(9))-1\(random.below(10))T10:\(10 + random.below(50)):00")
            deal["CONTACT_ID"] = .integer(Int64(random.below(50_000)))
            deal["IS_NEW"] = .bool(random.below(2) == 0)
            deal["COMPANY_ID"] = .null
            for field in 9..<fields {
                deal["UF_CRM_\(1_700_000_000 + field * 7919)"] = value(field, cyrillic, &random)
            }
            return .object(deal)
        }
        return ["result": .array(records), "next": 50, "total": 41537]
    }

    private static func value(_ field: Int, _ cyrillic: Bool, _ random: inout Random) -> JSONValue {
        switch field % 5 {
        case 0: ""
        case 1: .string(random.below(2) == 0 ? "Y" : "N")
        case 2: .string(cyrillic ? "Значение \\ \(random.below(10_000)) \"x\"" : "some value \(random.below(10_000))")
        case 3: .integer(Int64(random.below(1_000_000)))
        default: .null
        }
    }

    /// Other alphabets as `\uXXXX`, the way PHP writes them.
    static func escaped(_ json: [UInt8]) -> [UInt8] {
        String(decoding: json, as: UTF8.self).utf16.flatMap { unit -> [UInt8] in
            guard unit >= 0x80 else { return [UInt8(unit)] }
            let digits = String(unit, radix: 16)
            return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
        }
    }

    private struct Random {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }
}
