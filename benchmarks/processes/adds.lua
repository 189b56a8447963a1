-- Adds 10 000 leads and tells how many have an identifier of their own.
local leads = {}
for i = 1, 10000 do
  leads[i] = { fields = { TITLE = "Lead " .. i, NAME = "Name " .. i, SOURCE_ID = "WEB", OPPORTUNITY = i % 900 } }
end
local seen, count = {}, 0
for _, id in ipairs(b24.many("crm.lead.add", leads, { once = true })) do
  if not seen[id] then
    seen[id], count = true, count + 1
  end
end
print(count)
