internal import Wire

/// Tasks as they are stored: the classic names, texts for values, both REST generations over the same records.
struct TaskRecord {
    static let documents = Documents(kind: "task")

    let id: Int
    var fields: JSONObject

    init(id: Int, fields: JSONObject) {
        self.id = id
        self.fields = fields
    }

    /// Statuses by number and by v3's word.
    static let statusWords = [2: "pending", 3: "in_progress", 4: "supposedly_completed", 5: "completed", 6: "deferred"]
    static let priorityWords = [0: "low", 1: "average", 2: "high"]

    static func find(_ id: Int, for userID: Int, in state: PortalState) throws(PortalFailure) -> TaskRecord? {
        guard let fields = try documents.get(id, in: state) else { return nil }
        let task = TaskRecord(id: id, fields: fields)
        return task.isVisible(to: userID, state) ? task : nil
    }

    static func visible(to userID: Int, in state: PortalState) throws(PortalFailure) -> [TaskRecord] {
        try documents.all(in: state).map { TaskRecord(id: $0.id, fields: $0.fields) }
            .filter { $0.isVisible(to: userID, state) }
    }

    func text(_ name: String) -> String { fields[name]?.phpText ?? "" }
    func integer(_ name: String) -> Int { fields[name]?.lenientInteger ?? 0 }
    func people(_ name: String) -> [Int] { fields[name]?.phpList.compactMap(\.lenientInteger) ?? [] }

    /// Administrators see everything, others what they take part in.
    private func isVisible(to userID: Int, _ state: PortalState) -> Bool {
        state.isAdministrator(userID) || integer("CREATED_BY") == userID || integer("RESPONSIBLE_ID") == userID
            || people("ACCOMPLICES").contains(userID) || people("AUDITORS").contains(userID)
    }

    /// `subStatus`, what the filter `STATUS` compares: the status, or −1 overdue, −3 due within a day.
    func subStatus(_ state: PortalState) -> Int {
        let status = integer("STATUS")
        guard status != 4, status != 5, let deadline = state.instant(text("DEADLINE")) else { return status }
        let left = deadline - state.clock.unixSeconds
        return left < 0 ? -1 : left < 86_400 ? -3 : status
    }

    /// Stores a new task and gives it its chat.
    static func insert(
        _ given: JSONObject, by userID: Int, in state: PortalState
    ) throws(PortalFailure) -> TaskRecord {
        let now = JSONValue.string(state.now)
        var fields: JSONObject = [
            "DESCRIPTION": "", "PRIORITY": "1", "STATUS": "2", "CREATED_BY": .string(String(userID)),
            "CREATED_DATE": now, "CHANGED_BY": .string(String(userID)), "CHANGED_DATE": now,
            "STATUS_CHANGED_BY": .string(String(userID)), "STATUS_CHANGED_DATE": now, "ACTIVITY_DATE": now,
        ]
        for (key, value) in given { fields[key] = value }
        let id = try documents.insert(fields, in: state)
        fields["CHAT_ID"] = .string(String(try Chat.insertTaskChat(id, in: state)))
        fields["GUID"] = .string(guid(id))
        try documents.replace(id, with: fields, in: state)
        state.events.emitTask("ONTASKADD", before: nil, after: ["ID": .integer(Int64(id))])
        return TaskRecord(id: id, fields: fields)
    }

    mutating func save(by userID: Int, in state: PortalState) throws(PortalFailure) {
        let isChanged = try Self.documents.get(id, in: state) != fields
        let now = JSONValue.string(state.now)
        fields["CHANGED_BY"] = .string(String(userID))
        fields["CHANGED_DATE"] = now
        fields["ACTIVITY_DATE"] = now
        try Self.documents.replace(id, with: fields, in: state)
        guard isChanged else { return }
        let key: JSONObject = ["ID": .integer(Int64(id))]
        state.events.emitTask("ONTASKUPDATE", before: key, after: key)
    }

    func delete(in state: PortalState) throws(PortalFailure) {
        try Self.documents.delete(id, in: state)
        state.events.emitTask("ONTASKDELETE", before: ["ID": .integer(Int64(id))], after: nil)
    }

    mutating func setStatus(_ status: Int, by userID: Int, in state: PortalState) {
        fields["STATUS"] = .string(String(status))
        fields["STATUS_CHANGED_BY"] = .string(String(userID))
        fields["STATUS_CHANGED_DATE"] = .string(state.now)
        let isClosed = status == 4 || status == 5
        fields["CLOSED_BY"] = isClosed ? .string(String(userID)) : .null
        fields["CLOSED_DATE"] = isClosed ? .string(state.now) : .null
        if status == 3, text("DATE_START").isEmpty { fields["DATE_START"] = .string(state.now) }
    }

    /// A stable stand-in for a GUID.
    private static func guid(_ id: Int) -> String {
        let digits = String(id, radix: 16)
        return "{00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits + "}"
    }
}
