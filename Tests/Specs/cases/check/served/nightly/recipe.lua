every("0 3 * * *", { tz = "Europe/Berlin" }, function() log.info("night") end)
