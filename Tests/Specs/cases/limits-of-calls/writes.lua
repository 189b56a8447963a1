for _ = 1, 5 do b24.crm.contact.add { fields = { NAME = "Extra" } } end
