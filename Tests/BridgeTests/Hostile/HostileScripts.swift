import Testing

/// A script that means harm, and how its run has to end.
struct HostileScript: Sendable, CustomTestStringConvertible {
    let name: String
    let ends: String
    let text: String

    init(_ name: String, ends: String, _ text: String) {
        self.name = name
        self.ends = ends
        self.text = text
    }

    var testDescription: String { name }

    static let all: [HostileScript] =
        cpu + callbacks + coroutines + memory + errors + sandbox + collector + parser + utf8AndStrings + valuesAndTables

    private static let cpu = [
        HostileScript("while loop", ends: "cpu", "while true do end"),
        HostileScript("repeat loop", ends: "cpu", "repeat local x = 1 until false"),
        HostileScript("goto loop", ends: "cpu", "::a:: goto a"),
        HostileScript("for loop", ends: "cpu", "for i = 1, math.maxinteger do end"),
        HostileScript("loop inside pcall", ends: "cpu", "pcall(function() while true do end end)"),
        HostileScript("pcall in a loop", ends: "cpu", "while true do pcall(error) end"),
        HostileScript(
            "pcall of pcall of a loop", ends: "cpu",
            "while true do pcall(pcall, pcall, function() while true do end end) end"),
        HostileScript("mutual tail calls", ends: "cpu", "local a, b; function a() return b() end b = a; a()"),
        HostileScript("load in a loop", ends: "cpu", "while true do load('return 1')() end"),
        HostileScript("reader of load without end", ends: "cpu", "load(function() return ' ' end)"),
        HostileScript("C reader of load", ends: "recipe", "load(math.random)"),
        HostileScript("failing calls in a loop", ends: "cpu", "while true do pcall(json, print) end"),
        HostileScript("wait without end", ends: "wall", "park()"),
        HostileScript("waits without end inside pcall", ends: "wall", "while true do pcall(park) end"),
        HostileScript(
            "unused paths in a loop", ends: "cpu",
            "local i = 0 while true do i = i + 1 local _ = b24.a.b end"),
        HostileScript(
            "patterns with exponential time", ends: "cpu",
            "string.find(('a'):rep(30), ('a?'):rep(30) .. ('a'):rep(30))"),
        HostileScript("pattern with quadratic time", ends: "cpu", "string.find(('a'):rep(200000), '.-.-.-b')"),
        HostileScript("table.move without end", ends: "cpu", "table.move({}, 1, math.maxinteger - 1, 2)"),
        HostileScript(
            "table.insert into a claimed length", ends: "cpu",
            "table.insert(setmetatable({}, {__len = function() return 1 << 60 end}), 1, 1)"),
        HostileScript(
            "table.concat of a claimed length", ends: "cpu",
            "table.concat(setmetatable({}, {__index = function() return '' end}), '', 1, 1 << 60)"),
    ]

    private static let callbacks = [
        HostileScript(
            "loop in __index", ends: "cpu",
            "local t = setmetatable({}, {__index = function() while true do end end}) local _ = t.x"),
        HostileScript(
            "__index chain onto itself", ends: "recipe",
            "local t = {} setmetatable(t, {__index = t}) local _ = t.x"),
        HostileScript(
            "loop in __tostring", ends: "cpu",
            "tostring(setmetatable({}, {__tostring = function() while true do end end}))"),
        HostileScript(
            "loop in __lt", ends: "cpu",
            "local m = {__lt = function() while true do end end} table.sort{setmetatable({}, m), setmetatable({}, m)}"),
        HostileScript(
            "loop in __eq, __concat and __len", ends: "cpu",
            """
            local function f() while true do end end
            local m = {__eq = f, __concat = f, __len = f}
            local a, b = setmetatable({}, m), setmetatable({}, m)
            pcall(function() return a == b end) pcall(function() return a .. b end) return #a
            """),
        HostileScript(
            "loop in __close", ends: "cpu",
            "do local x <close> = setmetatable({}, {__close = function() while true do end end}) end"),
        HostileScript(
            "loop in __close after a stop", ends: "cpu",
            """
            local m = {__close = function() while true do end end}
            pcall(function() local x <close> = setmetatable({}, m) while true do end end)
            """),
        HostileScript(
            "loop in a sort comparator", ends: "cpu",
            "table.sort({3, 2, 1}, function() while true do end end)"),
        HostileScript(
            "pcall of a loop in a sort comparator", ends: "cpu",
            "table.sort({3, 2, 1}, function() while true do pcall(function() while true do end end) end end)"),
        HostileScript(
            "loop in a gsub callback", ends: "cpu",
            "string.gsub('aaa', 'a', function() while true do end end)"),
        HostileScript("loop in a message handler", ends: "cpu", "xpcall(error, function() while true do end end)"),
        HostileScript("message handler that fails", ends: "done", "xpcall(error, function() error('again') end)"),
        HostileScript(
            "message handler that loops on stop", ends: "cpu",
            "while true do xpcall(function() while true do end end, function() while true do end end) end"),
        HostileScript(
            "sort with a comparator that lies", ends: "cpu",
            "while true do pcall(table.sort, {5, 1, 4, 2, 3, 9, 8}, function() return true end) end"),
    ]

    private static let coroutines = [
        HostileScript(
            "loop in a coroutine", ends: "cpu",
            "coroutine.resume(coroutine.create(function() while true do end end))"),
        HostileScript("loop in coroutine.wrap", ends: "cpu", "coroutine.wrap(function() while true do end end)()"),
        HostileScript(
            "loop in a coroutine in pcall in a coroutine", ends: "cpu",
            """
            local co = coroutine.wrap
            co(function() pcall(function() co(function() pcall(function() while true do end end) end)() end) end)()
            """),
        HostileScript(
            "coroutine that resumes others without end", ends: "cpu",
            "while true do local c = coroutine.wrap(function() coroutine.yield() end) c() c() end"),
        HostileScript(
            "coroutine in a comparator", ends: "cpu",
            "table.sort({3, 2, 1}, function() return coroutine.wrap(function() while true do end end)() end)"),
        HostileScript(
            "coroutines nested without end", ends: "done",
            "local function f() return coroutine.wrap(f)() end pcall(f)"),
        HostileScript(
            "yield across pcall", ends: "done",
            "local c = coroutine.wrap(function() pcall(coroutine.yield, 1) return 2 end) assert(c() + c() == 3)"),
        HostileScript("yield outside a coroutine", ends: "recipe", "coroutine.yield()"),
        HostileScript(
            "coroutine.close of a loop in __close", ends: "cpu",
            """
            local m = {__close = function() while true do end end}
            local c = coroutine.create(function() local x <close> = setmetatable({}, m) coroutine.yield() end)
            coroutine.resume(c) coroutine.close(c)
            """),
        HostileScript(
            "coroutine that resumes itself", ends: "done",
            "local c c = coroutine.create(function() return coroutine.resume(c) end) coroutine.resume(c)"),
        HostileScript("yield by a wait in a comparator", ends: "recipe", "table.sort({2, 1}, function() wait() end)"),
    ]

    private static let memory = [
        HostileScript("table that grows", ends: "memory", "local t = {} while true do t[#t + 1] = {} end"),
        HostileScript(
            "table that grows inside pcall", ends: "memory",
            "while true do pcall(function() local t = {} while true do t[#t + 1] = {} end end) end"),
        HostileScript("string that doubles", ends: "memory", "local s = 'x' while true do s = s .. s end"),
        HostileScript(
            "string that doubles inside pcall", ends: "memory",
            "pcall(function() local s = 'x' while true do s = s .. s end end)"),
        HostileScript(
            "string.rep in bulk", ends: "memory",
            "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1e6 + i) end"),
        HostileScript("string.rep beyond reason", ends: "recipe", "('x'):rep(1 << 60)"),
        HostileScript("string.format width", ends: "recipe", "string.format('%99999999d', 1)"),
        HostileScript(
            "table.concat of a large table", ends: "memory",
            "local t = {} for i = 1, 9 do t[i] = ('x'):rep(1e5) end while true do t[1] = table.concat(t) end"),
        HostileScript("deep recursion", ends: "memory", "local function f() return 1 + f() end f()"),
        HostileScript(
            "deep recursion inside pcall", ends: "cpu",
            "local function f() return pcall(f) end while true do pcall(f) end"),
        HostileScript("unpack of millions", ends: "recipe", "table.unpack({}, 1, 1e8)"),
        HostileScript("varargs of millions", ends: "cpu", "local function f(...) return f(1, ...) end f()"),
        HostileScript(
            "closures without end", ends: "memory",
            "local f = print while true do local g = f f = function() g() end end"),
        HostileScript(
            "coroutines without end", ends: "memory",
            "local t = {} while true do t[#t + 1] = coroutine.wrap(print) end"),
        HostileScript(
            "host strings without end", ends: "memory",
            "local t = {} while true do t[#t + 1] = fetch() .. #t end"),
        HostileScript(
            "host strings inside pcall", ends: "memory",
            "local t = {} while true do pcall(function() t[#t + 1] = fetch() .. #t end) end"),
        HostileScript("source without end", ends: "memory", "load(function() return ('x = 1 '):rep(1000) end)"),
        HostileScript("nested brackets", ends: "done", "assert(not load(('('):rep(100000)))"),
    ]

    private static let errors = [
        HostileScript("error of nil", ends: "recipe", "error(nil)"),
        HostileScript("error of a table", ends: "recipe", "error({})"),
        HostileScript("error of a function", ends: "recipe", "error(print)"),
        HostileScript(
            "error with an exploding __tostring", ends: "recipe",
            "error(setmetatable({}, {__tostring = function() error('again') end}))"),
        HostileScript(
            "error with a __tostring that loops", ends: "cpu",
            "error(setmetatable({}, {__tostring = function() while true do end end}))"),
        HostileScript(
            "error with a __tostring that waits", ends: "recipe",
            "error(setmetatable({}, {__tostring = function() wait() return 'x' end}))"),
        HostileScript(
            "error with a __tostring that gives no string", ends: "recipe",
            "error(setmetatable({}, {__tostring = function() return {} end}))"),
        HostileScript(
            "error with a __name of megabytes", ends: "recipe",
            "error(setmetatable({}, {__name = ('x'):rep(1e6)}))"),
        HostileScript(
            "error in error handling without end", ends: "cpu",
            "local function h() xpcall(error, h) error() end xpcall(error, h)"),
        HostileScript("cyclic value to the host", ends: "argument", "local t = {} t.t = t json(t)"),
        HostileScript("deep value to the host", ends: "depth", "local t = {} for i = 1, 10000 do t = {t} end json(t)"),
        HostileScript("syntax error", ends: "syntax", "local = 1"),
        HostileScript("NUL and invalid UTF-8", ends: "recipe", "error('a\\0\\xff')"),
    ]

    private static let sandbox = [
        HostileScript("__gc", ends: "recipe", "setmetatable({}, {__gc = print})"),
        HostileScript(
            "__gc added later", ends: "done",
            """
            local m = {}
            for i = 1, 1e5 do setmetatable({}, m) m.__gc = function() while true do end end m.__gc = nil end
            """),
        HostileScript("bytecode", ends: "done", "assert(not load('\\27Lua', 'x', 'b')) assert(not load('\\27Lua'))"),
        HostileScript("string.dump", ends: "done", "assert(string.dump == nil)"),
        HostileScript("string metatable", ends: "done", "assert(not getmetatable('')) "),
        HostileScript("change of the string metatable", ends: "recipe", "getmetatable('').__index = nil"),
        HostileScript(
            "require out of the folder", ends: "done",
            """
            local long = ('a'):rep(1e4)
            for _, name in ipairs{'..', '../x', '/etc/passwd', 'a..b', '.a', 'a.', '', 'a/b', 'a\\0b', long} do
                assert(not pcall(require, name))
            end
            """),
        HostileScript("require in a circle", ends: "recipe", "require 'cycle'"),
        HostileScript(
            "what is not there", ends: "done",
            """
            for _, name in ipairs{'io', 'package', 'dofile', 'loadfile', 'collectgarbage', 'loadstring'} do
                assert(_G[name] == nil, name)
            end
            for _, name in ipairs{'execute', 'exit', 'getenv', 'remove', 'rename', 'tmpname', 'setlocale'} do
                assert(os[name] == nil, name)
            end
            for name in pairs(debug) do assert(name == 'traceback', name) end
            """),
        HostileScript(
            "addresses", ends: "done",
            """
            for _, value in ipairs{{}, print, coroutine.create(print), b24} do
                assert(not tostring(value):find('0x'))
                local ok, text = pcall(string.format, '%p', value)
                assert(not ok or not text:find('0x'))
            end
            """),
        HostileScript(
            "metatables of the host's values", ends: "done",
            "assert(getmetatable(b24) == 'path') assert(not pcall(function() b24.x = 1 end))"),
        HostileScript("path as a key to others", ends: "recipe", "getmetatable(b24.crm).__call = nil"),
        HostileScript("long method names", ends: "recipe", "local p = b24 for i = 1, 1000 do p = p.abcdefgh end"),
        HostileScript("pack and unpack beyond reason", ends: "recipe", "string.pack(('i16'):rep(1e6), 1)"),
        HostileScript("date formats", ends: "recipe", "os.date('%Ez', 1)"),
        HostileScript("times beyond reason", ends: "recipe", "os.date('*t', 1 << 62)"),
        HostileScript(
            "globals swapped", ends: "done",
            """
            local names, globals = {}, _G
            for name in pairs(globals) do names[#names + 1] = name end
            for _, name in ipairs(names) do globals[name] = nil end
            """),
    ]
}
