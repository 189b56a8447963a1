recipe { name = "greet" }

on("greet", { input = { name = { type = "string", required = true } } }, function(event)
  return { text = "Hello, " .. event.data.name }
end)

on("leave", function() return { text = "Goodbye" } end)
