while true do print("and another thing") end
