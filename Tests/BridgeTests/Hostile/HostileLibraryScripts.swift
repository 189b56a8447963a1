/// More of what means harm: work of the libraries in C. Each is stopped in time or harmless.
extension HostileScript {
    static let utf8AndStrings = [
        HostileScript("utf8.len", ends: "cpu", "local s=('é'):rep(3e6) while true do utf8.len(s) end"),
        HostileScript(
            "utf8.len lax long", ends: "memory",
            """
            local s=('x'):rep(12e6) utf8.len(s) utf8.len(s) utf8.len(s) utf8.len(s) utf8.len(s) utf8.len(s)
            utf8.len(s) utf8.len(s)utf8.len(s) utf8.len(s) utf8.len(s) utf8.len(s) while true do utf8.len(s)
            end
            """),
        HostileScript(
            "utf8.codes", ends: "memory",
            """
            local s=('x'):rep(12e6) while true do for p,c in utf8.codes(s) do end end
            """),
        HostileScript(
            "utf8.codepoint many", ends: "memory",
            """
            local s=('x'):rep(12e6) while true do pcall(utf8.codepoint,s,1,-1) utf8.codepoint(s,1,9e5) end
            """),
        HostileScript(
            "utf8.offset", ends: "memory",
            """
            local s=('x'):rep(12e6) while true do utf8.offset(s,-12e6) utf8.offset(s, 11e6) end
            """),
        HostileScript(
            "utf8.char", ends: "cpu",
            """
            local t={} for i=1,2e5 do t[i]=65 end while true do utf8.char(table.unpack(t)) end
            """),
        HostileScript(
            "string.byte many", ends: "memory",
            """
            local s=('x'):rep(12e6) while true do pcall(string.byte,s,1,-1) s:byte(1,9e5) end
            """),
        HostileScript(
            "unpack many", ends: "recipe",
            """
            local f=('B'):rep(2e5) local s=('x'):rep(2e5) while true do f:unpack(s) end
            """),
        HostileScript(
            "pack many", ends: "memory",
            """
            local f=('B'):rep(2e5) local s={} for i=1,2e5 do s[i]=1 end while true do
            f:pack(table.unpack(s)) end
            """),
        HostileScript(
            "packsize", ends: "memory",
            """
            local f=('!16i16 '):rep(2e6) while true do pcall(string.packsize,f) end
            """),
        HostileScript("packsize2", ends: "memory", "local f=(' '):rep(12e6) while true do string.packsize(f) end"),
        HostileScript(
            "unpack fixed size", ends: "memory",
            """
            local f=('x'):rep(6e6) local s=('x'):rep(6e6) while true do f:unpack(s) end
            """),
        HostileScript("unpack z", ends: "memory", "local s=('x'):rep(12e6)..'\\0' while true do ('z'):unpack(s) end"),
        HostileScript(
            "pattern recursion", ends: "cpu",
            """
            while true do pcall(string.find,('a'):rep(1e5),('(a'):rep(30)..(')'):rep(30))
            pcall(string.find,('a'):rep(1e6),('a?'):rep(1e5)) end
            """),
        HostileScript(
            "pattern long set", ends: "cpu",
            """
            local p='['..('b'):rep(5e6)..']' while true do (('a'):rep(1e5)):find(p) end
            """),
        HostileScript(
            "pattern long set 2", ends: "cpu",
            """
            local p='['..('b'):rep(5e6) while true do pcall(string.find,('a'):rep(10),p) end
            """),
        HostileScript("pattern backref", ends: "cpu", "local s=('a'):rep(2e6) while true do s:find('(a*)%1b') end"),
        HostileScript("pattern balance", ends: "cpu", "local s=('('):rep(5e6) while true do s:find('%b()') end"),
        HostileScript("pattern frontier", ends: "cpu", "local s=('a'):rep(5e6) while true do s:find('%f[b]') end"),
        HostileScript("gsub big", ends: "cpu", "local s=('a'):rep(3e6) while true do s:gsub('a','%0') end"),
        HostileScript(
            "plain find", ends: "memory",
            """
            local s=('a'):rep(5e6) while true do s:find(('a'):rep(2e6)..'b',1,true) end
            """),
        HostileScript(
            "string eq", ends: "memory",
            """
            local a,b=('x'):rep(7e6),('x'):rep(7e6) while true do local _=a==b end
            """),
        HostileScript(
            "string lt", ends: "memory",
            """
            local a,b=('x'):rep(7e6),('x'):rep(7e6) while true do local _=a<b end
            """),
        HostileScript(
            "string lt zeros", ends: "memory",
            """
            local a,b=('\\0'):rep(7e6),('\\0'):rep(7e6) while true do local _=a<b end
            """),
        HostileScript(
            "string lt zeros once", ends: "memory",
            """
            local a,b=('\\0'):rep(7e6),('\\0'):rep(7e6) local _=a<b while true do _=a<=b end
            """),
        HostileScript(
            "string as key", ends: "memory",
            """
            local a=('x'):rep(7e6) local t={} while true do t[a]=1 t[a..'y']=nil end
            """),
        HostileScript("concat huge", ends: "memory", "local a=('x'):rep(4e6) while true do local _=a..a end"),
        HostileScript(
            "concat many", ends: "memory",
            """
            local f = load('local a=... return '..('a..'):rep(180)..'a')
            local x=('x'):rep(5e4) while true do f(x) end
            """),
        HostileScript("tonumber long", ends: "cpu", "local a=('1'):rep(5e6) while true do tonumber(a) end"),
        HostileScript("tonumber long base", ends: "cpu", "local a=('1'):rep(5e6) while true do tonumber(a, 2) end"),
        HostileScript(
            "tonumber spaces", ends: "memory",
            """
            local a=(' '):rep(12e6)..'1' while true do tonumber(a) end
            """),
        HostileScript(
            "tonumber hex", ends: "cpu",
            """
            local a='0x'..('1'):rep(5e6)..'.5' while true do tonumber(a) end
            """),
        HostileScript(
            "tonumber exponent", ends: "cpu",
            """
            local a='0.'..('0'):rep(190)..'1e200' while true do tonumber(a) end
            """),
        HostileScript(
            "arith on long string", ends: "memory",
            """
            local a=(' '):rep(12e6)..'1' while true do local _=a+1 end
            """),
        HostileScript("format f", ends: "cpu", "while true do string.format('%99.99f', 1e308) end"),
        HostileScript(
            "format many", ends: "memory",
            """
            local f=('%99.99f'):rep(1e5) local t={} for i=1,1e5 do t[i]=1e308 end while true do
            f:format(table.unpack(t)) end
            """),
        HostileScript("format percent", ends: "memory", "local f=('%%'):rep(3e6) while true do f:format() end"),
        HostileScript("format q", ends: "memory", "local s=('\\0\\n\"'):rep(8e5) while true do ('%q'):format(s) end"),
        HostileScript(
            "format s precision", ends: "memory",
            """
            local s=('x'):rep(3e6) while true do ('%s'):format(s) end
            """),
        HostileScript(
            "concat recursion", ends: "recipe",
            """
            local m={} m.__concat=function(a,b) return a..b end local x=setmetatable({},m) local _=x..x
            """),
        HostileScript("rep sep", ends: "memory", "while true do ('x'):rep(3e6, ',') end"),
        HostileScript("rep sep empty", ends: "cpu", "while true do (''):rep(1e9, '') end"),
        HostileScript("rep empty max", ends: "done", "(''):rep(math.maxinteger)"),
        HostileScript("rep sep max", ends: "recipe", "(''):rep(math.maxinteger,'x')"),
        HostileScript(
            "concat numbers", ends: "memory",
            """
            local t={} for i=1,3e5 do t[i]=i+.5 end while true do table.concat(t,',') end
            """),
        HostileScript("pack nil", ends: "memory", "while true do table.pack(table.unpack({},1,5e5)) end"),
        HostileScript("format a", ends: "cpu", "while true do ('%.99a'):format(1e-320) end"),
        HostileScript("string.format g", ends: "cpu", "while true do ('%.99g %99.99e'):format(1e308,5e-324) end"),
    ]

    static let valuesAndTables = [
        HostileScript("table.unpack", ends: "cpu", "while true do table.unpack({},1,9e5) end"),
        HostileScript("coroutine bomb", ends: "memory", "local t={} for i=1,1e5 do t[i]=coroutine.create(print) end"),
        HostileScript(
            "coroutine bomb running", ends: "cpu",
            """
            local n=0 while true do local c=coroutine.wrap(function() coroutine.yield() end) c() n=n+1 end
            """),
        HostileScript(
            "index cycle 2000", ends: "cpu",
            """
            local t={} for i=1,2000 do t[i]=setmetatable({}, {}) end for i=1,2000 do
            getmetatable(t[i]).__index=t[i%2000+1] end while true do pcall(function() return t[1].x end) end
            """),
        HostileScript(
            "error with cyclic index", ends: "recipe",
            """
            local t={} for i=1,2000 do t[i]=setmetatable({}, {}) end for i=1,2000 do
            getmetatable(t[i]).__index=t[i%2000+1] end error(t[1])
            """),
        HostileScript(
            "newindex cycle", ends: "recipe",
            """
            local t={} for i=1,2000 do t[i]=setmetatable({}, {}) end for i=1,2000 do
            getmetatable(t[i]).__newindex=t[i%2000+1] end t[1].x=1
            """),
        HostileScript(
            "eq recursion", ends: "recipe",
            """
            local m={} m.__eq=function(a,b) return setmetatable({},m)==setmetatable({},m) end local
            _=setmetatable({},m)==setmetatable({},m)
            """),
        HostileScript(
            "lt recursion", ends: "recipe",
            """
            local m={} m.__lt=function(a,b) return a<b end local x=setmetatable({},m) local _=x<x
            """),
        HostileScript(
            "len recursion", ends: "recipe",
            """
            local m={} m.__len=function(a) return #a end local x=setmetatable({},m) local _=#x
            """),
        HostileScript(
            "tostring recursion", ends: "recipe",
            """
            local m={} m.__tostring=function(a) return tostring(a) end tostring(setmetatable({},m))
            """),
        HostileScript(
            "recursion caught forever", ends: "cpu",
            """
            local m={} m.__len=function(a) return #a end local x=setmetatable({},m) while true do
            pcall(function() return #x end) end
            """),
        HostileScript(
            "select count", ends: "memory",
            """
            local t={} for i=1,9e5 do t[i]=1 end while true do select('#', table.unpack(t)) end
            """),
        HostileScript(
            "select negative", ends: "memory",
            """
            local t={} for i=1,5e5 do t[i]=1 end while true do select(-4e5, table.unpack(t)) end
            """),
        HostileScript(
            "vararg big", ends: "memory",
            """
            local t={} for i=1,2e5 do t[i]=i end local function f(...) return select('#',...) end while true
            do f(table.unpack(t)) end
            """),
        HostileScript(
            "table ctor vararg", ends: "memory",
            """
            local function f(...) return {...} end local t={} for i=1,2e5 do t[i]=i end while true do
            f(table.unpack(t)) end
            """),
        HostileScript(
            "next invalid", ends: "done",
            """
            local t={} for i=1,1000 do t['k'..i]=i end for k in next,t do t[k]=nil t['x'..k]=1 end
            """),
        HostileScript("pairs adding", ends: "done", "local t={a=1} for k in pairs(t) do t[k..'x']=1 end"),
        HostileScript("next foreign", ends: "cpu", "while true do pcall(next,{}, {}) pcall(next,{1,2,3},'x') end"),
        HostileScript(
            "many keys pairs", ends: "memory",
            """
            local t={} for i=1,1e5 do t['k'..i]=1 end while true do for _ in pairs(t) do break end end
            """),
        HostileScript(
            "sort huge", ends: "cpu",
            """
            local t={} for i=1,3e5 do t[i]=i%17 end while true do table.sort(t) end
            """),
        HostileScript(
            "sort zeros strings", ends: "cpu",
            """
            local t={} local p=('\\0'):rep(3e4) for i=1,200 do t[i]=p..(i*7919%211) end while true do
            table.sort(t) end
            """),
        HostileScript(
            "remove front", ends: "cpu",
            """
            local t={} for i=1,3e5 do t[i]=i end while true do table.remove(t,1) t[#t+1]=1 end
            """),
        HostileScript(
            "move overlapping", ends: "cpu",
            """
            local t={} for i=1,2e5 do t[i]=i end while true do table.move(t,1,2e5,2) end
            """),
        HostileScript(
            "close many", ends: "cpu",
            """
            local function f(n) if n==0 then while true do end end local x<close> = setmetatable({},
            {__close=function() end}) return f(n-1), 1 end f(150)
            """),
        HostileScript(
            "close chain of many", ends: "cpu",
            """
            local m={__close=function() end} local s={} for i=1,190 do s[i]='local a'..i..' <close> = x' end
            local f=load('local x=... '..table.concat(s,' ')) while true do f(setmetatable({},m)) end
            """),
        HostileScript(
            "traceback deep", ends: "cpu",
            """
            local function f(n) if n==0 then while true do debug.traceback() end end return 1+f(n-1) end
            f(1e4)
            """),
        HostileScript(
            "traceback big message", ends: "memory",
            """
            local s=('x'):rep(3e6) while true do debug.traceback(s) end
            """),
        HostileScript("error string big", ends: "memory", "error(('x'):rep(9e6))"),
        HostileScript("error levels", ends: "cpu", "while true do pcall(error,'x',1e9) pcall(error,'x',-1) end"),
        HostileScript("date long", ends: "recipe", "local f=('%c'):rep(2e5) while true do os.date(f,1) end"),
        HostileScript(
            "date odd", ends: "done",
            """
            for i=0,255 do pcall(os.date,'%'..string.char(i),1) pcall(os.date,'%E'..string.char(i),1)
            pcall(os.date,'%O'..string.char(i),1) end pcall(os.date,'%') pcall(os.date, '!*t\\0')
            """),
        HostileScript(
            "time odd", ends: "done",
            """
            for _,v in ipairs{1/0,-1/0,0/0,1<<62,-1<<62,'x',2^53} do
            pcall(os.time,{year=v,month=v,day=v,hour=v}) pcall(os.time,{year=2000,month=v,day=1})
            pcall(os.date,'%c',v) end
            """),
        HostileScript(
            "random ranges", ends: "done",
            """
            for _,v in ipairs{0,1,-1,math.mininteger,math.maxinteger,1/0,0/0} do for _,w in
            ipairs{0,1,-1,math.mininteger,math.maxinteger,1/0,0/0} do pcall(math.random,v,w)
            pcall(math.random,v) pcall(math.randomseed,v,w) end end
            math.random(math.mininteger,math.maxinteger)
            """),
        HostileScript("json deep", ends: "depth", "local t={} for i=1,2e5 do t={t} end json(t)"),
        HostileScript("json decode bomb", ends: "cpu", "while true do pcall(json, ('['):rep(1e6)) end"),
        HostileScript(
            "for overflow", ends: "done",
            """
            for i=math.maxinteger-1,math.maxinteger do end for i=math.mininteger,math.mininteger+1,1 do end
            pcall(function() for i=1,10,0 do end end)
            """),
        HostileScript("path long", ends: "done", "local ok,e=pcall(function() return b24[('x'):rep(5e6)]() end)"),
    ]
}
