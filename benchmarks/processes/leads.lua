-- Reads every lead of a portal and counts them.
local count = 0
for _ in b24.each("crm.lead.list", { select = { "*", "UF_*" } }) do
  count = count + 1
end
print(count)
