-- Adds so many leads and tells how many have an identifier of their own.
recipe {
  name = "adds",
  settings = { first = { type = "integer", default = 1 }, count = { type = "integer", default = 10000 } },
}
local leads = {}
for place = 1, settings.count do
  local i = settings.first + place - 1
  leads[place] = { fields = { TITLE = "Lead " .. i, NAME = "Name " .. i, SOURCE_ID = "WEB", OPPORTUNITY = i % 900 } }
end
local seen, count = {}, 0
for _, id in ipairs(b24.many("crm.lead.add", leads, { once = true })) do
  if not seen[id] then
    seen[id], count = true, count + 1
  end
end
print(count)
