/// More of what means harm: work of Lua's collector and of its parser. Each is stopped in time or harmless.
extension HostileScript {
    static let collector = [
        HostileScript(
            "ephemeron one table", ends: "cpu",
            """
            local e=setmetatable({}, {__mode='k'})
            local n=60000 local k={} for i=1,n do k[i]={} end
            for i=n,2,-1 do local j=math.random(i) k[i],k[j]=k[j],k[i] end
            for i=1,n-1 do e[k[i]]=k[i+1] end
            local head=k[1] k=nil
            while true do local x={} end
            """),
        HostileScript(
            "ephemeron mode set later", ends: "cpu",
            """
            local m={} local e=setmetatable({}, m) m.__mode='k'
            local n=60000 local k={} for i=1,n do k[i]={} end
            for i=n,2,-1 do local j=math.random(i) k[i],k[j]=k[j],k[i] end
            for i=1,n-1 do e[k[i]]=k[i+1] end
            local head=k[1] k=nil
            while true do local x={} end
            """),
        HostileScript(
            "ephemeron many tables", ends: "cpu",
            """
            local m={}
            local n=20000 local k,e={},{} for i=1,n do k[i]={} e[i]=setmetatable({}, m) end m.__mode='k'
            for i=n,2,-1 do local j=math.random(i) k[i],k[j]=k[j],k[i] end
            for i=1,n-1 do e[i][k[i]]=k[i+1] end
            local head=k[1] k=nil
            while true do local x={} end
            """),
        HostileScript(
            "lists of next chained", ends: "cpu",
            """
            local n=3000 local k={} for i=1,n do local t={} for j=1,40 do t['k'..j]=1 end k[i]=t end
            for i=n,2,-1 do local j=math.random(i) k[i],k[j]=k[j],k[i] end
            for i=1,n-1 do k[i].zz=nil k[i][k[i+1]]=1 next(k[i]) next(k[i],'k1') k[i][k[i+1]]=nil end
            local head=k[1] k=nil
            while true do local x={} end
            """),
        HostileScript(
            "gc live", ends: "memory",
            """
            local t={} for i=1,1.2e5 do t[i]={} end while true do local x=('y'):rep(2e6) end
            """),
        HostileScript(
            "int key collisions", ends: "cpu",
            """
            local t={} local s=(1<<17)-1 for i=1,1e5 do t[i*s]=i end while true do end
            """),
        HostileScript(
            "int key collisions2", ends: "cpu",
            """
            local t={} for i=1,6e4 do t[i*65535]=i end local n=0 while true do end
            """),
        HostileScript("call cycle", ends: "cpu", "local t=setmetatable({}, {}) getmetatable(t).__call=t t()"),
    ]

    static let parser = [
        HostileScript("load big text", ends: "memory", "local s=('x=1 '):rep(3e6) while true do load(s) end"),
        HostileScript("load big comment", ends: "memory", "local s='--'..('x'):rep(12e6) while true do load(s) end"),
        HostileScript(
            "load reader", ends: "memory",
            """
            local n=0 local p=('x=1 '):rep(1000) load(function() n=n+1 if n<3000 then return p end end)
            """),
        HostileScript(
            "load big string literal", ends: "memory",
            """
            local s='return "'..('x'):rep(5e6)..'"' while true do load(s) end
            """),
        HostileScript(
            "load long bracket", ends: "memory",
            """
            local s='return [['..('x'):rep(3e6)..']]' while true do assert(load(s)) end
            """),
        HostileScript(
            "load many constants", ends: "memory",
            """
            local t={} for i=1,2e5 do t[i]='x='..i..'.5' end load(table.concat(t,' ')) while true do end
            """),
        HostileScript(
            "load many locals", ends: "memory",
            """
            local t={} for i=1,1e5 do t[i]='do local a'..i..'='..i..' end' end load(table.concat(t,' '))
            while true do end
            """),
        HostileScript(
            "load gotos", ends: "cpu",
            """
            local t={} for i=1,30000 do t[i]='goto a'..i end for i=1,30000 do t[#t+1]='::a'..i..'::' end
            load(table.concat(t,' ')) while true do end
            """),
        HostileScript(
            "load gotos pending", ends: "cpu",
            """
            local t={} for i=1,200000 do t[i]='goto a' end t[#t+1]='::a::' load(table.concat(t,' ')) while
            true do end
            """),
        HostileScript(
            "load gotos nested", ends: "cpu",
            """
            local t={} for i=1,60000 do t[i]='do goto a end' end load(table.concat(t,' ')) while true do end
            """),
        HostileScript(
            "load labels", ends: "cpu",
            """
            local t={} for i=1,30000 do t[i]='::a'..i..'::' end load(table.concat(t,' ')) while true do end
            """),
        HostileScript(
            "load breaks", ends: "cpu",
            """
            load('while 1 do '..('break '):rep(1e5)..' end') while true do end
            """),
        HostileScript(
            "load functions", ends: "cpu",
            """
            load(('local function f() end '):rep(199)..('function g() end '):rep(50000)) while true do end
            """),
        HostileScript(
            "load upvalues", ends: "cpu",
            """
            local t={} for i=1,190 do t[i]='local a'..i end t[#t+1]='return function() return function() '
            for i=1,190 do t[#t+1]='a'..i..'=1' end t[#t+1]=' end end' local s=table.concat(t,' ') while
            true do load(s) end
            """),
        HostileScript(
            "load elseif", ends: "cpu",
            """
            load('if x then '..('elseif x then '):rep(2e5)..' end') while true do end
            """),
        HostileScript(
            "load elseif more", ends: "memory",
            """
            load('if x then '..('elseif x then '):rep(7e5)..' end') while true do end
            """),
        HostileScript("load and or", ends: "cpu", "load('return '..('a and '):rep(3e5)..'a') while true do end"),
        HostileScript(
            "load concat", ends: "cpu",
            """
            load('return '..('a .. '):rep(250)..'a') load('return '..('a .. '):rep(1e5)..'a') while true do
            end
            """),
        HostileScript("load plus", ends: "memory", "load('return '..('a + '):rep(1e6)..'a') while true do end"),
        HostileScript("load not", ends: "cpu", "load('return '..('not '):rep(1e6)..'a') while true do end"),
        HostileScript("load minus", ends: "cpu", "load('return '..('- '):rep(1e6)..'a') while true do end"),
        HostileScript(
            "load parens", ends: "cpu",
            """
            load('return '..('('):rep(190)..'1'..(')'):rep(190)) while true do load(('('):rep(1e5)) end
            """),
        HostileScript("load braces", ends: "cpu", "while true do load('return '..('{'):rep(1e5)) end"),
        HostileScript("load calls chain", ends: "cpu", "load('f'..('()'):rep(1e6)) while true do end"),
        HostileScript("load index chain", ends: "cpu", "load('return a'..('.b'):rep(1e6)) while true do end"),
        HostileScript("load ctor", ends: "cpu", "load('return {'..('1,'):rep(1e6)..'}') while true do end"),
        HostileScript("load args", ends: "cpu", "load('f('..('1,'):rep(1e6)..'1)') while true do end"),
        HostileScript(
            "load nested functions", ends: "cpu",
            """
            load(('return function() '):rep(150)..('end '):rep(150))
            while true do load(('return function() '):rep(1e4)) end
            """),
    ]
}
