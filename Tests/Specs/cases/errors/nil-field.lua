local deal = {}
print(deal.contact.name)
