recipe { name = "settings", settings = { count = { type = "integer", required = true, help = "how many" } } }
print(settings.count)
