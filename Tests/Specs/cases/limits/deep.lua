local value = {}
for _ = 1, 10000 do value = { value } end
json.encode(value)
