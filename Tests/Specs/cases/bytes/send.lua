json.encode { name = "a\xFF" }
