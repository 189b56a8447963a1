-- Calls two methods of Bitrix24 and says what they answered.

local me = b24.user.current {}
print("Hello, " .. me.NAME .. "! These deals are new:")

for deal in b24.each("crm.deal.list", {
  filter = { STAGE_ID = "NEW" },
  select = { "ID", "TITLE", "OPPORTUNITY", "CURRENCY_ID" },
}) do
  print(("  %s: %s %s"):format(deal.TITLE, deal.OPPORTUNITY, deal.CURRENCY_ID))
end
