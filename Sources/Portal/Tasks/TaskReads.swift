internal import Wire

/// `tasks.task.get` and `tasks.task.list`, classic.
enum TaskReads {
    /// A task that is not there, or not for the caller, is an empty list and no error.
    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let value = call.parameter("taskId") else { throw TaskFailure.constructor }
        guard let id = value.lenientInteger else { throw TaskFailure.wrongID }
        let select = try selected(call)
        guard let task = try TaskRecord.find(id, for: call.userID, in: state) else { return MethodReply([]) }
        var row = try TaskRow.row(task, select: select, in: state).objectValue ?? JSONObject()
        row["action"] = TaskRow.actions(task)
        return MethodReply(["task": .object(row)])
    }

    static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let select = try selected(call)
        let filter = try call.object("filter") ?? JSONObject()
        var tasks = try TaskRecord.visible(to: call.userID, in: state).filter { task in
            filter.allSatisfy { passes(task, $0.key, $0.value, state) }
        }
        try sort(&tasks, try call.object("order") ?? JSONObject(), state)
        // Rows are made only for the page that is shown.
        let positions = RowPage.reply(tasks.indices.map { .integer(Int64($0)) }, call, state)
        var rows: [JSONValue] = []
        if case .value(let page) = positions.result {
            for index in page.phpList.compactMap(\.lenientInteger) {
                rows.append(try TaskRow.row(tasks[index], select: select, in: state))
            }
        }
        return MethodReply(["tasks": .array(rows)], next: positions.next, total: positions.total)
    }

    private static func selected(_ call: MethodCall) throws(PortalFailure) -> Set<String>? {
        guard let value = call.parameter("select") else { return nil }
        guard value.arrayValue != nil || value.objectValue != nil else { throw TaskFailure.notList("select") }
        let names = Set(value.phpList.compactMap { $0.phpText.map(TaskRow.upperCase) })
        return names.isEmpty ? nil : names
    }

    private static func passes(_ task: TaskRecord, _ key: String, _ wanted: JSONValue, _ state: PortalState) -> Bool {
        if key == "::SUBFILTER-PARAMS" {
            guard let favorite = wanted.phpObject?["FAVORITE"] else { return true }
            return (task.fields["FAVORITE"]?.isTruthy ?? false) == favorite.isTruthy
        }
        let (operation, name) = FilterOperation.split(key.uppercased())
        guard let kind = TaskFields.kind(name) else { return true }
        let field: JSONValue? =
            switch name {
            case "ID": .integer(Int64(task.id))
            case "REAL_STATUS": task.fields["STATUS"]
            // An overdue task is not "waiting" to this filter: it compares what the row shows as subStatus.
            case "STATUS": .integer(Int64(task.subStatus(state)))
            case "TAG", "ACCOMPLICE", "AUDITOR": task.fields[name + "S"]
            default: task.fields[name]
            }
        return RowMatch(state: state).matches(operation, wanted, field, kind)
    }

    private static func sort(
        _ tasks: inout [TaskRecord], _ order: JSONObject, _ state: PortalState
    ) throws(PortalFailure) {
        var keys: [(name: String, isDown: Bool)] = []
        for (key, direction) in order {
            let name = TaskRow.upperCase(key)
            guard TaskFields.sortable.contains(name) else { throw TaskFailure.sorting }
            keys.append((name, direction.phpText?.lowercased() == "desc"))
        }
        if keys.isEmpty { keys = [("ID", true)] }
        tasks.sort { left, right in
            for (name, isDown) in keys {
                let first = sortKey(left, name)
                let second = sortKey(right, name)
                if first == second { continue }
                return isDown ? second < first : first < second
            }
            return left.id < right.id
        }
    }

    /// Numbers before texts; times are kept in one zone and one form, so their texts sort as they should within it.
    private static func sortKey(_ task: TaskRecord, _ name: String) -> (Double, String) {
        if name == "ID" { return (Double(task.id), "") }
        let value = task.fields[name == "REAL_STATUS" ? "STATUS" : name]
        return (value?.lenientDouble ?? 0, value?.phpText ?? "")
    }
}
