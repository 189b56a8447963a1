recipe { name = "scoped", scopes = { "crm", "im" } }
print(b24.crm.deal.list {})
