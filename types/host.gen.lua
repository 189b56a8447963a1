---@meta

b24 = b24 or {}

---Calls a REST method by name and returns its `result` untouched.
---Cost: one request.
---Fails: the method is unknown
---Fails: the portal refuses
---Fails: once, where records have no origin
---```lua
---local deals, page = b24.call("crm.deal.list", { filter = { STAGE_ID = "NEW" } })
---```
---@param method string such as "crm.deal.list", in any letter case
---@param parameters? table the method's parameters
---@param options? table v3 = true: REST 3.0; once = true: adds no record twice, as b24.many; unknown = true: call a method that the host does not know
---@return any result what the method answered
---@return table page total, next and time, as far as the portal gave them
function b24.call(method, parameters, options) end

---Calls several methods in one request; later ones may use results of earlier ones by `ref`.
---Cost: one request for 50 commands.
---Fails: a command fails
---Fails: a method is unknown
---Fails: a reference leads nowhere
---```lua
---b24.batch { d = { "crm.deal.get", { id = 1 } },
---  c = { "crm.contact.get", { id = ref "d.CONTACT_ID" } } }
---```
---@param commands table name = { "method", { parameters } }, or a list of such pairs
---@param options? table partial = true: return failures beside the results instead of raising the first one; v3 = true: REST 3.0, all or nothing
---@return table results the useful part of each command's result, under its name
---@return table failures with partial: the failures, under the commands' names
function b24.batch(commands, options) end

---Calls one method for every item of a list, packed by 50, and tells what became of each.
---Cost: one request for 50 items; with REST 3.0 one for each.
---Fails: any item fails, after all have been tried; the error's failures say which
---Fails: once, where records have no origin
---Fails: the method is unknown
---```lua
---local ids = b24.many("crm.lead.add", { { fields = { TITLE = "A" } } }, { once = true })
---```
---@param method string such as "crm.lead.add"
---@param list table the parameters of each call: { { fields = { … } }, … }
---@param options? table once = true: no record twice, also when answers are lost or, with origins of your own, the recipe is run again; partial = true: return failures beside the results instead of raising; v3 = true: REST 3.0
---@return table results the useful part of each result, in the list's order; json.null for a failure
---@return table failures with partial: { item, code, message, retryable, uncertain, hint } of each item that failed
function b24.many(method, list, options) end

---Iterates over every row of a list, however many there are: none twice, none lost.
---Cost: one request for 50 rows, then one for 2450 where the method can be read by identifier, nine at once.
---Fails: the method is no list
---Fails: the portal refuses
---```lua
---for deal in b24.each("crm.deal.list", { filter = { CLOSED = "N" } }) do print(deal.TITLE) end
---```
---@param method string a list method, such as "crm.deal.list"
---@param parameters? table filter, select and the like; order and start choose slower paging
---@return function iterator for row in …
function b24.each(method, parameters) end

---Every row of a list in one table; for long lists b24.each needs less memory.
---Cost: as b24.each.
---Fails: the method is no list
---Fails: the portal refuses
---Fails: the rows do not fit into memory
---```lua
---local users = b24.all("user.get")
---```
---@param method string a list method, such as "crm.deal.list"
---@param parameters? table filter, select and the like; order and start choose slower paging
---@return table rows a list of rows
function b24.all(method, parameters) end

---Calls a method that takes files, each in the shape the method wants.
---Cost: one request; two for a large file to Drive or of a call's record.
---Fails: a file cannot be read
---Fails: the method is unknown
---Fails: the portal refuses
---```lua
---b24.upload("disk.folder.uploadFile", { id = 12, fileContent = file.read "offer.pdf" })
---```
---@param method string such as "disk.folder.uploadFile", in any letter case
---@param parameters table the method's parameters, with file.read or file.from where it documents a file or its content
---@return any result the useful part of what the method answered
---@return table page time, as far as the portal gave it
function b24.upload(method, parameters) end

---Downloads a file into the recipe's folder 'files', whole or not at all.
---Cost: one request, and one for the method.
---Fails: there is no link
---Fails: the link has expired
---Fails: the file is larger than the limit 'file'
---```lua
---local file = b24.download({ "disk.file.get", { id = 7 } }, "offer.pdf")
---```
---@param source any a method that answers with a link, as { "method", { parameters } }, asked again when the link has expired; or a link, or a record's file with one in it
---@param path string where to, inside the folder; a file that is there is replaced
---@param field? string the way to the file in the source, such as "ufCrm_7_OFFER.0"
---@return table file path and bytes
function b24.download(source, path, field) end

---Declares the recipe, once and first: its name, title, settings, scopes and bounds.
---Fails: a setting is missing or of another type
---Fails: a key is unknown
---Fails: the portal's grant lacks one of the scopes
---```lua
---recipe { name = "hello", settings = { greeting = { type = "string", default = "Hello" } } }
---```
---@param declaration table name, title, settings (type, default, required, help for each), scopes (a list), hosts (a list), limits (as --limit), retry (max, first, most), echoes
function recipe(declaration) end

---Handles an event: the function gets { name, data } and returns the reply.
---```lua
---on("ONCRMDEALADD", function(event) log.info("deal " .. event.data.FIELDS.ID) end)
---```
---@param event string the event's name
---@param options any the function, or a table first: title, input (fields as settings have them)
---@param handler? function the function, when options come first
function on(event, options, handler) end

---Calls the function when it is due; it gets { name, data = { at } }, at in seconds since 1970.
---Fails: the spec is no schedule, or never comes
---Fails: the zone is unknown
---```lua
---every("*/15 9-18 * * 1-5", { tz = "Europe/Berlin" }, function(event) log.info("due") end)
---```
---@param spec string five cron fields, or @hourly, @daily, @weekly, @monthly, @yearly
---@param options any the function, or a table first: tz (an IANA zone; UTC when left out), title
---@param handler? function the function, when options come first
function every(spec, options, handler) end

---A random identifier, version 4.
---```lua
---local key = uuid()
---```
---@return string id such as 7d4e1c52-90a8-4f0e-9b1d-8c6f1a2b3c4d
function uuid() end

---Stands for a part of an earlier command's result in `b24.batch`.
---```lua
---crm_fields = { ref("contact", "C_") }
---```
---@param path string the command's name and the way into its result: "u.UF_DEPARTMENT.0"; in REST 3.0 "t.*.id" is the field of all rows
---@param before? string text put before the value, such as "C_"
---@return table reference to be put where the value is wanted
function ref(path, before) end

slots = slots or {}

---The open appointment times: working hours less holidays and what the calendar holds.
---Cost: one request.
---Fails: an option makes no sense
---Fails: the calendar cannot be read
---```lua
---for _, slot in ipairs(slots.open { owner = 1, days = 3 }) do print(slot.day, slot.time) end
---```
---@param options table owner (user id, 1), duration (minutes, 60), step (minutes, the duration), days (after today, 1), date (YYYY-MM-DD, this day, within days), part (morning, afternoon, evening), buffer (minutes around appointments, 0), lead (minutes from now, 0), limit (200), zone (IANA; the calendar user's)
---@return table slots a list of { start, finish (ISO 8601), date, day, time, zone }
function slots.open(options) end

---Whether an appointment can be had at one time; if not, why, and the nearest times that are open.
---Cost: one request.
---Fails: start is no time
---Fails: an option makes no sense
---Fails: the calendar cannot be read
---```lua
---local slot = slots.fits { owner = 1, start = "2026-03-02T10:00:00+01:00" }
---```
---@param options table owner (user id, 1), duration (minutes, 60), step (minutes, the duration), days (after today, 1), date (YYYY-MM-DD, this day, within days), part (morning, afternoon, evening), buffer (minutes around appointments, 0), lead (minutes from now, 0), limit (200), zone (IANA; the calendar user's); start (ISO 8601), the time that is asked for
---@return table slot fits; start, finish, date, day, time, zone; when it does not fit also reason, message and nearest
function slots.fits(options) end

balance = balance or {}

---The active, present employee of a position who has the fewest open deals (stage NEW).
---Cost: two requests, seldom more, however many employees there are.
---Fails: more than 500 employees have such a position
---Fails: the portal refuses
---```lua
---local employee = balance.least_busy { position = "cleaner" }
---```
---@param options table position: as the employees' cards have it, in any letter case
---@return table employee id, name, open_deals and reason; nil when there is nobody
---@return string reason why there is nobody
function balance.least_busy(options) end

vars = vars or {}

---A text with its {{VARIABLES}} replaced; only what they name is read.
---Cost: one request, none when nothing has to be read.
---Fails: a variable is unknown
---Fails: a variable needs a record that was not given
---Fails: the portal refuses
---```lua
---local text = vars.render("Hi {{CONTACT_NAME}}", { deal = 12 })
---```
---@param text string such as "Hi {{CONTACT_NAME}}"; \\{{ stands for plain braces
---@param records? table whom it is about: deal, lead, invoice, task, contact (ids); zone (IANA) for dates
---@return string text the text; a variable without a value gives nothing
function vars.render(text, records) end

file = file or {}

---Stands for a file of the recipe's folder 'files'; its content goes straight from the disk.
---Fails: the path leads out of the folder
---```lua
---b24.upload("crm.item.update", { entityTypeId = 2, id = 7,
---  fields = { ufCrm_7_OFFER = file.read "offer.pdf" } })
---```
---@param path string inside the folder 'files' beside the recipe, or in the one given by --files
---@param name? string what the portal is to call it; else the path's last part
---@return table file to be put where b24.upload's method takes a file
function file.read(path, name) end

---Makes a file of bytes that are at hand.
---```lua
---local report = file.from("report.csv", "id;title\n7;Roof\n")
---```
---@param name string what the portal is to call it
---@param bytes string its content
---@return table file to be put where b24.upload's method takes a file
function file.from(name, bytes) end

store = store or {}

---A value this recipe stored earlier.
---```lua
---local booking = store.get("session:" .. id)
---```
---@param key string at most 512 bytes
---@return any value the value, or nil
function store.get(key) end

---Stores a value under a key; nil deletes it.
---Fails: the value is too large, or no plain data
---```lua
---store.set("session:" .. id, { deal = 12 })
---```
---@param key string at most 512 bytes
---@param value any any plain value, at most 1 MB as JSON
function store.set(key, value) end

---Deletes a key; an absent one is no error.
---```lua
---store.delete("session:" .. id)
---```
---@param key string at most 512 bytes
function store.delete(key) end

---The keys that begin with a prefix, in byte order.
---```lua
---for _, key in ipairs(store.keys("session:")) do print(key) end
---```
---@param prefix? string all keys when left out
---@return table keys a list of strings
function store.keys(prefix) end

---Stores a value only while the old one is still there: the step of an atomic change.
---```lua
---if store.swap("lock", nil, run.id) then work() end
---```
---@param key string at most 512 bytes
---@param expected any the value that must be stored now; nil for none
---@param value any the new value; nil deletes
---@return boolean done false when somebody else was first
function store.swap(key, expected, value) end

---Changes a value, losing nobody else's change; the function may run more than once.
---Fails: what the function raises: nothing is changed then
---```lua
---store.update("count", function(n) return (n or 0) + 1 end)
---```
---@param key string at most 512 bytes
---@param change function gets the value (or nil), returns the new one; nil deletes
---@return any value the new value
function store.update(key, change) end

---Iterates over the keys that begin with a prefix and their values, in byte order.
---```lua
---for key, booking in store.each("session:") do print(key, booking.start) end
---```
---@param prefix? string all keys when left out
---@return function iterator for key, value in …
function store.each(prefix) end

---Raises an event for all recipes that listen to it, this one included; it survives a crash.
---Fails: nobody is here to take events: the recipe is not run by host serve
---Fails: the time is no duration
---```lua
---emit("remind", { deal = 12 }, { after = "2d" })
---```
---@param name string the event's name
---@param data? table what the handlers get as event.data
---@param options? table after = "2d": not before that time from now
function emit(name, data, options) end

phone = phone or {}

---A phone number in its international form.
---```lua
---local number = phone.e164("(202) 555-0143", "US")
---```
---@param number any as a person wrote it; nil gives nil
---@param region? string country of a number written without one; US when left out
---@return string number such as +12025550143, or nil when it is no phone number
function phone.e164(number, region) end

time = time or {}

---The current instant.
---```lua
---local tomorrow = time.now() + 86400
---```
---@return integer seconds seconds since 1970-01-01 UTC
function time.now() end

---An instant as ISO 8601 text with its offset, the form every REST method takes.
---Fails: the zone is unknown
---```lua
---print(time.iso(time.now(), "America/New_York"))
---```
---@param seconds? integer seconds since 1970; now when left out
---@param zone? string an IANA zone such as "Europe/Berlin"; UTC when left out
---@return string text such as 2026-03-01T18:00:00+03:00
function time.iso(seconds, zone) end

---Reads ISO 8601 text: a date, or a date and time with or without an offset.
---Fails: the zone is unknown
---```lua
---local start = time.parse(deal.BEGINDATE)
---```
---@param text string such as "2026-03-01" or "2026-03-01T18:00:00+03:00"
---@param zone? string the zone of text without an offset; UTC when left out
---@return integer seconds seconds since 1970, or nil when the text is no time
function time.parse(text, zone) end

---An instant taken apart, by a zone's wall clock.
---Fails: the zone is unknown
---```lua
---if time.date(time.now(), "Europe/Riga").hour >= 18 then return end
---```
---@param seconds? integer seconds since 1970; now when left out
---@param zone? string an IANA zone; UTC when left out
---@return table parts year, month, day, hour, min, sec, weekday ("MO" … "SU"), date (YYYY-MM-DD), offset (seconds)
function time.date(seconds, zone) end

---Pauses the run.
---Cost: waits.
---Fails: the text is no duration
---Fails: the run's limit 'wall' comes first
---```lua
---sleep("90s")
---```
---@param duration string such as "500ms", "90s", "2h"
function sleep(duration) end

log = log or {}

---Writes one debug line to the run's log.
---Fails: the run's limit 'log' is used up
---```lua
---log.debug("booked", { event = 12 })
---```
---@param message string what happened
---@param fields? table values shown behind the message as name=value
function log.debug(message, fields) end

---Writes one info line to the run's log.
---Fails: the run's limit 'log' is used up
---```lua
---log.info("booked", { event = 12 })
---```
---@param message string what happened
---@param fields? table values shown behind the message as name=value
function log.info(message, fields) end

---Writes one warn line to the run's log.
---Fails: the run's limit 'log' is used up
---```lua
---log.warn("booked", { event = 12 })
---```
---@param message string what happened
---@param fields? table values shown behind the message as name=value
function log.warn(message, fields) end

---Writes one error line to the run's log.
---Fails: the run's limit 'log' is used up
---```lua
---log.error("booked", { event = 12 })
---```
---@param message string what happened
---@param fields? table values shown behind the message as name=value
function log.error(message, fields) end

json = json or {}

---Reads a JSON text. null becomes json.null; an empty array stays one.
---Fails: The text is not JSON: code JSON, with the byte's offset.
---```lua
---local deal = json.decode('{"ID":"7"}')
---```
---@param text string One JSON value in UTF-8.
---@return any value A table, string, number, boolean or json.null.
function json.decode(text) end

---Writes a value as compact JSON, object keys in byte order.
---Fails: The value has no JSON form: the message names the place in it, such as fields.PHONE[2].
---```lua
---print(json.encode { TITLE = 'New deal', TAGS = json.array {} })
---```
---@param value any A table, string, number, boolean, nil or json.null.
---@return string text JSON in UTF-8.
function json.encode(value) end

---Marks a table as a list, so that it is written as [] when it is empty.
---Fails: The table has a metatable already.
---```lua
---b24.crm.deal.update { ID = 7, fields = { UF_TAGS = json.array {} } }
---```
---@param list? table The table to mark; a new one by default.
---@return table list The same table.
function json.array(list) end
