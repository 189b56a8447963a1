for _, name in ipairs {
  "io", "os.execute", "os.exit", "os.getenv", "package", "dofile", "collectgarbage", "debug.sethook",
} do
  local value = _ENV
  for part in name:gmatch("%w+") do value = value and value[part] end
  print(name .. ": " .. tostring(value))
end
