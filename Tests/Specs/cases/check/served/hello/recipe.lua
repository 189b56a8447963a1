recipe {
  name = "hello",
  scopes = { "crm", "im" },
  settings = { greeting = { type = "string", required = true }, minutes = { type = "integer", default = 60 } },
  limits = { cpu = "2s" },
}

on("ONCRMDEALADD", function(event) log.info(settings.greeting .. event.name) end)
