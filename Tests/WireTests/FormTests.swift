import Testing
import Wire

@Suite struct FormTests {
    @Test(
        arguments: [
            (
                ["fields": ["TITLE": "a b", "PHONE": [["VALUE": "+371 2", "VALUE_TYPE": "WORK"]]]],
                "fields[TITLE]=a%20b&fields[PHONE][0][VALUE]=%2B371%202&fields[PHONE][0][VALUE_TYPE]=WORK"
            ),
            (
                ["filter": [">=DATE": "2026-01-01", "!@ID": [1, 2]], "start": -1],
                "filter[%3E%3DDATE]=2026-01-01&filter[%21%40ID][0]=1&filter[%21%40ID][1]=2&start=-1"
            ),
            (
                ["a": [], "o": [:], "n": nil, "t": true, "f": false, "d": 2.5, "w": 3.0],
                "a[]=&o[]=&n=&t=1&f=0&d=2.5&w=3"
            ),
            (["имя": "Анна"], "%D0%B8%D0%BC%D1%8F=%D0%90%D0%BD%D0%BD%D0%B0"),
            (["ID": "$result[u][0][ID]"], "ID=%24result%5Bu%5D%5B0%5D%5BID%5D"),
            (["a&b": "c=d&e", "x]y": ["[z]": 1]], "a%26b=c%3Dd%26e&x%5Dy[%5Bz%5D]=1"), ([:], ""),
            (["x": [[[]], [["deep"]]]], "x[0][0][]=&x[1][0][0]=deep"), (["~-._": "~-._AZaz09"], "~-._=~-._AZaz09"),
        ] as [(JSONObject, String)])
    func `values are coded with PHP's nesting`(object: JSONObject, expected: String) {
        #expect(String(decoding: Form.encode(object), as: UTF8.self) == expected)
    }

    @Test(
        arguments: [
            ("", [:]), ("&&", [:]), ("a=1", ["a": "1"]), ("a", ["a": ""]), ("a=", ["a": ""]), ("=1", [:]),
            ("a=1=2", ["a": "1=2"]), ("a=1&a=2", ["a": "2"]), ("a+b=c+d%2B", ["a b": "c d+"]),
            ("fields[TITLE]=x&fields[ID]=7", ["fields": ["TITLE": "x", "ID": "7"]]),
            ("a[]=1&a[]=2", ["a": ["1", "2"]]), ("a[0]=x&a[1]=y", ["a": ["x", "y"]]),
            ("a[1]=y&a[0]=x", ["a": ["1": "y", "0": "x"]]), ("a[5]=x&a[]=y", ["a": ["5": "x", "6": "y"]]),
            ("a[07]=x&a[]=y", ["a": ["07": "x", "0": "y"]]), ("a[-5]=x&a[]=y", ["a": ["-5": "x", "0": "y"]]),
            ("a[0][b]=1&a[0][c]=2&a[1][b]=3", ["a": [["b": "1", "c": "2"], ["b": "3"]]]),
            ("a[][b]=1&a[][c]=2", ["a": [["b": "1"], ["c": "2"]]]),
            ("filter[%3E%3DDATE]=2026&filter[%3C]=3", ["filter": [">=DATE": "2026", "<": "3"]]),
            // An equals sign in a name must be coded: PHP cuts at the first one.
            ("filter[>=ID]=3", ["filter_>": "ID]=3"]),
            ("a%5Bb%5D=1", ["a": ["b": "1"]]), ("a[b]c=1", ["a": ["b": "1"]]), ("a[b]c[d]=1", ["a": ["b": "1"]]),
            ("a[b=1", ["a_b": "1"]), ("a[b][c=1", ["a": ["b": "1"]]), ("[a]=1", [:]), ("  a=1", ["a": "1"]),
            ("a[b[c]=1", ["a": ["b[c": "1"]]), ("a]b=1", ["a]b": "1"]), ("a.b c=1", ["a.b c": "1"]),
            ("a=1&a[b]=2", ["a": ["b": "2"]]), ("a[b]=2&a=1", ["a": "1"]),
            ("a[b]=1&a[b][c]=2", ["a": ["b": ["c": "2"]]]),
            ("a=%zz%4&b=%41", ["a": "%zz%4", "b": "A"]), ("a=%", ["a": "%"]), ("a=%FF", ["a": "\u{fffd}"]),
            ("0=5&1[POST_MESSAGE]=hi", ["0": "5", "1": ["POST_MESSAGE": "hi"]]), ("a[]=", ["a": [""]]),
            ("a[9223372036854775807]=x&a[]=y", ["a": ["9223372036854775807": "x", "0": "y"]]),
            ("ORDER[]=&FILTER[]=", ["ORDER": [""], "FILTER": [""]]),
        ] as [(String, JSONObject)])
    func `pairs are read as PHP reads them`(text: String, expected: JSONObject) throws {
        let decoded = try Form.decode(text)
        #expect(decoded == expected)
        #expect(decoded.keys == expected.keys)
    }

    @Test(arguments: UInt64(0)..<200)
    func `what is encoded decodes to the same, values as text`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let object = Self.randomObject(depth: 4, &random)
        #expect(try Form.decode(Form.encode(object)) == object, "seed \(seed)")
    }

    @Test(arguments: [
        ("a=1&b=2&c=3", FormLimits(pairsMax: 2), FormFailure.Kind.pairs, 8),
        ("x=1&a[b][c]=1", FormLimits(depthMax: 1), .depth, 4), ("a=12345", FormLimits(bytesMax: 6), .size, 0),
    ])
    func `each bound is kept and named`(text: String, limits: FormLimits, kind: FormFailure.Kind, offset: Int) {
        let failure = #expect(throws: FormFailure.self) { try Form.decode(text, limits: limits) }
        #expect(failure?.kind == kind)
        #expect(failure?.offset == offset)
        #expect(failure?.description.contains("Max") == true)
    }

    @Test func `the deepest name and the most pairs that are allowed pass`() throws {
        let deep = "a" + String(repeating: "[x]", count: FormLimits.default.depthMax)
        #expect(try Form.decode(deep + "=1").count == 1)
        #expect(throws: FormFailure.self) { try Form.decode(deep + "[x]=1") }
        let many = (0..<FormLimits.default.pairsMax).map { "a[]=\($0)" }.joined(separator: "&")
        #expect(try Form.decode(many)["a"]?.arrayValue?.count == FormLimits.default.pairsMax)
    }

    // Only what a form can say: text, and containers that are not empty; an object's names are no list's.
    private static func randomObject(depth: Int, _ random: inout SeededRandom) -> JSONObject {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let name = JSONValueTests.randomText(&random).filter { !"[]".contains($0) }
            object["n" + name] = randomValue(depth: depth - 1, &random)
        }
        return object
    }

    private static func randomValue(depth: Int, _ random: inout SeededRandom) -> JSONValue {
        switch Int.random(in: 0..<(depth <= 0 ? 1 : 3), using: &random) {
        case 0: .string(JSONValueTests.randomText(&random))
        case 1: .array((0...Int.random(in: 0...4, using: &random)).map { _ in randomValue(depth: depth - 1, &random) })
        default: .object(randomObject(depth: depth, &random))
        }
    }
}

@Suite struct PercentCodingTests {
    @Test func `every byte survives, and only unreserved ones stand for themselves`() {
        let all = String(String.UnicodeScalarView((0..<0x250).compactMap(Unicode.Scalar.init)))
        #expect(PercentCoding.decode(PercentCoding.encode(all)) == all)
        #expect(PercentCoding.encode("a b/c+d%é") == "a%20b%2Fc%2Bd%25%C3%A9")
        #expect(PercentCoding.encode("AZaz09-._~") == "AZaz09-._~")
    }

    @Test(arguments: [
        ("a+b", false, "a+b"), ("a+b", true, "a b"), ("%2b", true, "+"), ("%", false, "%"),
        ("%4", false, "%4"),
        ("%4g", false, "%4g"), ("%e2%82%AC", false, "€"), ("", true, ""),
    ])
    func `broken percent signs stand for themselves`(text: String, plusIsSpace: Bool, expected: String) {
        #expect(PercentCoding.decode(text, plusIsSpace: plusIsSpace) == expected)
    }
}
