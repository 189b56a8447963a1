local deal = b24.crm.deal.get { id = 1 }
b24.crm.deal.update { id = deal.ID, fields = { STAGE_ID = "PREPARATION" } }
b24.crm.timeline.comment.add { fields = { ENTITY_ID = deal.ID, ENTITY_TYPE = "deal", COMMENT = "Moved" } }
