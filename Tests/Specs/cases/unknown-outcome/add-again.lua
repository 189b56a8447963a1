b24.crm.contact.add { fields = { NAME = "Twice" } }
print("done")
