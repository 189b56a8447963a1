-- Finds the contact with a phone number, or makes one; never makes the same contact twice.

recipe {
  name = "find-or-create-contact",
  title = "Finds or creates a contact",
  scopes = { "crm" },
  settings = {
    name = { type = "string", default = "New contact", help = "name of a contact that has to be made" },
    phone = { type = "string", required = true, help = "phone number to look for" },
    region = { type = "string", default = "US", help = "country of a number written without one" },
  },
}

-- Numbers are kept in one form, +12025550130, or the same person is not found again.
local number = phone.e164(settings.phone, settings.region)
if not number then
  error("'" .. settings.phone .. "' is not a phone number of " .. settings.region)
end

local found = b24.crm.duplicate.findbycomm {
  entity_type = "CONTACT",
  type = "PHONE",
  values = { number },
}
local id = found.CONTACT and found.CONTACT[1]

if id then
  local contact = b24.crm.contact.get { id = id }
  print(("%s is contact %d, %s %s."):format(number, id, contact.NAME, contact.LAST_NAME or ""))
else
  id = b24.crm.contact.add {
    fields = {
      NAME = settings.name,
      PHONE = { { VALUE = number, VALUE_TYPE = "WORK" } },
    },
  }
  print(("%s was not known; %s is now contact %d."):format(number, settings.name, id))
end
