b24.crm.deal.lst {}
