import Testing

@testable import Wire

@Suite struct JSONScannerTests {
    private static func tokens(_ text: String, limits: JSONLimits = .default) throws -> [String] {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBufferPointer { buffer in
            var scanner = try JSONScanner(buffer, limits: limits)
            var found: [String] = []
            while true {
                switch try scanner.next() {
                case .beginObject: found.append("{")
                case .endObject: found.append("}")
                case .beginArray: found.append("[")
                case .endArray: found.append("]")
                case .key(let slice): found.append("\(slice.string):")
                case .string(let slice): found.append("'\(slice.string)'")
                case .integer(let value): found.append("\(value)")
                case .number(let value): found.append("~\(value)")
                case .true: found.append("true")
                case .false: found.append("false")
                case .null: found.append("null")
                case .end: return found
                }
            }
        }
    }

    @Test func `tokens come in the order of the text`() throws {
        let text = #" {"a" : [1, -2.5, "x", {}, []], "b":{"c":true,"d":false,"e":null}} "#
        #expect(
            try Self.tokens(text) == [
                "{", "a:", "[", "1", "~-2.5", "'x'", "{", "}", "[", "]", "]", "b:", "{", "c:", "true", "d:", "false",
                "e:", "null", "}", "}",
            ])
    }

    @Test func `the end is the end however often it is asked for`() throws {
        let bytes = Array("1 ".utf8)
        try bytes.withUnsafeBufferPointer { buffer in
            var scanner = try JSONScanner(buffer)
            _ = try scanner.next()
            for _ in 0..<3 {
                guard case .end = try scanner.next() else {
                    Issue.record("not the end")
                    return
                }
            }
        }
    }

    @Test(arguments: [
        ("[]", ["[", "]"]), ("{}", ["{", "}"]), (" \t\r\n1\n", ["1"]), (#""""#, ["''"]),
        (#""a\"\\\/\b\f\n\r\tz""#, ["'a\"\\/\u{8}\u{c}\n\r\tz'"]),
        (#""\u0041\u00e9\u20AC\ud83d\ude00\u0000""#, ["'A\u{e9}\u{20ac}\u{1f600}\0'"]),
        (#""Уборка квартиры 😀 in \"Riga\" – и ещё""#, ["'Уборка квартиры 😀 in \"Riga\" – и ещё'"]),
        ("\"12345678\u{7f}90\"", ["'12345678\u{7f}90'"]),
        ("0", ["0"]), ("-0", ["~-0.0"]), ("-0.0", ["~-0.0"]), ("-1", ["-1"]), ("0.1", ["~0.1"]),
        ("9223372036854775807", ["9223372036854775807"]), ("-9223372036854775808", ["-9223372036854775808"]),
        ("9223372036854775808", ["~9.223372036854776e+18"]), ("-9223372036854775809", ["~-9.223372036854776e+18"]),
        ("123456789012345678901234567890", ["~1.2345678901234568e+29"]), ("999999999999999999", ["999999999999999999"]),
        ("1E2", ["~100.0"]), ("1e+2", ["~100.0"]), ("1.5e-3", ["~0.0015"]), ("1e-400", ["~0.0"]),
        ("0e999999999999999999999", ["~0.0"]), ("1778747192.910734", ["~1778747192.910734"]),
        ("2.2250738585072011e-308", ["~2.225073858507201e-308"]), ("1e23", ["~1e+23"]),
        ("1.7976931348623157e308", ["~1.7976931348623157e+308"]), ("5e-324", ["~5e-324"]),
    ])
    func `valid texts are read as they are meant`(text: String, expected: [String]) throws {
        #expect(try Self.tokens(text) == expected)
    }

    @Test(arguments: [
        ("", JSONFailure.Kind.truncated, 0), (" ", .truncated, 1), ("[", .truncated, 1), ("{", .truncated, 1),
        ("[1", .truncated, 2), ("[1,", .truncated, 3), (#"{"a""#, .truncated, 4), (#"{"a":"#, .truncated, 5),
        (#"{"a":1"#, .truncated, 6), (#"{"a":1,"#, .truncated, 7), (#""abc"#, .truncated, 4),
        (#""abc\"#, .truncated, 5), (#""\u12"#, .truncated, 5), (#""\ud83d"#, .truncated, 7), ("tru", .truncated, 3),
        ("-", .truncated, 1), ("1.", .truncated, 2), ("1e", .truncated, 2), ("1e+", .truncated, 3),
        ("1 2", .syntax, 2), ("[1]]", .syntax, 3), ("{}x", .syntax, 2), ("[1,]", .syntax, 3), ("[,1]", .syntax, 1),
        ("[1 2]", .syntax, 3), (#"{"a" 1}"#, .syntax, 5), (#"{"a":1,}"#, .syntax, 7), (#"{a:1}"#, .syntax, 1),
        (#"{1:2}"#, .syntax, 1), (#"{"a":}"#, .syntax, 5), ("[}", .syntax, 1), ("{]", .syntax, 1),
        ("[1}", .syntax, 2), (#"{"a":1]"#, .syntax, 6), ("01", .syntax, 0), ("-01", .syntax, 1), ("+1", .syntax, 0),
        (".5", .syntax, 0), ("1.x", .syntax, 2), ("1.e1", .syntax, 2), ("-x", .syntax, 1), ("0x1", .syntax, 1),
        ("1e+x", .syntax, 3), ("NaN", .syntax, 0), ("Infinity", .syntax, 0), ("-Infinity", .syntax, 1),
        ("True", .syntax, 0), ("nulx", .syntax, 0), ("trux", .syntax, 0), ("nux", .syntax, 0), ("nullx", .syntax, 4),
        ("'a'", .syntax, 0), ("\"a\nb\"", .syntax, 2), ("\"\u{1}\"", .syntax, 1), ("\"\u{0}\"", .syntax, 1),
        ("\"1234567\tx\"", .syntax, 8), (#""\x""#, .syntax, 1), (#""\u00g0""#, .syntax, 1), (#""\U0041""#, .syntax, 1),
        (#""\ud83d""#, .encoding, 1), (#""\ud83d\"#, .truncated, 8), (#""\ud83dxxxxxxx""#, .encoding, 1),
        (#""\ude00\ud83d""#, .encoding, 1),
        (#""\ud83d\u0041""#, .encoding, 1), ("\u{feff}[]", .syntax, 0), ("/* */1", .syntax, 0), ("\u{a0}1", .syntax, 0),
        ("\u{c}1", .syntax, 0), ("1e999", .range, 0), ("[-1e999]", .range, 1),
        ("1" + String(repeating: "0", count: 400), .range, 0), ("<html>", .syntax, 0),
    ])
    func `invalid texts are refused at the right byte`(text: String, kind: JSONFailure.Kind, offset: Int) {
        let failure = #expect(throws: JSONFailure.self) { try Self.tokens(text) }
        #expect(failure?.kind == kind)
        #expect(failure?.offset == offset)
    }

    @Test(
        arguments: [
            [0x80], [0xFF], [0xC0, 0xAF], [0xC1, 0x81], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE2, 0x82],
            [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func `bytes that are no UTF-8 are refused wherever they stand`(wrong: [UInt8]) {
        for before in 0..<17 {
            let text = Array("\"".utf8) + Array(repeating: 0x61, count: before) + wrong + Array("aaaaaaaaa\"".utf8)
            let failure = #expect(throws: JSONFailure.self) { try JSONValue(parsing: text) }
            #expect(failure?.kind == .encoding)
            #expect(failure?.offset == before + 1)
        }
    }

    @Test func `nesting is bounded by the limit and by the ceiling`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try Self.tokens(nested(128)).count == 256)
        #expect(try Self.tokens(nested(3), limits: JSONLimits(depthMax: 3)).count == 6)
        for (depth, limits) in [
            (129, JSONLimits()), (4, JSONLimits(depthMax: 3)), (10_000, JSONLimits(depthMax: 99_999)),
        ] {
            let failure = #expect(throws: JSONFailure.self) { try Self.tokens(nested(depth), limits: limits) }
            #expect(failure?.kind == .depth)
        }
    }

    @Test func `a text longer than the limit is refused before it is read`() {
        let failure = #expect(throws: JSONFailure.self) { try Self.tokens("[1,2]", limits: JSONLimits(bytesMax: 4)) }
        #expect(failure?.kind == .size)
        #expect(failure?.description.contains("bytesMax") == true)
    }

    @Test func `an envelope gives the byte range of its result without looking into it`() throws {
        let text = #"{ "result" : {"a":[1,{"b":"}"}]} ,"total": 12 , "x":null}"#
        let bytes = Array(text.utf8)
        try bytes.withUnsafeBufferPointer { buffer in
            var scanner = try JSONScanner(buffer)
            _ = try scanner.next()
            var ranges: [String: String] = [:]
            while case .key(let name) = try scanner.next() {
                let key = name.string
                ranges[key] = String(decoding: buffer[try scanner.skipValue()], as: UTF8.self)
            }
            #expect(ranges == ["result": #"{"a":[1,{"b":"}"}]}"#, "total": "12", "x": "null"])
            guard case .end = try scanner.next() else {
                Issue.record("not the end")
                return
            }
        }
    }

    @Test func `the elements of an array can be skipped one by one`() throws {
        let bytes = Array(#"[ 1, "two" ,{"three":[3]}, [ ] ]"#.utf8)
        try bytes.withUnsafeBufferPointer { buffer in
            var scanner = try JSONScanner(buffer)
            _ = try scanner.next()
            var elements: [String] = []
            while let range = try scanner.skipElement() {
                elements.append(String(decoding: buffer[range], as: UTF8.self))
            }
            #expect(elements == ["1", #""two""#, #"{"three":[3]}"#, "[ ]"])
        }
    }

    @Test func `every truncation of a valid text fails and says so`() throws {
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00 é",true,null],"b":{}}"#.utf8)
        _ = try JSONValue(parsing: text)
        for length in 0..<text.count {
            let failure = #expect(throws: JSONFailure.self) { try JSONValue(parsing: Array(text[..<length])) }
            #expect(failure?.kind == .truncated || failure?.kind == .encoding, "cut at \(length)")
        }
    }

    @Test func `no single changed byte makes the scanner read past the end or loop`() throws {
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00 é",true,null],"b":{}}"#.utf8)
        for place in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[place] = byte
                _ = try? JSONValue(parsing: changed)
            }
        }
    }
}
