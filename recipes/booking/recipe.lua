-- Books appointments in a Bitrix24 calendar and hands the resulting deal to the least busy employee.
--
-- Three events make a conversation:
--   get_available_slots   which times are free?
--   book_slot             take this one, for this customer
--   session_ended         the customer has gone: open a deal for what was booked
--
-- Every handler answers with `text`, a sentence an assistant can say aloud, and with plain data.

recipe {
  name   = "booking",
  title  = "Books appointments and opens deals",
  scopes = { "calendar", "crm", "user" },
  settings = {
    bitrix_owner_id = {
      type = "integer", default = 1,
      help = "user whose calendar is booked",
    },
    bitrix_duration = {
      type = "integer", default = 60,
      help = "length of an appointment in minutes",
    },
    bitrix_availability_days = {
      type = "integer", default = 1,
      help = "how many days after today to offer, besides today",
    },
    bitrix_employee_position_name = {
      type = "string", default = "cleaner",
      help = "position of the employees who may be given deals",
    },
    bitrix_create_deal_on_conversation_end = {
      type = "boolean", default = true,
      help = "open a deal when a conversation with a booking ends",
    },
    bitrix_enable_slot_check = { type = "boolean", default = true, help = "answer questions about free times" },
    bitrix_enable_booking    = { type = "boolean", default = true, help = "take bookings" },
    phone_region = { type = "string", default = "US", help = "country of phone numbers written without one" },
  },
}

local DAYS_TO_SPEAK_OF = 3

local function say(text, data)
  data = data or {}
  data.text = text
  return data
end

local function calendar(extra)
  local options = {
    owner    = settings.bitrix_owner_id,
    duration = settings.bitrix_duration,
    days     = settings.bitrix_availability_days,
  }
  for key, value in pairs(extra or {}) do options[key] = value end
  return options
end

-- "Monday 23 November at 10:00 or 11:00; Tuesday …": short enough to be said.
local function spoken(free)
  local days, by_day = {}, {}
  for _, slot in ipairs(free) do
    if not by_day[slot.day] then
      by_day[slot.day] = {}
      days[#days + 1] = slot.day
    end
    table.insert(by_day[slot.day], slot.time)
  end
  local parts = {}
  for i = 1, math.min(#days, DAYS_TO_SPEAK_OF) do
    parts[i] = days[i] .. " at " .. table.concat(by_day[days[i]], ", ")
  end
  return table.concat(parts, "; ")
end

on("get_available_slots", {
  title = "Lists the free appointment times",
  input = {
    date  = { type = "string", help = "only this day, YYYY-MM-DD" },
    part  = { type = "string", help = "morning, afternoon or evening" },
    limit = { type = "integer", help = "at most so many" },
  },
}, function(event)
  if not settings.bitrix_enable_slot_check then
    return say("I cannot look into the calendar here.", { slots = json.array {} })
  end
  local free = slots.open(calendar { date = event.data.date, part = event.data.part, limit = event.data.limit })
  if #free == 0 then
    return say("There is no free time in that period. Would another day suit you?", { slots = json.array {} })
  end
  return say("I can offer " .. spoken(free) .. ".", { slots = free })
end)

-- The contact with this phone, else the one with this e-mail, else nil.
local function find_contact(phone_number, email)
  local commands = {}
  if phone_number then
    commands.by_phone = { "crm.duplicate.findbycomm",
      { type = "PHONE", values = { phone_number }, entity_type = "CONTACT" } }
  end
  if email then
    commands.by_email = { "crm.duplicate.findbycomm",
      { type = "EMAIL", values = { email }, entity_type = "CONTACT" } }
  end
  local found = b24.batch(commands)
  for _, name in ipairs { "by_phone", "by_email" } do
    local ids = found[name] and found[name].CONTACT
    if ids and ids[1] then return math.tointeger(ids[1]) end
  end
end

local function new_contact(name, number, email)
  local first, last = name:match("^%s*(%S+)%s+(.-)%s*$")
  return {
    NAME      = first or name,
    LAST_NAME = last,
    PHONE     = number and { { VALUE = number, VALUE_TYPE = "WORK" } } or nil,
    EMAIL     = email and { { VALUE = email, VALUE_TYPE = "WORK" } } or nil,
  }
end

on("book_slot", {
  title = "Books one appointment",
  input = {
    session_id = { type = "string", required = true, help = "the conversation this booking belongs to" },
    start      = { type = "string", required = true, help = "its start, as get_available_slots gave it" },
    name       = { type = "string", required = true, help = "the customer's name" },
    phone      = { type = "string", help = "the customer's phone number" },
    email      = { type = "string", help = "the customer's e-mail address" },
    service    = { type = "string", help = "what is booked" },
  },
}, function(event)
  if not settings.bitrix_enable_booking then return say("I cannot take bookings here.", { booked = false }) end

  local customer = event.data
  local number = phone.e164(customer.phone, settings.phone_region)
  if customer.phone and not number then
    return say("That phone number does not look complete. Could you repeat it?", { booked = false, reason = "phone" })
  end
  if not number and not customer.email then
    return say("May I have a phone number or an e-mail address?", { booked = false, reason = "contact" })
  end

  local slot = slots.fits(calendar { start = customer.start })
  if not slot.fits then
    local offer = #slot.nearest > 0 and " I could offer " .. spoken(slot.nearest) .. " instead." or ""
    return say("That time is not free." .. offer, { booked = false, reason = slot.reason, slots = slot.nearest })
  end

  -- One request writes both: the event refers to the contact that the same request may create.
  local contact = find_contact(number, customer.email)
  local service = customer.service or "Appointment"
  local made = b24.batch {
    contact = not contact and { "crm.contact.add", {
      fields = new_contact(customer.name, number, customer.email),
    } } or nil,
    event = { "calendar.event.add", {
      type = "user", ownerId = settings.bitrix_owner_id, auto_detect_section = "Y",
      name = service .. ": " .. customer.name,
      from = slot.start, to = slot.finish, timezone_from = slot.zone, timezone_to = slot.zone,
      accessibility = "busy",
      crm_fields = { contact and "C_" .. contact or ref("contact", "C_") },
    } },
  }

  local booking = {
    contact = contact or made.contact, event = made.event, name = customer.name, service = service,
    start = slot.start, finish = slot.finish,
  }
  store.set("session:" .. customer.session_id, booking)
  log.info("booked", { event = booking.event, contact = booking.contact, new_contact = not contact })
  return say(("You are booked for %s at %s."):format(slot.day, slot.time), {
    booked = true, event_id = booking.event, contact_id = booking.contact, new_contact = not contact,
    start = slot.start, finish = slot.finish,
  })
end)

on("session_ended", {
  title = "Opens a deal for what this conversation booked",
  input = { session_id = { type = "string", required = true, help = "the conversation that ended" } },
}, function(event)
  if not settings.bitrix_create_deal_on_conversation_end then
    return { deal_created = false, reason = "switched off" }
  end

  local session = event.data.session_id
  local key = "session:" .. session
  local booking = store.get(key)
  if not booking then return { deal_created = false, reason = "nothing was booked" } end
  if booking.deal then return { deal_created = false, reason = "the deal exists", deal_id = booking.deal } end

  local position = settings.bitrix_employee_position_name
  local employee = balance.least_busy { position = position }
  if not employee then log.warn("nobody has the position " .. position .. ": the deal goes to the calendar's owner") end

  booking.deal = b24.crm.deal.add { fields = {
    TITLE          = booking.service .. ": " .. booking.name,
    STAGE_ID       = "NEW",
    CONTACT_IDS    = { booking.contact },
    ASSIGNED_BY_ID = employee and employee.id or settings.bitrix_owner_id,
    -- A session has one deal; with these two it can be found again.
    ORIGINATOR_ID  = "host/booking",
    ORIGIN_ID      = session,
  } }
  store.set(key, booking)
  return {
    deal_created = true, deal_id = booking.deal,
    assigned_to = employee and employee.name or json.null,
    open_deals_before = employee and employee.open_deals or json.null,
    text = employee and ("The deal goes to %s, who has %d open."):format(employee.name, employee.open_deals)
      or "The deal goes to the calendar's owner.",
  }
end)
