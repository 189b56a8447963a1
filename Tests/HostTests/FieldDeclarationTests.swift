import Testing
import Wire

@testable import Host

@Suite struct FieldDeclarationTests {
    private func field(_ json: String) throws -> FieldDeclaration {
        let value = try JSONValue(parsing: "{\"f\":\(json)}")
        return try #require(try FieldDeclaration.list(value, owner: "settings").first)
    }

    @Test(
        "text becomes a value of the declared type",
        arguments: [
            ("string", "x", JSONValue.string("x")), ("integer", "12", .integer(12)), ("number", "1.5", .number(1.5)),
            ("boolean", "yes", .bool(true)), ("boolean", "OFF", .bool(false)), ("time", "09:30", .string("09:30")),
            ("list", "a,b", .array(["a", "b"])), ("list", "[1,2]", .array([1, 2])),
            ("secret", "hunter22", .string("hunter22")),
        ])
    func text(type: String, text: String, value: JSONValue) throws {
        #expect(try field("{\"type\":\"\(type)\"}").value(parsing: text) == value)
    }

    @Test(
        "text of another type is refused by a sentence that does not repeat it",
        arguments: [
            ("integer", "1.5"), ("integer", "abc"), ("number", "x"), ("boolean", "maybe"), ("time", "25:00"),
            ("time", "9:30"),
            ("secret", "abc"), ("list", "[1,"), ("table", "7"),
        ])
    func wrongText(type: String, text: String) throws {
        let failure = #expect(throws: FieldFailure.self) { try field("{\"type\":\"\(type)\"}").value(parsing: text) }
        #expect(failure?.message.contains("must be") == true)
    }

    @Test(
        "a declaration that cannot be understood says where and how",
        arguments: [
            ("7", "settings must be a table"), ("{\"f\":7}", "settings.f needs a type"),
            ("{\"f\":{\"type\":\"strnig\"}}", "unknown type 'strnig'"),
            ("{\"f\":{\"type\":\"string\",\"defualt\":1}}", "unknown key 'defualt'"),
            ("{\"f\":{\"type\":\"integer\",\"default\":\"x\"}}", "the default of settings.f must be a whole number"),
        ])
    func wrongDeclaration(json: String, sentence: String) throws {
        let value = try JSONValue(parsing: json)
        let failure = #expect(throws: FieldFailure.self) { try FieldDeclaration.list(value, owner: "settings") }
        #expect(failure?.message.contains(sentence) == true)
    }
}
