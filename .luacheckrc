-- What a recipe may use: `host help lua` lists the same names.
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
      "emit", "every", "on", "recipe",

      -- Doing.
      "parallel", "ref", "sleep", "uuid",
      b24 = {other_fields = true},
      balance = {other_fields = true},
      http = {other_fields = true},
      json = {other_fields = true},
      llm = {other_fields = true},
      log = {other_fields = true},
      phone = {other_fields = true},
      slots = {other_fields = true},
      store = {other_fields = true},
      time = {other_fields = true},
      vars = {other_fields = true},

      -- What woke the recipe, and how it is set.
      event = {other_fields = true},
      run = {other_fields = true},
      settings = {other_fields = true},
   },
}
max_line_length = 120

-- Tests of recipes have words of their own.
files["**/*_test.lua"].read_globals = {
   "expect", "fire", "test",
   clock = {other_fields = true},
   portal = {other_fields = true},
}
