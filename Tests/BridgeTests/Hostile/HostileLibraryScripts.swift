/// More of what means harm, by the part of Lua that does the work: its collector, its parser, its libraries. Each is
/// either stopped in time or harmless.
extension HostileScript {
    static let collector = [
        HostileScript("ephemeron one table", ends: "cpu",
            """
            local e=setmetatable({}, {__mode='k'})
            local n=60000 local k={} for i=1,n do k[i]={} end
            for i=n,2,-1 do local j=math.random(i) k[i],k[j]=k[j],k[i] end
            for i=1,n-1 do e[k[i]]=k[i+1] end
            local head=k[1] k=nil
            while true do local x={} end
            """),
        HostileScript("ephemeron mode set later", ends: "cpu",
            """
            local m={} local e=setmetatable({}, m) m.__mode='k'
            local n=60000 local k={} for i=1,n do k[i]={} end
            for i=n,2,-1 do local j=math.random(i) k[i],k[j]=k[j],k[i] end
            for i=1,n-1 do e[k[i]]=k[i+1] end
            local head=k[1] k=nil
            while true do local x={} end
            """),
        HostileScript("ephemeron many tables", ends: "cpu",
            """
            local m={}
            local n=20000 local k,e={},{} for i=1,n do k[i]={} e[i]=setmetatable({}, m) end m.__mode='k'
            for i=n,2,-1 do local j=math.random(i) k[i],k[j]=k[j],k[i] end
            for i=1,n-1 do e[i][k[i]]=k[i+1] end
            local head=k[1] k=nil
            while true do local x={} end
            """),
        HostileScript("lists of next chained", ends: "cpu",
            """
            local n=3000 local k={} for i=1,n do local t={} for j=1,40 do t['k'..j]=1 end k[i]=t end
            for i=n,2,-1 do local j=math.random(i) k[i],k[j]=k[j],k[i] end
            for i=1,n-1 do k[i].zz=nil k[i][k[i+1]]=1 next(k[i]) next(k[i],'k1') k[i][k[i+1]]=nil end
            local head=k[1] k=nil
            while true do local x={} end
            """),
        HostileScript("gc live", ends: "memory",
            """
            local t={} for i=1,1.2e5 do t[i]={} end while true do local x=('y'):rep(2e6) end
            """),
        HostileScript("int key collisions", ends: "cpu",
            """
            local t={} local s=(1<<17)-1 for i=1,1e5 do t[i*s]=i end while true do end
            """),
        HostileScript("int key collisions2", ends: "cpu",
            """
            local t={} for i=1,6e4 do t[i*65535]=i end local n=0 while true do end
            """),
        HostileScript("call cycle", ends: "cpu", "local t=setmetatable({}, {}) getmetatable(t).__call=t t()"),
    ]

    static let parser = [
        HostileScript("load big text", ends: "memory", "local s=('x=1 '):rep(3e6) while true do load(s) end"),
        HostileScript("load big comment", ends: "memory", "local s='--'..('x'):rep(12e6) while true do load(s) end"),
        HostileScript("load reader", ends: "memory",
            """
            local n=0 local p=('x=1 '):rep(1000) load(function() n=n+1 if n<3000 then return p end end)
            """),
        HostileScript("load big string literal", ends: "memory",
            """
            local s='return "'..('x'):rep(5e6)..'"' while true do load(s) end
            """),
        HostileScript("load long bracket", ends: "memory",
            """
            local s='return [['..('x'):rep(3e6)..']]' while true do assert(load(s)) end
            """),
        HostileScript("load many constants", ends: "memory",
            """
            local t={} for i=1,2e5 do t[i]='x='..i..'.5' end load(table.concat(t,' ')) while true do end
            """),
        HostileScript("load many locals", ends: "memory",
            """
            local t={} for i=1,1e5 do t[i]='do local a'..i..'='..i..' end' end load(table.concat(t,' '))
            while true do end
            """),
        HostileScript("load gotos", ends: "cpu",
            """
            local t={} for i=1,30000 do t[i]='goto a'..i end for i=1,30000 do t[#t+1]='::a'..i..'::' end
            load(table.concat(t,' ')) while true do end
            """),
        HostileScript("load gotos pending", ends: "cpu",
            """
            local t={} for i=1,200000 do t[i]='goto a' end t[#t+1]='::a::' load(table.concat(t,' ')) while
            true do end
            """),
        HostileScript("load gotos nested", ends: "cpu",
            """
            local t={} for i=1,60000 do t[i]='do goto a end' end load(table.concat(t,' ')) while true do end
            """),
        HostileScript("load labels", ends: "cpu",
            """
            local t={} for i=1,30000 do t[i]='::a'..i..'::' end load(table.concat(t,' ')) while true do end
            """),
        HostileScript("load breaks", ends: "cpu",
            """
            load('while 1 do '..('break '):rep(1e5)..' end') while true do end
            """),
        HostileScript("load functions", ends: "cpu",
            """
            load(('local function f() end '):rep(199)..('function g() end '):rep(50000)) while true do end
            """),
        HostileScript("load upvalues", ends: "cpu",
            """
            local t={} for i=1,190 do t[i]='local a'..i end t[#t+1]='return function() return function() '
            for i=1,190 do t[#t+1]='a'..i..'=1' end t[#t+1]=' end end' local s=table.concat(t,' ') while
            true do load(s) end
            """),
        HostileScript("load elseif", ends: "cpu",
            """
            load('if x then '..('elseif x then '):rep(2e5)..' end') while true do end
            """),
        HostileScript("load elseif more", ends: "memory",
            """
            load('if x then '..('elseif x then '):rep(7e5)..' end') while true do end
            """),
        HostileScript("load and or", ends: "cpu", "load('return '..('a and '):rep(3e5)..'a') while true do end"),
        HostileScript("load concat", ends: "cpu",
            """
            load('return '..('a .. '):rep(250)..'a') load('return '..('a .. '):rep(1e5)..'a') while true do
            end
            """),
        HostileScript("load plus", ends: "memory", "load('return '..('a + '):rep(1e6)..'a') while true do end"),
        HostileScript("load not", ends: "cpu", "load('return '..('not '):rep(1e6)..'a') while true do end"),
        HostileScript("load minus", ends: "cpu", "load('return '..('- '):rep(1e6)..'a') while true do end"),
        HostileScript("load parens", ends: "cpu",
            """
            load('return '..('('):rep(190)..'1'..(')'):rep(190)) while true do load(('('):rep(1e5)) end
            """),
        HostileScript("load braces", ends: "cpu", "while true do load('return '..('{'):rep(1e5)) end"),
        HostileScript("load calls chain", ends: "cpu", "load('f'..('()'):rep(1e6)) while true do end"),
        HostileScript("load index chain", ends: "cpu", "load('return a'..('.b'):rep(1e6)) while true do end"),
        HostileScript("load ctor", ends: "cpu", "load('return {'..('1,'):rep(1e6)..'}') while true do end"),
        HostileScript("load args", ends: "cpu", "load('f('..('1,'):rep(1e6)..'1)') while true do end"),
        HostileScript("load nested functions", ends: "cpu",
            """
            load(('return function() '):rep(150)..('end '):rep(150)) while true do load(('return function()
            '):rep(1e4)) end
            """),
    ]

    static let utf8AndStrings = [
        HostileScript("utf8.len", ends: "cpu", "local s=('é'):rep(3e6) while true do utf8.len(s) end"),
        HostileScript("utf8.len lax long", ends: "memory",
            """
            local s=('x'):rep(12e6) utf8.len(s) utf8.len(s) utf8.len(s) utf8.len(s) utf8.len(s) utf8.len(s)
            utf8.len(s) utf8.len(s)utf8.len(s) utf8.len(s) utf8.len(s) utf8.len(s) while true do utf8.len(s)
            end
            """),
        HostileScript("utf8.codes", ends: "memory",
            """
            local s=('x'):rep(12e6) while true do for p,c in utf8.codes(s) do end end
            """),
        HostileScript("utf8.codepoint many", ends: "memory",
            """
            local s=('x'):rep(12e6) while true do pcall(utf8.codepoint,s,1,-1) utf8.codepoint(s,1,9e5) end
            """),
        HostileScript("utf8.offset", ends: "memory",
            """
            local s=('x'):rep(12e6) while true do utf8.offset(s,-12e6) utf8.offset(s, 11e6) end
            """),
        HostileScript("utf8.char", ends: "cpu",
            """
            local t={} for i=1,2e5 do t[i]=65 end while true do utf8.char(table.unpack(t)) end
            """),
        HostileScript("string.byte many", ends: "memory",
            """
            local s=('x'):rep(12e6) while true do pcall(string.byte,s,1,-1) s:byte(1,9e5) end
            """),
        HostileScript("unpack many", ends: "recipe",
            """
            local f=('B'):rep(2e5) local s=('x'):rep(2e5) while true do f:unpack(s) end
            """),
        HostileScript("pack many", ends: "memory",
            """
            local f=('B'):rep(2e5) local s={} for i=1,2e5 do s[i]=1 end while true do
            f:pack(table.unpack(s)) end
            """),
        HostileScript("packsize", ends: "memory",
            """
            local f=('!16i16 '):rep(2e6) while true do pcall(string.packsize,f) end
            """),
        HostileScript("packsize2", ends: "memory", "local f=(' '):rep(12e6) while true do string.packsize(f) end"),
        HostileScript("unpack fixed size", ends: "memory",
            """
            local f=('x'):rep(6e6) local s=('x'):rep(6e6) while true do f:unpack(s) end
            """),
        HostileScript("unpack z", ends: "memory", "local s=('x'):rep(12e6)..'\\0' while true do ('z'):unpack(s) end"),
        HostileScript("pattern recursion", ends: "cpu",
            """
            while true do pcall(string.find,('a'):rep(1e5),('(a'):rep(30)..(')'):rep(30))
            pcall(string.find,('a'):rep(1e6),('a?'):rep(1e5)) end
            """),
        HostileScript("pattern long set", ends: "cpu",
            """
            local p='['..('b'):rep(5e6)..']' while true do (('a'):rep(1e5)):find(p) end
            """),
        HostileScript("pattern long set 2", ends: "cpu",
            """
            local p='['..('b'):rep(5e6) while true do pcall(string.find,('a'):rep(10),p) end
            """),
        HostileScript("pattern backref", ends: "cpu", "local s=('a'):rep(2e6) while true do s:find('(a*)%1b') end"),
        HostileScript("pattern balance", ends: "cpu", "local s=('('):rep(5e6) while true do s:find('%b()') end"),
        HostileScript("pattern frontier", ends: "cpu", "local s=('a'):rep(5e6) while true do s:find('%f[b]') end"),
        HostileScript("gsub big", ends: "cpu", "local s=('a'):rep(3e6) while true do s:gsub('a','%0') end"),
        HostileScript("plain find", ends: "memory",
            """
            local s=('a'):rep(5e6) while true do s:find(('a'):rep(2e6)..'b',1,true) end
            """),
        HostileScript("string eq", ends: "memory",
            """
            local a,b=('x'):rep(7e6),('x'):rep(7e6) while true do local _=a==b end
            """),
        HostileScript("string lt", ends: "memory",
            """
            local a,b=('x'):rep(7e6),('x'):rep(7e6) while true do local _=a<b end
            """),
        HostileScript("string lt zeros", ends: "memory",
            """
            local a,b=('\\0'):rep(7e6),('\\0'):rep(7e6) while true do local _=a<b end
            """),
        HostileScript("string lt zeros once", ends: "memory",
            """
            local a,b=('\\0'):rep(7e6),('\\0'):rep(7e6) local _=a<b while true do _=a<=b end
            """),
        HostileScript("string as key", ends: "memory",
            """
            local a=('x'):rep(7e6) local t={} while true do t[a]=1 t[a..'y']=nil end
            """),
        HostileScript("concat huge", ends: "memory", "local a=('x'):rep(4e6) while true do local _=a..a end"),
        HostileScript("concat many", ends: "memory",
            """
            local t={} for i=1,200 do t[i]='a'..(i%9) end local s='local a=... return
            '..('a..'):rep(180)..'a' local f=load(s) local x=('x'):rep(5e4) while true do f(x) end
            """),
        HostileScript("tonumber long", ends: "cpu", "local a=('1'):rep(5e6) while true do tonumber(a) end"),
        HostileScript("tonumber long base", ends: "cpu", "local a=('1'):rep(5e6) while true do tonumber(a, 2) end"),
        HostileScript("tonumber spaces", ends: "memory",
            """
            local a=(' '):rep(12e6)..'1' while true do tonumber(a) end
            """),
        HostileScript("tonumber hex", ends: "cpu",
            """
            local a='0x'..('1'):rep(5e6)..'.5' while true do tonumber(a) end
            """),
        HostileScript("tonumber exponent", ends: "cpu",
            """
            local a='0.'..('0'):rep(190)..'1e200' while true do tonumber(a) end
            """),
        HostileScript("arith on long string", ends: "memory",
            """
            local a=(' '):rep(12e6)..'1' while true do local _=a+1 end
            """),
        HostileScript("format f", ends: "cpu", "while true do string.format('%99.99f', 1e308) end"),
        HostileScript("format many", ends: "memory",
            """
            local f=('%99.99f'):rep(1e5) local t={} for i=1,1e5 do t[i]=1e308 end while true do
            f:format(table.unpack(t)) end
            """),
        HostileScript("format percent", ends: "memory", "local f=('%%'):rep(3e6) while true do f:format() end"),
        HostileScript("format q", ends: "memory", "local s=('\\0\\n\"'):rep(8e5) while true do ('%q'):format(s) end"),
        HostileScript("format s precision", ends: "memory",
            """
            local s=('x'):rep(3e6) while true do ('%s'):format(s) end
            """),
        HostileScript("concat recursion", ends: "recipe",
            """
            local m={} m.__concat=function(a,b) return a..b end local x=setmetatable({},m) local _=x..x
            """),
        HostileScript("rep sep", ends: "memory", "while true do ('x'):rep(3e6, ',') end"),
        HostileScript("rep sep empty", ends: "cpu", "while true do (''):rep(1e9, '') end"),
        HostileScript("rep empty max", ends: "done", "(''):rep(math.maxinteger)"),
        HostileScript("rep sep max", ends: "recipe", "(''):rep(math.maxinteger,'x')"),
        HostileScript("concat numbers", ends: "memory",
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
        HostileScript("coroutine bomb running", ends: "cpu",
            """
            local n=0 while true do local c=coroutine.wrap(function() coroutine.yield() end) c() n=n+1 end
            """),
        HostileScript("index cycle 2000", ends: "cpu",
            """
            local t={} for i=1,2000 do t[i]=setmetatable({}, {}) end for i=1,2000 do
            getmetatable(t[i]).__index=t[i%2000+1] end while true do pcall(function() return t[1].x end) end
            """),
        HostileScript("error with cyclic index", ends: "recipe",
            """
            local t={} for i=1,2000 do t[i]=setmetatable({}, {}) end for i=1,2000 do
            getmetatable(t[i]).__index=t[i%2000+1] end error(t[1])
            """),
        HostileScript("newindex cycle", ends: "recipe",
            """
            local t={} for i=1,2000 do t[i]=setmetatable({}, {}) end for i=1,2000 do
            getmetatable(t[i]).__newindex=t[i%2000+1] end t[1].x=1
            """),
        HostileScript("eq recursion", ends: "recipe",
            """
            local m={} m.__eq=function(a,b) return setmetatable({},m)==setmetatable({},m) end local
            _=setmetatable({},m)==setmetatable({},m)
            """),
        HostileScript("lt recursion", ends: "recipe",
            """
            local m={} m.__lt=function(a,b) return a<b end local x=setmetatable({},m) local _=x<x
            """),
        HostileScript("len recursion", ends: "recipe",
            """
            local m={} m.__len=function(a) return #a end local x=setmetatable({},m) local _=#x
            """),
        HostileScript("tostring recursion", ends: "recipe",
            """
            local m={} m.__tostring=function(a) return tostring(a) end tostring(setmetatable({},m))
            """),
        HostileScript("recursion caught forever", ends: "cpu",
            """
            local m={} m.__len=function(a) return #a end local x=setmetatable({},m) while true do
            pcall(function() return #x end) end
            """),
        HostileScript("select count", ends: "memory",
            """
            local t={} for i=1,9e5 do t[i]=1 end while true do select('#', table.unpack(t)) end
            """),
        HostileScript("select negative", ends: "memory",
            """
            local t={} for i=1,5e5 do t[i]=1 end while true do select(-4e5, table.unpack(t)) end
            """),
        HostileScript("vararg big", ends: "memory",
            """
            local t={} for i=1,2e5 do t[i]=i end local function f(...) return select('#',...) end while true
            do f(table.unpack(t)) end
            """),
        HostileScript("table ctor vararg", ends: "memory",
            """
            local function f(...) return {...} end local t={} for i=1,2e5 do t[i]=i end while true do
            f(table.unpack(t)) end
            """),
        HostileScript("next invalid", ends: "done",
            """
            local t={} for i=1,1000 do t['k'..i]=i end for k in next,t do t[k]=nil t['x'..k]=1 end
            """),
        HostileScript("pairs adding", ends: "done", "local t={a=1} for k in pairs(t) do t[k..'x']=1 end"),
        HostileScript("next foreign", ends: "cpu", "while true do pcall(next,{}, {}) pcall(next,{1,2,3},'x') end"),
        HostileScript("many keys pairs", ends: "memory",
            """
            local t={} for i=1,1e5 do t['k'..i]=1 end while true do for _ in pairs(t) do break end end
            """),
        HostileScript("sort huge", ends: "cpu",
            """
            local t={} for i=1,3e5 do t[i]=i%17 end while true do table.sort(t) end
            """),
        HostileScript("sort zeros strings", ends: "cpu",
            """
            local t={} local p=('\\0'):rep(3e4) for i=1,200 do t[i]=p..(i*7919%211) end while true do
            table.sort(t) end
            """),
        HostileScript("remove front", ends: "cpu",
            """
            local t={} for i=1,3e5 do t[i]=i end while true do table.remove(t,1) t[#t+1]=1 end
            """),
        HostileScript("move overlapping", ends: "cpu",
            """
            local t={} for i=1,2e5 do t[i]=i end while true do table.move(t,1,2e5,2) end
            """),
        HostileScript("close many", ends: "cpu",
            """
            local function f(n) if n==0 then while true do end end local x<close> = setmetatable({},
            {__close=function() end}) return f(n-1), 1 end f(150)
            """),
        HostileScript("close chain of many", ends: "cpu",
            """
            local m={__close=function() end} local s={} for i=1,190 do s[i]='local a'..i..' <close> = x' end
            local f=load('local x=... '..table.concat(s,' ')) while true do f(setmetatable({},m)) end
            """),
        HostileScript("traceback deep", ends: "cpu",
            """
            local function f(n) if n==0 then while true do debug.traceback() end end return 1+f(n-1) end
            f(1e4)
            """),
        HostileScript("traceback big message", ends: "memory",
            """
            local s=('x'):rep(3e6) while true do debug.traceback(s) end
            """),
        HostileScript("error string big", ends: "memory", "error(('x'):rep(9e6))"),
        HostileScript("error levels", ends: "cpu", "while true do pcall(error,'x',1e9) pcall(error,'x',-1) end"),
        HostileScript("date long", ends: "recipe", "local f=('%c'):rep(2e5) while true do os.date(f,1) end"),
        HostileScript("date odd", ends: "done",
            """
            for i=0,255 do pcall(os.date,'%'..string.char(i),1) pcall(os.date,'%E'..string.char(i),1)
            pcall(os.date,'%O'..string.char(i),1) end pcall(os.date,'%') pcall(os.date, '!*t\\0')
            """),
        HostileScript("time odd", ends: "done",
            """
            for _,v in ipairs{1/0,-1/0,0/0,1<<62,-1<<62,'x',2^53} do
            pcall(os.time,{year=v,month=v,day=v,hour=v}) pcall(os.time,{year=2000,month=v,day=1})
            pcall(os.date,'%c',v) end
            """),
        HostileScript("random ranges", ends: "done",
            """
            for _,v in ipairs{0,1,-1,math.mininteger,math.maxinteger,1/0,0/0} do for _,w in
            ipairs{0,1,-1,math.mininteger,math.maxinteger,1/0,0/0} do pcall(math.random,v,w)
            pcall(math.random,v) pcall(math.randomseed,v,w) end end
            math.random(math.mininteger,math.maxinteger)
            """),
        HostileScript("json deep", ends: "depth", "local t={} for i=1,2e5 do t={t} end json(t)"),
        HostileScript("json decode bomb", ends: "cpu", "while true do pcall(json, ('['):rep(1e6)) end"),
        HostileScript("for overflow", ends: "done",
            """
            for i=math.maxinteger-1,math.maxinteger do end for i=math.mininteger,math.mininteger+1,1 do end
            pcall(function() for i=1,10,0 do end end)
            """),
        HostileScript("path long", ends: "done", "local ok,e=pcall(function() return b24[('x'):rep(5e6)]() end)"),
    ]
}
