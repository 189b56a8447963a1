on("rename", function(event)
  local deal = b24.crm.deal.get { id = event.data.id }
  print("was " .. deal.TITLE)
  b24.crm.deal.update { id = deal.ID, fields = { TITLE = "Renamed" } }
  return { renamed = true }
end)
