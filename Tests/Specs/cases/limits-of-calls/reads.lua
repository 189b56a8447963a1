for _ = 1, 10 do b24.profile {} end
