for _ = 1, 3 do b24.profile() end
