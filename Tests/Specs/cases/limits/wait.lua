sleep("10s")
