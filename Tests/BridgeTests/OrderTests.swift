import Testing

@testable import Bridge

@Suite("The order of a table's keys")
struct OrderTests {
    @Test("is positive integers, other numbers, strings, booleans, by pairs and by next")
    func order() async throws {
        let text = """
            local t = {b = 1, a = 1, [''] = 1, [true] = 1, [false] = 1, [-1] = 1, [0] = 1, [2.5] = 1, [10] = 1, [3] = 1,
              'x', 'y', ['a\\0'] = 1, ['\\xff'] = 1, [1e300] = 1, [-1/0] = 1, [math.mininteger] = 1}
            local function line(iterate, ...)
              local keys = {}
              for k in iterate, ... do keys[#keys + 1] = tostring(k) end
              return table.concat(keys, ' '):gsub('%z', '0'):gsub('\\xff', 'ff')
            end
            print((line(pairs(t))))
            print((line(next, t)))
            """
        let line = "1 2 3 10 -inf -9223372036854775808 -1 0 2.5 1e+300  a a0 b ff false true\n"
        #expect(try await Script(text).output() == line + line)
    }

    @Test("visits each key once while fields change and go, whatever the table's shape", arguments: [1, 2, 3])
    func walks(seed: Int) async throws {
        let text = """
            local seed = \(seed)
            local function random(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff return (seed >> 8) % n + 1 end
            local function key()
              local kind = random(6)
              if kind < 3 then return random(30) elseif kind == 3 then return random(40) / 8 - 3
              elseif kind == 4 then return random(2) == 1
              else return ('long prefix '):rep(random(3) - 1) .. random(60) end
            end
            local rank = {['number'] = 1, ['string'] = 2, ['boolean'] = 3}
            local function before(a, b)
              local x, y = math.type(a) == 'integer' and a > 0, math.type(b) == 'integer' and b > 0
              if x ~= y then return x end
              if type(a) ~= type(b) then return rank[type(a)] < rank[type(b)] end
              if type(a) == 'boolean' then return not a and b end
              return a < b
            end
            for round = 1, 4000 do
              local t, expected = {}, {}
              local kind, size = random(3), random(random(4) == 1 and 150 or 20) - 1
              for i = 1, size do t[kind == 1 and i or key()] = i end
              if random(9) == 1 then t[{}] = 1 t[print] = 1 end
              local iterate, s, c = pairs(t)
              if random(2) == 1 then iterate, s, c = next, t, nil end
              for k, v in next, t do expected[k] = v end
              local removing, seen, gone, last = random(2) == 1, {}, {}, nil
              for k, v in iterate, s, c do
                assert(not seen[k] and not gone[k] and rawequal(t[k], v))
                if last ~= nil and rank[type(last)] and rank[type(k)] then assert(before(last, k)) end
                seen[k], last = true, k
                if removing then
                  for i = 1, random(3) do
                    local other = key()
                    if t[other] ~= nil and not seen[other] then gone[other] = true end
                    t[other] = nil
                  end
                else t[k] = v end
              end
              for k in next, expected do assert((seen[k] == nil) ~= (gone[k] == nil)) end
            end
            print('done')
            """
        #expect(try await Script(text).output() == "done\n")
    }

    @Test("lets a loop over next take keys out until none is left, in linear time")
    func takesOut() async throws {
        let text = """
            local t, n = {}, 0
            for i = 1, 50000 do t['k' .. i] = i end
            while next(t) do
              t[next(t)] = nil
              n = n + 1
              if n % 1000 == 0 and n <= 5000 then t['new' .. n] = true end
            end
            print(n)
            """
        #expect(try await Script(text).output() == "50005\n")
    }

    @Test("sees keys that were added after a walk was left")
    func seesNewKeys() async throws {
        let text = """
            local t = {}
            for i = 1, 100 do t['k' .. i] = i end
            local function count() local n = 0 for _ in next, t do n = n + 1 end return n end
            next(t) t.a = 1 next(t)
            local first = count()
            for k in next, t do if k == 'k50' then break end end
            t.b, t[1], t[2] = 1, 1, 1
            print(first, count())
            """
        #expect(try await Script(text).output() == "101\t104\n")
    }

    @Test("leaves errors and __pairs as they are")
    func errors() async throws {
        let text = """
            print(select(2, pcall(function() for k in pairs(nil) do end end)))
            print(pcall(next, {}, {}))
            local odd = {__pairs = function() return function(_, k) if not k then return 1, 2 end end end}
            for k, v in pairs(setmetatable({}, odd))
            do print(k, v) end
            """
        let output = try await Script(text).output()
        #expect(output.hasPrefix("recipe.lua:1: bad argument #1 to 'for iterator' (table expected, got nil)\n"))
        #expect(output.hasSuffix("\n1\t2\n"))
    }

    @Test("gives an iterator that refuses what is no table")
    func keptIterator() async throws {
        let text = """
            local f = pairs({a = 1})
            for _, v in ipairs {"hello", 5, 5.5, print, true, f} do print(select(2, pcall(f, v))) end
            """
        let lines = try await Script(text).output().split(separator: "\n")
        #expect(lines.count == 6)
        for line in lines { #expect(line.hasPrefix("bad argument #1 to ") && line.contains("table expected")) }
    }

    @Test("closes coroutines inside each other only so deep")
    func nestedClosing() async throws {
        let text = """
            local cos = {}
            for i = 1, 20000 do
              local co = coroutine.create(function()
                local x <close> = setmetatable({}, {__close = function()
                  if cos[i + 1] then print(coroutine.close(cos[i + 1])) end
                end})
                coroutine.yield()
              end)
              coroutine.resume(co)
              cos[i] = co
            end
            coroutine.close(cos[1])
            """
        #expect(try await Script(text).output().contains("C stack overflow: more than 100 coroutines"))
    }
}
