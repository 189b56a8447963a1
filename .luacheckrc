-- What a recipe may use: the whitelisted part of Lua, and what `host help lua` lists.
std = {
   globals = {},
   read_globals = {
      -- The whitelisted part of Lua 5.4.
      "_VERSION", "assert", "error", "getmetatable", "ipairs", "load", "next", "pairs", "pcall", "print",
      "rawequal", "rawget", "rawlen", "rawset", "require", "select", "setmetatable", "tonumber", "tostring",
      "type", "xpcall",
      coroutine = {other_fields = true},
      debug = {fields = {"traceback"}},
      math = {other_fields = true},
      os = {fields = {"clock", "date", "difftime", "time"}},
      string = {other_fields = true},
      table = {other_fields = true},
      utf8 = {other_fields = true},

      -- Declaring.
      "every", "on", "recipe",

      -- Doing.
      "ref", "sleep", "uuid",
      b24 = {other_fields = true},
      balance = {other_fields = true},
      json = {other_fields = true},
      log = {other_fields = true},
      phone = {other_fields = true},
      slots = {other_fields = true},
      store = {other_fields = true},
      time = {other_fields = true},
      vars = {other_fields = true},

      -- The run, and how the recipe is set.
      run = {other_fields = true},
      settings = {other_fields = true},
   },
}
max_line_length = 120
