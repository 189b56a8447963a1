internal import Wire

/// A task as v3 prints it.
enum TaskV3Row {
    /// The basic set: what `tasks.task.get` gives without `select`.
    static func row(_ task: TaskRecord) -> JSONObject {
        [
            "id": .integer(Int64(task.id)), "title": .string(task.text("TITLE")),
            "description": .string(task.text("DESCRIPTION")), "deadline": text(task, "DEADLINE"),
            "needsControl": .bool(task.fields["TASK_CONTROL"]?.isTruthy ?? false),
            "startPlan": text(task, "START_DATE_PLAN"), "endPlan": text(task, "END_DATE_PLAN"), "fileIds": .null,
            "checklist": [], "epicId": .null, "storyPoints": .null,
            "priority": .string(TaskRecord.priorityWords[task.integer("PRIORITY")] ?? "average"),
            "status": .string(TaskRecord.statusWords[task.integer("STATUS")] ?? "pending"),
            "statusChanged": text(task, "STATUS_CHANGED_DATE"), "parentId": number(task, "PARENT_ID"),
            "containsChecklist": false, "containsSubTasks": false, "containsPlacements": true,
            "containsResults": false, "numberOfReminders": 0, "chatId": number(task, "CHAT_ID"),
            "plannedDuration": 0, "actualDuration": 0, "durationType": "days", "started": text(task, "DATE_START"),
            "estimatedTime": 0, "replicate": false, "changed": text(task, "CHANGED_DATE"),
            "closed": text(task, "CLOSED_DATE"), "activity": text(task, "ACTIVITY_DATE"),
            "guid": text(task, "GUID"), "xmlId": text(task, "XML_ID"), "mark": "none",
            "allowsChangeDeadline": false, "allowsTimeTracking": false, "matchesWorkTime": false,
            "isMultitask": false, "siteId": "s1",
            "link": .string("/company/personal/user/\(task.integer("RESPONSIBLE_ID"))/tasks/task/view/\(task.id)/"),
            "crmItemIds": .array(task.fields["UF_CRM_TASK"]?.phpList ?? []), "requireResult": false,
            "inFavorite": [], "inPin": [], "inMute": [], "dependsOn": [], "scenarios": ["default"],
        ]
    }

    /// Fields that only `select` brings.
    private static func more(_ task: TaskRecord) -> JSONObject {
        [
            "creatorId": number(task, "CREATED_BY"), "responsibleId": number(task, "RESPONSIBLE_ID"),
            "created": text(task, "CREATED_DATE"), "groupId": number(task, "GROUP_ID"),
            "accompliceIds": people(task, "ACCOMPLICES"), "auditorIds": people(task, "AUDITORS"),
        ]
    }

    /// What is printed for a `select`: own names pick fields, dotted names add related objects. Unknown own names
    /// are dropped, unknown related ones refused.
    ///
    /// - Parameter isList: a list shows no more than was asked for; a single task shows the basic set when only
    ///   related fields were asked for.
    static func selected(
        _ task: TaskRecord, _ select: [String]?, isList: Bool, in state: PortalState
    ) throws(PortalFailure) -> JSONObject {
        let basic = row(task)
        guard let select else { return basic }
        let own = select.filter { !$0.contains(".") }
        var result: JSONObject = own.isEmpty && !isList ? basic : ["id": .integer(Int64(task.id))]
        let extra = more(task)
        for name in own { result[name] = basic[name] ?? extra[name] ?? result[name] }
        for name in select where name.contains(".") {
            let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
            let value = try related(task, parts[0], parts.count > 1 ? parts[1] : "", in: state)
            var object = result[parts[0]]?.objectValue ?? JSONObject()
            object[parts[1]] = value
            result[parts[0]] = .object(object)
        }
        return result
    }

    private static func related(
        _ task: TaskRecord, _ relation: String, _ field: String, in state: PortalState
    ) throws(PortalFailure) -> JSONValue {
        let owner = ["responsible": "RESPONSIBLE_ID", "creator": "CREATED_BY"]
        guard let key = owner[relation] else {
            throw TaskFailure.v3("UNKNOWNDTOPROPERTYEXCEPTION", "Unknown field `\(relation)` for entity `TaskDto`")
        }
        let user = try UserRecord.find(task.integer(key), in: state) ?? JSONObject()
        switch field {
        case "id": return .integer(Int64(task.integer(key)))
        case "name": return .string(UserRecord.name(user))
        case "email": return user["EMAIL"] ?? ""
        case "role", "image", "gender": return ""
        default:
            throw TaskFailure.v3("UNKNOWNDTOPROPERTYEXCEPTION", "Unknown field `\(field)` for entity `UserDto`")
        }
    }

    private static func text(_ task: TaskRecord, _ name: String) -> JSONValue {
        let text = task.text(name)
        return text.isEmpty ? .null : .string(text)
    }

    private static func number(_ task: TaskRecord, _ name: String) -> JSONValue {
        let number = task.integer(name)
        return number == 0 ? .null : .integer(Int64(number))
    }

    private static func people(_ task: TaskRecord, _ name: String) -> JSONValue {
        .array(task.people(name).map { .integer(Int64($0)) })
    }
}
