internal import Wire

/// Which task fields are times, lists and numbers, and the answer of `tasks.task.getFields`.
enum TaskFields {
    static let times: Set<String> = [
        "CREATED_DATE", "CHANGED_DATE", "STATUS_CHANGED_DATE", "CLOSED_DATE", "ACTIVITY_DATE", "DATE_START",
        "DEADLINE", "START_DATE_PLAN", "END_DATE_PLAN", "VIEWED_DATE",
    ]
    static let lists: Set<String> = ["ACCOMPLICES", "AUDITORS", "TAGS"]

    /// How `tasks.task.list` compares a field; nil for names it cannot filter by.
    static func kind(_ name: String) -> RowMatch.Kind? {
        switch name {
        case "ID", "PARENT_ID", "GROUP_ID", "CREATED_BY", "STATUS_CHANGED_BY", "PRIORITY", "FORUM_TOPIC_ID",
            "RESPONSIBLE_ID", "REAL_STATUS", "STATUS", "STAGE_ID", "SPRINT_ID", "BACKLOG_ID":
            return .number
        case "TITLE", "MARK", "SITE_ID": return .text
        case "ADD_IN_REPORT", "FAVORITE": return .flag
        case "TAG", "ACCOMPLICE", "AUDITOR", "UF_CRM_TASK": return .list
        default: return times.contains(name) ? .time : nil
        }
    }

    /// Fields that `order` may name.
    static let sortable: Set<String> = times.union([
        "ID", "TITLE", "TIME_SPENT_IN_LOGS", "REAL_STATUS", "STATUS_COMPLETE", "PRIORITY", "MARK",
        "CREATED_BY_LAST_NAME", "RESPONSIBLE_LAST_NAME", "GROUP_ID", "TIME_ESTIMATE", "ALLOW_CHANGE_DEADLINE",
        "ALLOW_TIME_TRACKING", "MATCH_WORK_TIME", "FAVORITE", "SORTING", "IS_PINNED", "IS_PINNED_IN_GROUP",
        "CREATED_BY", "RESPONSIBLE_ID", "STATUS",
    ])

    static func getFields(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var fields = JSONObject()
        for (name, empty) in TaskRow.fields { fields[name] = description(name, empty) }
        fields["TITLE"] = ["title": "Title", "type": "string", "required": true]
        fields["PRIORITY"] = enumeration("Priority", ["2": "High", "1": "Medium", "0": "Low"], 1)
        fields["STATUS"] = enumeration(
            "Status",
            ["2": "Pending", "3": "In Progress", "4": "Awaiting Control", "5": "Completed", "6": "Deferred"], 2)
        fields["MARK"] = enumeration("Rating", ["N": "Negative", "P": "Positive"], .null)
        for name in ["CREATED_BY", "RESPONSIBLE_ID"] {
            fields[name] = ["title": .string(title(name)), "type": "integer", "required": true]
        }
        fields["CHECKLIST"] = ["title": .null, "type": "array"]
        fields["UF_CRM_TASK"] = ["title": "CRM entities", "type": "crm"]
        fields["UF_TASK_WEBDAV_FILES"] = ["title": "Upload files", "type": "disk_file"]
        fields["UF_MAIL_MESSAGE"] = ["title": .null, "type": "mail_message"]
        return MethodReply(["fields": .object(fields)])
    }

    private static func description(_ name: String, _ empty: JSONValue) -> JSONValue {
        if times.contains(name) { return ["title": .string(title(name)), "type": "datetime", "default": .null] }
        if lists.contains(name) { return ["title": .null, "type": "array"] }
        if empty == "Y" || empty == "N" { return enumeration(title(name), ["Y": "Yes", "N": "No"], empty) }
        let isText = ["DESCRIPTION", "GUID", "XML_ID", "SITE_ID", "DURATION_TYPE"].contains(name)
        return ["title": .string(title(name)), "type": isText ? "string" : "integer", "default": empty]
    }

    private static func enumeration(_ title: String, _ values: JSONValue, _ preset: JSONValue) -> JSONValue {
        ["title": .string(title), "type": "enum", "values": values, "default": preset]
    }

    /// `STAGE_ID` → `Stage id`
    private static func title(_ name: String) -> String {
        let words = name.lowercased().split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
