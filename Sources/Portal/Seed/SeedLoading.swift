internal import Wire

/// One loading of a seed: section by section in the order in which records can name each other.
struct SeedLoading {
    let file: JSONObject
    let state: PortalState
    private var times: SeedTime
    /// Numbers by key.
    private var numbers: [String: Int] = [:]

    init(file: JSONObject, state: PortalState) {
        self.file = file
        self.state = state
        times = SeedTime(today: state.today, company: file["company"]?.objectValue ?? JSONObject())
    }

    mutating func run() throws(SeedFailure) {
        try company()
        for (path, entry) in try entries("departments") { try department(entry, path) }
        for (path, entry) in try entries("users") { try user(entry, path) }
        for (path, entry) in try entries("funnels") { try funnel(entry, path) }
        try records("companies", by: "crm.company.add")
        try records("contacts", by: "crm.contact.add")
        try records("deals", by: "crm.deal.add")
        try records("leads", by: "crm.lead.add")
        for (path, entry) in try entries("calendar") { try event(entry, path) }
        for (path, entry) in try entries("tasks") { try task(entry, path) }
    }

    // MARK: The company and its people

    private func company() throws(SeedFailure) {
        let company = file["company"]?.objectValue ?? JSONObject()
        let settings = company.filter { CalendarSettings.names.contains($0.key) }.map { ($0.key, $0.value) }
        try at("company") { () throws(PortalFailure) in
            if let name = company["name"]?.stringValue { try Company.setName(name, in: state) }
            try CalendarSettings.change(JSONObject(settings), in: state)
        }
    }

    private func department(_ entry: JSONObject, _ path: String) throws(SeedFailure) {
        let id = try number(entry, "ID", path)
        guard entry["NAME"]?.stringValue?.isEmpty == false else {
            throw SeedFailure("\(path).NAME", "Expected the department's name.")
        }
        var fields = entry
        fields.remove("ID")
        if fields["SORT"] == nil { fields["SORT"] = 500 }
        try at(path) { () throws(PortalFailure) in
            // The one that every new portal has makes way.
            try Department.documents.delete(id, in: state)
            _ = try Department.documents.insert(fields, id: id, in: state)
        }
    }

    private func user(_ entry: JSONObject, _ path: String) throws(SeedFailure) {
        let id = try number(entry, "ID", path)
        var fields = entry
        fields.remove("ID")
        fields.remove("admin")
        for (name, value) in fields {
            guard UserRow.names.contains(name) else {
                throw SeedFailure("\(path).\(name)", "Users have no such field; see user.fields.")
            }
            if name == "ACTIVE", value.boolValue == nil {
                throw SeedFailure("\(path).ACTIVE", "Expected true or false.")
            }
        }
        if let zone = fields["TIME_ZONE"]?.stringValue, !zone.isEmpty, WallClock(zone) == nil {
            throw SeedFailure("\(path).TIME_ZONE", "There is no zone \(zone).")
        }
        try at(path) { () throws(PortalFailure) in
            try UserRecord.documents.delete(id, in: state)
            _ = try UserRecord.insert(fields, id: id, in: state)
        }
    }

    // MARK: Records

    private mutating func funnel(_ entry: JSONObject, _ path: String) throws(SeedFailure) {
        guard let name = entry["name"], name.stringValue?.isEmpty == false else {
            throw SeedFailure("\(path).name", "Expected the funnel's name.")
        }
        let reply = try call("crm.category.add", ["entityTypeId": 2, "fields": ["name": name]], path)
        try remember(entry, reply["category"]?["id"]?.lenientInteger, path)
    }

    private mutating func records(_ section: String, by method: String) throws(SeedFailure) {
        for (path, entry) in try entries(section) {
            let fields = try resolved(entry, path)
            let reply = try call(method, ["fields": .object(fields)], path)
            try remember(entry, reply.lenientInteger, path)
        }
    }

    private mutating func event(_ entry: JSONObject, _ path: String) throws(SeedFailure) {
        let owner = try number(entry, "ownerId", path)
        var parameters = try resolved(entry, path)
        for name in ["name", "from", "to"] where parameters[name] == nil {
            throw SeedFailure("\(path).\(name)", "Every event needs one.")
        }
        if parameters["type"] == nil { parameters["type"] = "user" }
        if parameters["section"] == nil { parameters["auto_detect_section"] = "Y" }
        let author = parameters["type"] == "user" ? owner : 1
        let reply = try call("calendar.event.add", parameters, path, as: author)
        try remember(entry, reply.lenientInteger, path)
    }

    private mutating func task(_ entry: JSONObject, _ path: String) throws(SeedFailure) {
        var fields = try resolved(entry, path)
        let items = fields.remove("checklist")?.phpList ?? []
        let author = fields["CREATED_BY"]?.lenientInteger ?? 1
        let reply = try call("tasks.task.add", ["fields": .object(fields)], path, as: author)
        let id = reply["task"]?["id"]?.lenientInteger
        try remember(entry, id, path)
        for (index, item) in items.enumerated() {
            guard let title = item.stringValue, let id else {
                throw SeedFailure("\(path).checklist[\(index)]", "Expected a text.")
            }
            try at("\(path).checklist[\(index)]") { () throws(PortalFailure) in
                _ = try Checklist.insert(title, fields: JSONObject(), taskID: id, userID: author, in: state)
            }
        }
    }

    // MARK: Reading the file

    private func entries(_ section: String) throws(SeedFailure) -> [(String, JSONObject)] {
        guard let value = file[section] else { return [] }
        guard let list = value.arrayValue else { throw SeedFailure(section, "Expected a list.") }
        guard list.count <= PortalSeed.entriesMax else {
            throw SeedFailure(section, "Expected \(PortalSeed.entriesMax) entries at most.")
        }
        var entries: [(String, JSONObject)] = []
        for (index, item) in list.enumerated() {
            let path = "\(section)[\(index)]"
            guard let entry = item.objectValue else { throw SeedFailure(path, "Expected an object.") }
            entries.append((path, entry))
        }
        return entries
    }

    private func number(_ entry: JSONObject, _ name: String, _ path: String) throws(SeedFailure) -> Int {
        guard case .integer(let value)? = entry[name], value > 0 else {
            throw SeedFailure("\(path).\(name)", "Expected a number from 1 up.")
        }
        return Int(value)
    }

    /// The entry without its key, with times made absolute and references made numbers.
    private func resolved(_ entry: JSONObject, _ path: String) throws(SeedFailure) -> JSONObject {
        var fields = JSONObject()
        for (name, value) in entry where name != "key" {
            fields[name] = try resolved(value, name, "\(path).\(name)")
        }
        return fields
    }

    private func resolved(_ value: JSONValue, _ name: String, _ path: String) throws(SeedFailure) -> JSONValue {
        if case .object(let object) = value { return .object(try resolved(object, path)) }
        if SeedTime.names.contains(name) {
            guard let text = value.stringValue, let iso = times.iso(text) else {
                throw SeedFailure(
                    path, "Expected a time such as \"+1d 10:00\", \"+2wd 09:30\" or \"2026-05-14T10:00:00\".")
            }
            return .string(iso)
        }
        guard name.hasSuffix("_ID") || name.hasSuffix("_IDS") || name == "crm_fields" || name == "UF_CRM_TASK" else {
            return value
        }
        if case .array(let items) = value {
            var list: [JSONValue] = []
            for (index, item) in items.enumerated() { list.append(try referenced(item, "\(path)[\(index)]")) }
            return .array(list)
        }
        return try referenced(value, path)
    }

    /// Puts numbers in the place of `@key`.
    private func referenced(_ value: JSONValue, _ path: String) throws(SeedFailure) -> JSONValue {
        guard case .string(let text) = value, let mark = text.firstIndex(of: "@") else { return value }
        let key = text[text.index(after: mark)...].prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        guard let number = numbers[String(key)] else {
            throw SeedFailure(path, "Nothing before it has the key \"\(key)\".")
        }
        let rest = text[key.endIndex...]
        if mark == text.startIndex, rest.isEmpty { return .integer(Int64(number)) }
        return .string("\(text[..<mark])\(number)\(rest)")
    }

    private mutating func remember(_ entry: JSONObject, _ id: Int?, _ path: String) throws(SeedFailure) {
        guard let key = entry["key"] else { return }
        guard let name = key.stringValue, !name.isEmpty else { throw SeedFailure("\(path).key", "Expected a text.") }
        guard numbers[name] == nil else { throw SeedFailure("\(path).key", "There is another record \"\(name)\".") }
        guard let id else { throw SeedFailure(path, "The portal gave the record no number.") }
        numbers[name] = id
    }

    // MARK: The portal

    private func call(
        _ method: String, _ parameters: JSONObject, _ path: String, as userID: Int = 1
    ) throws(SeedFailure) -> JSONValue {
        guard let played = PortalMethods.lookup(method, api: .classic) else {
            throw SeedFailure(path, "This portal does not play \(method).")
        }
        return try at(path) { () throws(PortalFailure) in
            let reply = try played.handler(state, MethodCall(name: method, userID: userID, parameters: parameters))
            switch reply.result {
            case .value(let value): return value
            case .json(let bytes): return (try? JSONValue(parsing: bytes)) ?? .null
            case .file: return .null
            }
        }
    }

    private func at<T>(_ path: String, _ body: () throws(PortalFailure) -> T) throws(SeedFailure) -> T {
        do { return try body() } catch { throw SeedFailure(path, "The portal refused it: \(error.description)") }
    }
}
