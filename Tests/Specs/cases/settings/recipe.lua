#!/usr/bin/env -S host run
recipe {
  name = "settings-spec",
  settings = {
    before = { type = "string" },
    key    = { type = "secret" },
  },
}

print("before", settings.before)
print("key", settings.key)
print(settings[WHICH or "befor"])
