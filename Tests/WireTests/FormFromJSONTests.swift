import Testing

@testable import Wire

@Suite("A form from the text of an object")
struct FormFromJSONTests {
    @Test(
        "is the form of the object",
        arguments: [
            #"{}"#, #"{"a":[],"o":{},"n":null,"t":true,"f":false,"d":2.5,"w":3.0,"i":-9223372036854775808}"#,
            #"{"fields":{"TITLE":"a b","PHONE":[{"VALUE":"+371 2","VALUE_TYPE":"WORK"},[[1],{"x":[]}]]}}"#,
            #"{"filter":{">=DATE":"2026-01-01","!@ID":[1,2]},"start":-1}"#,
            #"{"\u0416\"k":"\ud83d\ude00\n","UF_CRM_1700000000":"some_value_of_12345678_and-more.~@[`{/:"}"#,
        ])
    func sameAsTree(text: String) throws {
        guard case .object(let object) = try JSONValue(parsing: text) else { throw JSONFailure.notAnObject }
        let form = try Array(text.utf8).withUnsafeBufferPointer { bytes in try Form.encode(json: bytes) }
        #expect(String(decoding: form, as: UTF8.self) == String(decoding: Form.encode(object), as: UTF8.self))
    }

    @Test("is refused when the text is another value or no JSON", arguments: ["[]", "1", "{\"a\":", "{} x", ""])
    func refuses(text: String) {
        #expect(throws: JSONFailure.self) {
            try Array(text.utf8).withUnsafeBufferPointer { bytes in try Form.encode(json: bytes) }
        }
    }

    @Test("codes every byte as one by one, in runs of any length", arguments: [0, 1, 7, 8, 9, 16])
    func codesRuns(lead: Int) {
        for byte in UInt8.min..<0x80 {
            let scalar = String(UnicodeScalar(byte))
            let text = String(repeating: "a", count: lead) + scalar + "Z_9bcdefgh"
            let isPlain = byte < 0x80 && (scalar.first?.isLetter == true || scalar.first?.isNumber == true)
            let coded = isPlain || "-._~".contains(scalar) ? scalar : "%" + hex(byte)
            #expect(PercentCoding.encode(text) == String(repeating: "a", count: lead) + coded + "Z_9bcdefgh")
        }
    }

    private func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}

extension JSONFailure {
    fileprivate static var notAnObject: JSONFailure { JSONFailure(kind: .syntax, message: "not an object", offset: 0) }
}
