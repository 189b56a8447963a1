import Testing
import Wire

@testable import Bridge

@Suite("JSON in Lua")
struct LuaJSONTests {
    /// What a script with the module `json` and a global `text` prints.
    static func output(_ script: String, text: String = "", limits: LuaLimits = LuaLimits()) async throws -> String {
        let log = Script.Log()
        var harness = Script(script)
        harness.limits = limits
        let run = try harness.makeRun(log)
        defer { run.close() }
        try run.installJSON()
        try run.setGlobal("text", .string(text))
        try await run.run(LuaSource(script, name: "recipe.lua"))
        return log.text
    }

    @Test(
        "comes back as it was, keys in byte order",
        arguments: [
            ("[]", "[]"), ("{}", "{}"), ("null", "null"), ("[null]", "[null]"), ("[[],{},[[]]]", "[[],{},[[]]]"),
            (#"{"b":1,"a":{"d":[],"c":"x"}}"#, #"{"a":{"c":"x","d":[]},"b":1}"#),
            (
                "[1,2.5,-0.5,1e300,9007199254740993,-9223372036854775808]",
                "[1,2.5,-0.5,1e+300,9007199254740993,-9223372036854775808]"
            ),
            (#""a\u0000\u001f\"\\\/\n\u0416\ud83d\ude00""#, #""a\u0000\u001f\"\\/\nЖ😀""#),
            ("[true,false]", "[true,false]"), (#"{"":""}"#, #"{"":""}"#), (#"{"a":1,"a":2}"#, #"{"a":2}"#),
            (" [ 1 , { \"a\" : [ ] } ] ", #"[1,{"a":[]}]"#), ("3.0", "3"), ("1e2", "100"),
        ])
    func roundTrip(text: String, expected: String) async throws {
        #expect(try await LuaJSONTests.output("print(json.encode(json.decode(text)))", text: text) == expected + "\n")
    }

    @Test("keeps long pages of records exact, with keys that repeat, move, are missing and are new")
    func pages() async throws {
        var generator = RecordGenerator(seed: 5)
        for _ in 0..<40 {
            let page = JSONValue.array((0..<30).map { _ in .object(generator.record(depth: 3)) })
            let expected = generator.sorted(page)
            let bytes = try await LuaJSONTests.output("print(json.encode(json.decode(text)))", text: page.text)
            #expect(bytes == expected.text + "\n")
        }
    }

    @Test(
        "is refused with the offset",
        arguments: [
            ("", 0), ("[1,]", 3), ("{\"a\":}", 5), ("nul", 3), ("[1 2]", 3), ("\"\\x\"", 1), ("01", 0), ("[1", 2),
            ("{\"a\":1e999}", 5), ("[\"\\ud800\"]", 2),
        ])
    func refuses(text: String, offset: Int) async throws {
        let script = "local ok, e = pcall(json.decode, text) print(ok, e.code, e.offset)"
        #expect(try await LuaJSONTests.output(script, text: text) == "false\tJSON\t\(offset)\n")
    }

    @Test("of any bytes at all neither crashes nor leaves anything on the stack")
    func mutations() async throws {
        let script = """
            local seed = 11
            local function random(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff return (seed >> 8) % n + 1 end
            local good = 0
            for i = 1, 30000 do
              local at = random(#text)
              local cut = random(6) == 1 and text:sub(1, at) or text:sub(1, at - 1) .. string.char(random(256) - 1)
                .. text:sub(at + random(3) - 1)
              local ok, value = pcall(json.decode, cut)
              if ok then good = good + 1 json.encode(value) else assert(value.code == 'JSON', tostring(value)) end
            end
            print(good > 100)
            """
        let text =
            #"{"result":[{"ID":"1","T":"Ж\u0416\ud83d\ude00\n","N":[1,-2.5e3,null,true],"E":{},"#
            + #""A":[]},{"ID":"2","T":"x","N":[],"E":{"a":{"b":[[1]]}}}],"total":2}"#
        #expect(try await LuaJSONTests.output(script, text: text) == "true\n")
    }

    @Test("nested ten thousand deep is one clear error, in and out")
    func deep() async throws {
        let script = """
            print(select(2, pcall(json.decode, ('['):rep(10000) .. (']'):rep(10000))))
            local t = {} for i = 1, 10000 do t = {t} end
            print(pcall(json.encode, t))
            """
        let log = Script.Log()
        let run = try Script("").makeRun(log)
        defer { run.close() }
        try run.installJSON()
        let failure = await #expect(throws: LuaFailure.self) {
            try await run.run(LuaSource(script, name: "recipe.lua"))
        }
        #expect(log.text.contains("depthMax, 128"))
        #expect(failure?.kind == .limit(.depth))
    }

    @Test("of 20 MB is read within the memory limit that holds it, and refused by one that does not")
    func large() async throws {
        let item = #"{"ID":"12345","TITLE":"something of some length that is not short"},"#
        let text = "[" + String(repeating: item, count: 20_000_000 / item.utf8.count) + "1]"
        let limits = LuaLimits(memoryBytesMax: 512 << 20, valueBytesMax: 32 << 20)
        #expect(try await LuaJSONTests.output("print(#json.decode(text) > 1)", text: text, limits: limits) == "true\n")
        let failure = await #expect(throws: LuaFailure.self) {
            _ = try await LuaJSONTests.output(
                "json.decode(text)", text: text, limits: LuaLimits(memoryBytesMax: 40 << 20, valueBytesMax: 1 << 20))
        }
        #expect(failure?.kind == .limit(.memory))
    }

    @Test("that makes tables look large costs no more memory than its text has earned")
    func memoryBomb() async throws {
        // One record of 2000 keys, then thousands of nearly empty ones.
        let large = (0..<2000).map { "\"k\($0)\":1" }.joined(separator: ",")
        let text = "[{" + large + "}" + String(repeating: ",{\"a\":1}", count: 2000) + "]"
        let script = "local t = json.decode(text) print(#t)"
        let limits = LuaLimits(memoryBytesMax: 1 << 20)
        #expect(try await LuaJSONTests.output(script, text: text, limits: limits) == "2001\n")
    }

    @Test(
        "names the place of what has no JSON form",
        arguments: [
            (
                "{fields = {PHONE = {{VALUE = 'x'}, {VALUE = print}}}}",
                "fields.PHONE[2].VALUE: a function has no JSON form"
            ),
            ("{a = {1, nil, 3}}", "a: key 2 of 2 is missing"),
            ("{a = {[5] = 1}}", "a: key 1 of 1 is missing"),
            ("{1, 2, x = 3}", "the value: the table has both numbers and names as keys"),
            ("{[true] = 1}", "the value: a boolean as key has no JSON form"),
            ("{a = 0/0}", "a: "), ("{1/0}", "[1]: inf has no JSON form"),
            ("{t = {'ok', 'a\\xffb'}}", "t[2]: the text is not valid UTF-8 at byte 1"),
            ("{['\\xc3'] = 1}", "the text is not valid UTF-8 at byte 0"),
            ("(function() local t = {} t.a = {t} return t end)()", "a[1]: the table contains itself"),
            ("coroutine.create(print)", "the value: a thread has no JSON form"),
        ])
    func places(value: String, message: String) async throws {
        let output = try await LuaJSONTests.output("print(pcall(json.encode, \(value)))")
        #expect(output.hasPrefix("false\t"))
        #expect(output.contains(message), "\(output)")
    }

    @Test("follows no metamethod, knows null and marked lists, and reads lists in any inner order")
    func forms() async throws {
        let script = """
            print(json.encode(setmetatable({}, {__index = function() error('called') end, __pairs = error})))
            print(json.encode {json.null, json.array {}, {}, 'a\\0b', 3.0, 1 << 62, -0.0})
            local t = {} t[3] = 'c' t[2] = 'b' t[1] = 'a' print(json.encode(t))
            local list = json.array {1} list[1] = nil print(json.encode(list), json.encode(nil))
            print(pcall(json.array, setmetatable({}, {})))
            print(json.decode('null') == json.null, #json.decode('[]'), json.encode {['10'] = 1, ['9'] = 2})
            """
        let output = try await LuaJSONTests.output(script)
        let lines = output.split(separator: "\n").map(String.init)
        #expect(lines[0] == "{}")
        #expect(lines[1] == #"[null,[],{},"a\u0000b",3,4611686018427387904,-0.0]"#)
        #expect(lines[2] == #"["a","b","c"]"#)
        #expect(lines[3] == "[]\tnull")
        #expect(lines[4].contains("the table has a metatable already"))
        #expect(lines[5] == "true\t0\t{\"10\":1,\"9\":2}")
    }
}

/// Random records with one seed.
private struct RecordGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func random(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % count
    }

    mutating func record(depth: Int) -> JSONObject {
        var object = JSONObject()
        for key in 0..<12 where random(8) > 0 {
            let name = random(20) == 0 ? "odd\"\(random(50))" : "FIELD_\(key)"
            object[name] = value(depth: depth)
        }
        return object
    }

    private mutating func value(depth: Int) -> JSONValue {
        switch random(depth > 0 ? 10 : 7) {
        case 0: .null
        case 1: .bool(random(2) == 0)
        case 2: .integer(Int64(random(1_000_000)) - 500_000)
        case 3: .number(Double(random(1000)) + 0.25)
        case 4: .string(["", "N", "Y", "USD", "C1:NEW", "12345678"][random(6)])
        case 5: .string("значение \(random(5))")
        case 6: .string(String(repeating: "x\n", count: random(40)))
        case 7: .array((0..<random(4)).map { _ in value(depth: depth - 1) })
        default: .object(record(depth: depth - 1))
        }
    }

    /// The same with keys in byte order.
    func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(sorted))
        case .object(let object):
            var ordered = JSONObject()
            for (key, member) in object.sorted(by: { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) })
            {
                ordered[key] = sorted(member)
            }
            return .object(ordered)
        default: return value
        }
    }
}
