b24.crm.lead.list {}
