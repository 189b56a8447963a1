internal import Wire

/// Turns v3's typed field values into the classic ones that are stored.
struct TaskV3Fields {
    let state: PortalState
    /// 0 for a new task.
    let id: Int

    private enum Kind { case text, integer, time, flag, users, links, status, priority }

    private static let fields: [(name: String, classic: String, kind: Kind)] = [
        ("title", "TITLE", .text), ("description", "DESCRIPTION", .text), ("creatorId", "CREATED_BY", .integer),
        ("responsibleId", "RESPONSIBLE_ID", .integer), ("deadline", "DEADLINE", .time),
        ("startPlan", "START_DATE_PLAN", .time), ("endPlan", "END_DATE_PLAN", .time),
        ("parentId", "PARENT_ID", .integer), ("groupId", "GROUP_ID", .integer), ("priority", "PRIORITY", .priority),
        ("status", "STATUS", .status), ("needsControl", "TASK_CONTROL", .flag),
        ("accompliceIds", "ACCOMPLICES", .users), ("auditorIds", "AUDITORS", .users),
        ("crmItemIds", "UF_CRM_TASK", .links), ("xmlId", "XML_ID", .text),
    ]

    /// - Throws: a validation error that names the field; names that no task has are passed over.
    func classic(_ given: JSONObject) throws(PortalFailure) -> JSONObject {
        var fields = JSONObject()
        for (name, classic, kind) in Self.fields {
            guard let value = given[name] else { continue }
            fields[classic] = value == .null ? .null : try converted(value, name, kind)
        }
        try check(fields)
        return fields
    }

    private func converted(_ value: JSONValue, _ name: String, _ kind: Kind) throws(PortalFailure) -> JSONValue {
        switch (kind, value) {
        case (.text, .string), (.links, .array), (.users, .array): return value
        case (.integer, .integer(let number)): return .string(String(number))
        case (.flag, .bool(let flag)): return flag ? "Y" : "N"
        case (.time, .string(let text)):
            if let instant = state.instant(text) { return .string(state.iso8601(instant)) }
        case (.status, .string(let word)):
            if let found = TaskRecord.statusWords.first(where: { $0.value == word }) {
                return .string(String(found.key))
            }
        case (.priority, .string(let word)):
            if let found = TaskRecord.priorityWords.first(where: { $0.value == word }) {
                return .string(String(found.key))
            }
        default: break
        }
        throw TaskFailure.validation(name, "Field `\(name)` requires data type `\(typeName(kind))` for this request")
    }

    private func typeName(_ kind: Kind) -> String {
        switch kind {
        case .text, .status, .priority: "string"
        case .integer: "int"
        case .time: "DateTime"
        case .flag: "bool"
        case .users, .links: "array"
        }
    }

    private func check(_ fields: JSONObject) throws(PortalFailure) {
        if let title = fields["TITLE"], title.phpText?.asciiTrimmed.isEmpty ?? true {
            throw TaskFailure.validation("title", "Task title not specified")
        }
        if let responsible = fields["RESPONSIBLE_ID"]?.lenientInteger,
            try UserRecord.find(responsible, in: state) == nil
        {
            throw TaskFailure.validation("responsibleId", "User specified in the \"Executor\" field not found")
        }
        if let creator = fields["CREATED_BY"]?.lenientInteger, try UserRecord.find(creator, in: state) == nil {
            // The page shows an empty message here.
            throw TaskFailure.validation("creatorId", "")
        }
        if let parent = fields["PARENT_ID"]?.lenientInteger {
            guard parent != id else { throw TaskFailure.validation("parentId", "Cannot bind a node to itself") }
            guard try TaskRecord.documents.get(parent, in: state) != nil else {
                throw TaskFailure.validation("parentId", "Task specified in the \"Parent Task\" field not found")
            }
        }
        if let start = fields["START_DATE_PLAN"]?.phpText.flatMap(state.instant),
            let end = fields["END_DATE_PLAN"]?.phpText.flatMap(state.instant), end < start
        {
            throw TaskFailure.validation(
                "endPlan", "The end date specified in the planning is earlier than the start date")
        }
    }
}
