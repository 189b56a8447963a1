recipe { name = "ticks", limits = { calls = 5, cpu = "2s" }, retry = { max = 3 } }

on("go", function() return "by hand" end)

every("@daily", { tz = "Europe/Berlin", title = "Sums up the day" }, function(event)
  return { event.name, math.type(event.data.at) }
end)

every("*/15 9-18 * * 1-5", function(event) return event.name end)
