b24.crm.deal.get { id = 1 }
