-- A recipe that listens to what comes in, and does nothing.
recipe { name = "listener" }

on("ONCRMDEALUPDATE", function() end)
