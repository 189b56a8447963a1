-- Tells the manager each evening what is open and who has it.

recipe {
  name = "nightly-report",
  title = "Reports the open deals by responsible employee",
  scopes = { "crm", "user", "im" },
  settings = {
    manager_id = { type = "integer", default = 1, help = "user who gets the report" },
  },
}

-- Deals and money by employee.
local totals = {}
for deal in b24.each("crm.deal.list", {
  filter = { CLOSED = "N" },
  select = { "ID", "OPPORTUNITY", "ASSIGNED_BY_ID" },
}) do
  local total = totals[deal.ASSIGNED_BY_ID] or { deals = 0, money = 0 }
  total.deals = total.deals + 1
  total.money = total.money + (tonumber(deal.OPPORTUNITY) or 0)
  totals[deal.ASSIGNED_BY_ID] = total
end

-- The names of all of them, however many, in as few requests as there are pages.
local rows = {}
for user in b24.each("user.get", {}) do
  local total = totals[user.ID]
  if total then
    rows[#rows + 1] = {
      name = user.NAME .. " " .. user.LAST_NAME,
      deals = total.deals,
      money = total.money,
    }
  end
end
table.sort(rows, function(a, b)
  if a.deals ~= b.deals then return a.deals > b.deals end
  return a.name < b.name
end)

local lines = { "Open deals tonight:" }
for _, row in ipairs(rows) do
  lines[#lines + 1] = ("%3d  %9.2f  %s"):format(row.deals, row.money, row.name)
end
local report = table.concat(lines, "\n")

print(report)
b24.im.notify.personal.add { USER_ID = settings.manager_id, MESSAGE = report }
