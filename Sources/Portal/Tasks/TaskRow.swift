internal import Wire

/// A task as classic REST prints it: UPPER_CASE names turned into camelCase, texts for numbers, nulls for nothing.
///
/// https://apidocs.bitrix24.com/api-reference/tasks/tasks-task-get.html
enum TaskRow {
    /// The stored fields in the order of the documentation's sample, with what stands where nothing is stored.
    static let fields: [(name: String, empty: JSONValue)] = [
        ("ID", .null), ("PARENT_ID", .null), ("TITLE", ""), ("DESCRIPTION", ""), ("MARK", .null), ("PRIORITY", "1"),
        ("MULTITASK", "N"), ("NOT_VIEWED", "N"), ("REPLICATE", "N"), ("STAGE_ID", "0"), ("SPRINT_ID", .null),
        ("BACKLOG_ID", .null), ("CREATED_BY", .null), ("CREATED_DATE", .null), ("RESPONSIBLE_ID", .null),
        ("CHANGED_BY", .null), ("CHANGED_DATE", .null), ("STATUS_CHANGED_BY", .null), ("CLOSED_BY", .null),
        ("CLOSED_DATE", .null), ("ACTIVITY_DATE", .null), ("DATE_START", .null), ("DEADLINE", .null),
        ("START_DATE_PLAN", .null), ("END_DATE_PLAN", .null), ("GUID", .null), ("XML_ID", .null),
        ("COMMENTS_COUNT", .null), ("SERVICE_COMMENTS_COUNT", .null), ("ALLOW_CHANGE_DEADLINE", "N"),
        ("ALLOW_TIME_TRACKING", "N"), ("TASK_CONTROL", "N"), ("ADD_IN_REPORT", "N"),
        ("FORKED_BY_TEMPLATE_ID", .null), ("TIME_ESTIMATE", "0"), ("TIME_SPENT_IN_LOGS", .null),
        ("MATCH_WORK_TIME", "N"), ("FORUM_TOPIC_ID", .null), ("FORUM_ID", .null), ("SITE_ID", "s1"),
        ("SUBORDINATE", "N"), ("EXCHANGE_MODIFIED", .null), ("EXCHANGE_ID", .null), ("OUTLOOK_VERSION", "1"),
        ("VIEWED_DATE", .null), ("SORTING", .null), ("DURATION_FACT", .null), ("IS_MUTED", "N"),
        ("IS_PINNED", "N"), ("IS_PINNED_IN_GROUP", "N"), ("FLOW_ID", .null), ("DESCRIPTION_IN_BBCODE", "Y"),
        ("STATUS", "2"), ("STATUS_CHANGED_DATE", .null), ("DURATION_PLAN", .null), ("DURATION_TYPE", "days"),
        ("FAVORITE", "N"), ("GROUP_ID", "0"), ("AUDITORS", []), ("ACCOMPLICES", []),
    ]

    /// Printed only when `select` names them.
    static let onRequest = ["UF_CRM_TASK", "UF_TASK_WEBDAV_FILES", "UF_MAIL_MESSAGE", "CHAT_ID", "TAGS"]

    static let names = Set(fields.map(\.name) + onRequest + ["SUB_STATUS"])

    /// - Parameter select: upper-case names; nil prints the default set.
    static func row(_ task: TaskRecord, select: Set<String>?, in state: PortalState) throws(PortalFailure) -> JSONValue
    {
        var row = JSONObject()
        for (name, empty) in fields {
            guard isPrinted(name, select) else { continue }
            row[camelCase(name)] = value(name, task) ?? empty
        }
        for name in onRequest where select?.contains(name) ?? false || select?.contains("*") ?? false {
            row[camelCase(name)] = requested(name, task)
        }
        row["group"] = []
        if isPrinted("CREATED_BY", select) {
            row["creator"] = try person(task.integer("CREATED_BY"), in: state)
        }
        if isPrinted("RESPONSIBLE_ID", select) {
            row["responsible"] = try person(task.integer("RESPONSIBLE_ID"), in: state)
        }
        for (name, key) in [("ACCOMPLICES", "accomplicesData"), ("AUDITORS", "auditorsData")]
        where isPrinted(name, select) {
            var people = JSONObject()
            for id in task.people(name) { people[String(id)] = try person(id, in: state) }
            row[key] = .object(people)
        }
        if isPrinted("SUB_STATUS", select) || select?.contains("STATUS") ?? false {
            row["subStatus"] = .string(String(task.subStatus(state)))
        }
        return .object(row)
    }

    /// `action` of `tasks.task.get`: what the caller may do next.
    static func actions(_ task: TaskRecord) -> JSONValue {
        let status = task.integer("STATUS")
        var actions = JSONObject()
        for action in TaskAction.allCases { actions[action.rawValue] = .bool(action.from.contains(status)) }
        for name in ["delegate", "remove", "edit", "create", "changeDeadline", "checklistAddItems", "rate"] {
            actions[name] = true
        }
        return .object(actions)
    }

    private static func isPrinted(_ name: String, _ select: Set<String>?) -> Bool {
        guard let select else { return true }
        return name == "ID" || name == "DESCRIPTION_IN_BBCODE" || select.contains(name) || select.contains("*")
    }

    private static func value(_ name: String, _ task: TaskRecord) -> JSONValue? {
        if name == "ID" { return .string(String(task.id)) }
        guard let stored = task.fields[name], stored != .null else { return nil }
        if let list = stored.arrayValue { return .array(list.compactMap { $0.phpText.map { .string($0) } }) }
        return stored.phpText.flatMap { $0.isEmpty && name != "TITLE" && name != "DESCRIPTION" ? nil : .string($0) }
    }

    private static func requested(_ name: String, _ task: TaskRecord) -> JSONValue {
        switch name {
        case "CHAT_ID": return .integer(Int64(task.integer(name)))
        case "TAGS":
            var tags = JSONObject()
            for (index, tag) in (task.fields[name]?.phpList ?? []).enumerated() {
                tags[String(index + 1)] = ["id": .integer(Int64(index + 1)), "title": tag]
            }
            return .object(tags)
        case "UF_MAIL_MESSAGE": return task.fields[name] ?? .null
        default:
            let list = task.fields[name]?.phpList ?? []
            // An empty multiple user field prints as false.
            return list.isEmpty ? false : .array(list)
        }
    }

    private static func person(_ id: Int, in state: PortalState) throws(PortalFailure) -> JSONValue {
        guard let user = try UserRecord.find(id, in: state) else { return [] }
        return [
            "id": .string(String(id)), "name": .string(UserRecord.name(user)),
            "link": .string("/company/personal/user/\(id)/"), "icon": "/bitrix/images/tasks/default_avatar.png",
            "workPosition": user["WORK_POSITION"] ?? "",
        ]
    }

    /// `CREATED_DATE` → `createdDate`
    static func camelCase(_ name: String) -> String {
        let parts = name.lowercased().split(separator: "_")
        return parts.enumerated().map { index, part in
            index == 0 ? String(part) : part.prefix(1).uppercased() + part.dropFirst()
        }.joined()
    }

    /// `createdDate` and `CREATED_DATE` → `CREATED_DATE`
    static func upperCase(_ name: String) -> String {
        guard name.contains(where: \.isLowercase) else { return name }
        return name.reduce(into: "") { text, letter in
            if letter.isUppercase, !text.isEmpty { text.append("_") }
            text += letter.uppercased()
        }
    }
}
