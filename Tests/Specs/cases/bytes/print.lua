print("a\0b\xFF")
