b24.crm.contact.add { fields = { NAME = "Once" } }
