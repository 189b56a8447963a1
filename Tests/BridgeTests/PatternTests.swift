import Testing
import Wire

@testable import Bridge

@Suite("The string and table libraries")
struct PatternTests {
    /// Runs both libraries over `cases` random calls and raises at the first difference in results or message.
    private static let comparison = #"""
        local cases, seed = CASES, SEED
        local function random(n) -- 1 … n
          seed = (seed * 1103515245 + 12345) & 0x7fffffff
          return (seed >> 8) % n + 1
        end
        local function pick(list) return list[random(#list)] end
        local function text(list, most)
          local parts = {}
          for i = 1, random(most + 1) - 1 do parts[i] = pick(list) end
          return table.concat(parts)
        end
        local atoms = {"a", "b", ".", "%a", "%d", "%s", "%w", "%W", "%%", "[ab]", "[^a]", "[a-c]", "[%w_]", "[^%d-]",
          "(", "(", ")", ")", "()", "%1", "%2", "%0", "%b()", "%bab", "%f[a]", "%f[^%w]", "%f", "^", "$", "*", "+", "-",
          "?", "*", "+", "?", "-", "[", "]", "%", "\0", "%b", "[]]", "[^]]", "[a-", "[%", "x", "\xff", "%z", "[+-]"}
        local letters = {"a", "b", "c", "ab", "(", ")", "1", "2", " ", "x", "_", "-", "\0", "\xff", "]", "[", "%", "\n"}
        local news = {"x", "%0", "%1", "%2", "%%", "%", "%9", "$", "", "a"}
        local conversions = {"d", "i", "u", "c", "x", "X", "o", "e", "E", "f", "F", "g", "G", "a", "A",
            "s", "q", "%", "z"}
        local flags = {"", "", "-", "0", "+", " ", "#", "5", ".3", "12.4", "-10", "010", "100", ".100", "-+#0 ", "."}
        local values = {0, 1, -1, 3.5, -2.25, 1e308, 5e-324, 1/0, -1/0, math.maxinteger, math.mininteger, "12", "abc",
          true, false, "a\0b", ("x"):rep(120), "q\"\\\n\r\0001\200", 65, 255, 2^53}

        local function outcome(f, ...)
          local r = table.pack(pcall(f, ...))
          for i = 1, r.n do
            r[i] = math.type(r[i]) and (math.type(r[i]) .. r[i]) or tostring(r[i])
          end
          local line = table.concat(r, "|")
          return (line:gsub("'[%w_]*%.?%w+'", "F"))
        end
        local function compare(name, ...)
          local stock, ours = outcome(stock_string[name], ...), outcome(string[name], ...)
          if stock ~= ours then
            local shown = {}
            for i, v in ipairs {...} do shown[i] = type(v) == "string" and string.format("%q", v) or tostring(v) end
            error(name .. "(" .. table.concat(shown, ", ") .. ")\nstock " .. stock .. "\nours  " .. ours)
          end
        end
        local function walk(gmatch, s, p)
          local found = {}
          for a, b, c in gmatch(s, p) do
            found[#found + 1] = tostring(a) .. tostring(b) .. tostring(c)
            if #found > 40 then break end
          end
          return table.concat(found, "|")
        end
        local table_news = {a = "Z", ab = 12, b = false}
        local function call_news(a, b) if a == "a" then return nil end return b or "-" end

        for case = 1, cases do
          local s, p, kind = text(letters, 14), text(atoms, 7), random(7)
          if kind == 1 then compare("find", s, p, random(20) - 10)
          elseif kind == 2 then compare("match", s, p)
          elseif kind == 3 then compare("gsub", s, p, text(news, 4))
          elseif kind == 4 then compare("gsub", s, p, pick {table_news, call_news, 7}, random(4) - 1)
          elseif kind == 5 then compare("find", s, text(letters, 3), 1, random(2) == 1)
          elseif kind == 6 then compare("format", "%" .. pick(flags) .. pick(conversions), pick(values))
          else
            local stock = outcome(walk, stock_string.gmatch, s, p)
            local ours = outcome(walk, string.gmatch, s, p)
            if stock ~= ours then error(string.format("gmatch %q %q: %s, %s", s, p, stock, ours)) end
          end
        end
        print(cases)
        """#

    @Test("give what stock Lua gives, results and messages", arguments: 1...4)
    func sameAsStock(seed: Int) async throws {
        let cases = 50_000
        let text = PatternTests.comparison.replacing("CASES", with: "\(cases)").replacing(
            "SEED", with: "\(seed * 7919)")
        let log = Script.Log()
        let run = try Script("").makeRun(log)
        defer { run.close() }
        try run.installStock()
        try await run.run(LuaSource(text, name: "compare.lua"))
        #expect(log.text == "\(cases)\n")
    }

    @Test(
        "are stopped by the CPU limit wherever they loop in C",
        arguments: [
            "string.find(('a'):rep(30), ('a?'):rep(30) .. ('a'):rep(30))",
            "string.match(('a'):rep(1000000), '.-.-.-b')",
            "for _ in string.gmatch(('a'):rep(100000), '.-.-b') do end",
            "string.gsub(('a'):rep(100000), '.-.-b', '')",
            "string.find(('('):rep(3000000), '%b()')",
            "string.find(('a'):rep(1000000), '[' .. ('b'):rep(1000000) .. ']')",
            "string.find(('a'):rep(300000), '(a+)%1b')",
            "string.find(('a'):rep(1000000), ('a'):rep(500000) .. '.b')",
            "table.move({}, 1, 1 << 60, 2)",
            "table.insert(setmetatable({}, {__len = function() return 1 << 62 end}), 1, 2)",
            "table.remove(setmetatable({}, {__len = function() return 1 << 62 end}), 1)",
            "table.concat(setmetatable({}, {__index = rawlen}), '', 1, 1 << 60)",
            "table.sort(setmetatable({}, {__len = function() return 1 << 30 end, __index = math.abs}), math.ult)",
        ])
    func stops(call: String) async throws {
        var script = Script("while true do pcall(function() \(call) end) end")
        script.limits.cpuMSMax = 60
        let failure = try await script.failure()
        #expect([.limit(.cpu), .limit(.memory)].contains(failure?.kind), "\(String(describing: failure))")
    }

    @Test("answer at once where stock Lua loops")
    func answersAtOnce() async throws {
        let text = """
            print(#string.rep('', 1e18), string.rep('ab', 3, '-'), #string.rep('x', 1e6))
            print(string.find(('a'):rep(1e6), ('a'):rep(5e5) .. 'b', 1, true))
            """
        #expect(try await Script(text).output() == "0\tab-ab-ab\t1000000\nnil\n")
    }

    @Test("keep the string metatable sealed and show no address")
    func sealed() async throws {
        let text = "print(getmetatable(''), string.dump, pcall(string.format, '%p', {}), string.format('%s', {}))"
        let output = try await Script(text).output()
        #expect(output.hasPrefix("false\tnil\tfalse"))
        #expect(!output.contains("0x"))
    }
}
