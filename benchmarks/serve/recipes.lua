-- What `host serve` runs in the benchmarks, a handler for each measurement.
recipe { name = "benchmark" }

on("empty", function() return true end)

on("store", function(event)
    store.set("last", event.data.id)
    return event.data.id
end)

on("park", function() sleep("1d") end)
