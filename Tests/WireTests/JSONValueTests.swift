import Testing
import Wire

@Suite struct JSONValueTests {
    @Test(arguments: [
        (#"{"b":1,"a":[1.5,null,true,false,"x"],"c":{}}"#, #"{"b":1,"a":[1.5,null,true,false,"x"],"c":{}}"#),
        (" [ ] ", "[]"), (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#), (#""a\/b""#, #""a/b""#),
        (#""\u0001\u001f\u007f""#, "\"\\u0001\\u001f\u{7f}\""), (#""\b\f\n\r\t\"\\""#, #""\b\f\n\r\t\"\\""#),
        (#""Привет, \u00ab😀\u00bb""#, #""Привет, «😀»""#), ("1e2", "100"), ("1.0", "1"), ("-0", "-0.0"), ("1e400x", ""),
        ("1e300", "1e+300"), ("0.30000000000000004", "0.30000000000000004"), ("9007199254740993", "9007199254740993"),
        ("9007199254740992.0", "9007199254740992"), ("1e17", "1e+17"), ("-12.5", "-12.5"), ("5e-324", "5e-324"),
        ("-9223372036854775808", "-9223372036854775808"),
    ])
    func `a text is parsed and written compactly`(text: String, expected: String) {
        #expect((try? JSONValue(parsing: text).text) ?? "" == expected)
    }

    @Test(arguments: UInt64(0)..<200)
    func `what is written reads back the same`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let value = Self.randomValue(depth: 5, &random)
        let bytes = value.encoded()
        #expect(try JSONValue(parsing: bytes) == value, "seed \(seed)")
        #expect(try JSONValue(parsing: bytes).encoded() == bytes, "seed \(seed)")
    }

    @Test(arguments: UInt64(0)..<20)
    func `any finite double survives writing and reading`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<500 {
            let double = Double(bitPattern: random.next())
            guard double.isFinite else { continue }
            let back = try JSONValue(parsing: JSONValue.number(double).text).doubleValue
            #expect(back?.bitPattern == double.bitPattern)
        }
    }

    @Test(arguments: UInt64(0)..<20)
    func `a decimal is read as the nearest double`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<500 {
            let digits = String(UInt64.random(in: 0...UInt64.max, using: &random))
            let point = Int.random(in: 1...digits.count, using: &random)
            let fraction = digits.dropFirst(point)
            let text =
                String(Int(digits.prefix(point)) ?? 7) + (fraction.isEmpty ? "" : "." + fraction)
                + (Bool.random(using: &random) ? "e\(Int.random(in: -330...280, using: &random))" : "")
            guard let expected = Double(text), expected.isFinite else { continue }
            #expect(try JSONValue(parsing: text).doubleValue == expected, "\(text)")
        }
    }

    @Test func `numbers that are not finite are refused by the writer and null in a tree`() {
        var writer = JSONWriter()
        for double in [Double.nan, .infinity, -.infinity] {
            let isWritten = writer.number(double)
            #expect(!isWritten)
        }
        #expect(writer.bytes.isEmpty)
        #expect(JSONValue.array([.number(.nan)]).text == "[null]")
    }

    @Test func `the writer puts commas where they belong`() {
        var writer = JSONWriter(appendingTo: Array("x=".utf8))
        writer.beginObject()
        writer.key("a")
        writer.beginArray()
        writer.integer(1)
        writer.bool(true)
        writer.beginObject()
        writer.endObject()
        writer.null()
        writer.endArray()
        writer.key("b")
        writer.raw(Array("[9]".utf8))
        writer.key("c")
        writer.string("d")
        writer.endObject()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"x={"a":[1,true,{},null],"b":[9],"c":"d"}"#)
    }

    @Test func `escapes are found at every place of a word`() throws {
        for length in 0..<40 {
            for place in 0..<max(length, 1) {
                for special in ["\"", "\\", "\n", "\u{1}", "é", "\u{7f}", "😀"] {
                    var characters = Array(repeating: "a", count: length)
                    if length > 0 { characters[place] = special }
                    let value = JSONValue.string(characters.joined())
                    #expect(try JSONValue(parsing: value.encoded()) == value)
                }
            }
        }
    }

    @Test func `literals make values and accessors take them apart`() {
        let value: JSONValue = ["n": nil, "b": true, "i": 7, "d": 2.5, "s": "x\(1)", "a": [1, "two"], "o": ["k": 3.0]]
        #expect(value["n"]?.isNull == true)
        #expect(value["b"]?.boolValue == true)
        #expect(value["i"]?.integerValue == 7)
        #expect(value["i"]?.doubleValue == 7)
        #expect(value["d"]?.doubleValue == 2.5)
        #expect(value["d"]?.integerValue == nil)
        #expect(value["s"]?.stringValue == "x1")
        #expect(value["a"]?[1]?.stringValue == "two")
        #expect(value["a"]?[2] == nil)
        #expect(value["a"]?[-1] == nil)
        #expect(value["o"]?["k"]?.integerValue == 3)
        #expect(value["missing"] == nil)
        #expect(value["s"]?["k"] == nil)
    }

    private static func randomValue(depth: Int, _ random: inout SeededRandom) -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 5 : 7), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64(bitPattern: random.next()) >> Int64.random(in: 0...63, using: &random))
        case 3: return .number(Double.random(in: -1e6...1e6, using: &random) + 1e-7)
        case 4: return .string(randomText(&random))
        case 5:
            let count = Int.random(in: 0...5, using: &random)
            return .array((0..<count).map { _ in randomValue(depth: depth - 1, &random) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                object[randomText(&random)] = randomValue(depth: depth - 2 < 0 ? 0 : depth - 2, &random)
            }
            return .object(object)
        }
    }

    static func randomText(_ random: inout SeededRandom) -> String {
        let alphabet = Array("abcXYZ019 _-.~+%&=[]\"\\/\u{0}\u{1f}\n\tйЖ€😀\u{301}")
        let count = Int.random(in: 0...20, using: &random)
        return String((0..<count).map { _ in alphabet.randomElement(using: &random) ?? "a" })
    }
}

@Suite struct JSONObjectTests {
    @Test(arguments: [5, 12, 13, 14, 300])
    func `members keep their order through setting and removing, small and large`(size: Int) {
        var object = JSONObject()
        for number in 0..<size { object["k\(number)"] = .integer(Int64(number)) }
        object["k2"] = "again"
        #expect(object.keys == (0..<size).map { "k\($0)" })
        #expect(object["k2"] == "again")
        let removed = object.remove("k1")
        #expect(removed == 1)
        let removedAgain = object.remove("k1")
        #expect(removedAgain == nil)
        object["k3"] = Optional<JSONValue>.none
        object["k1"] = "back"
        #expect(object.count == size - 1)
        #expect(object.keys == ["k0", "k2"] + (4..<size).map { "k\($0)" } + ["k1"])
        for number in 4..<size { #expect(object["k\(number)"] == .integer(Int64(number))) }
        #expect(object["k1"] == "back")
        #expect(object["k3"] == nil)
    }

    @Test func `order does not matter to equality, values and names do`() {
        let object: JSONObject = ["a": 1, "b": 2]
        #expect(object == ["b": 2, "a": 1])
        #expect(object != ["a": 1])
        #expect(object != ["a": 1, "b": 3])
        #expect(object != ["a": 1, "c": 2])
    }
}
