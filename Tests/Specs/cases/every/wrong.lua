-- An hour that no clock has.

every("0 25 * * *", function() end)
