recipe { name = "keep", settings = { who = { type = "string" } } }

print("kept " .. tostring(store.get("who")) .. ", now " .. settings.who)
store.set("who", settings.who)
