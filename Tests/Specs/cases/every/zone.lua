every("@daily", { tz = "Europe/Berln" }, function() end)
