recipe { name = "hello", settings = { name = { type = "string", default = "world" } } }

print("Hello, " .. settings.name)
