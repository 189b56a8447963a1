-- What the runs of dispatch.py do: one call each; or, for the floor, none, or one batch of fifty; or the whole burst;
-- or all the calls one after another, as a client does that does not pack.
on("call", function(event) return b24.crm.deal.get({ id = event.data.id }).ID end)

on("none", function(event) return tostring(event.data.id) end)

on("batch", function()
    local commands = {}
    for n = 1, 50 do commands["c" .. n] = { "crm.deal.get", { id = n % 15 + 1 } } end
    return b24.batch(commands).c1.ID
end)

on("spend", function()
    for _ = 1, 46 do b24.user.current() end
    return "1"
end)

on("one_by_one", function(event)
    for n = 1, event.data.calls do assert(b24.crm.deal.get({ id = n % 15 + 1 }).ID == tostring(n % 15 + 1)) end
    return "1"
end)
