internal import Wire

/// `filter`, `order` and `pagination` of v3's `tasks.task.list`.
struct TaskV3Query {
    static let limitMax = 1000
    static let depthMax = 8

    private indirect enum Condition {
        case compare(operation: String, values: [Int])
        case all([Condition])
        case any([Condition])
    }

    private let condition: Condition
    private let orders: [(name: String, isDown: Bool)]
    private let offset: Int
    private let limit: Int

    private static let sortable: [String: String] = [
        "id": "ID", "title": "TITLE", "creatorId": "CREATED_BY", "created": "CREATED_DATE",
        "responsibleId": "RESPONSIBLE_ID", "deadline": "DEADLINE", "startPlan": "START_DATE_PLAN",
        "endPlan": "END_DATE_PLAN", "groupId": "GROUP_ID", "priority": "PRIORITY", "status": "STATUS",
        "started": "DATE_START", "estimatedTime": "TIME_ESTIMATE", "changed": "CHANGED_DATE",
        "closed": "CLOSED_DATE", "activity": "ACTIVITY_DATE", "mark": "MARK",
    ]

    init(_ call: MethodCall) throws(PortalFailure) {
        let filter = call.parameters["filter"] ?? []
        guard let conditions = filter.arrayValue else { throw Self.invalidFilter(filter) }
        condition = .all(try Self.conditions(conditions, depth: 0))
        orders = try Self.orders(call.parameters["order"] ?? .null)
        (offset, limit) = try Self.pagination(call.parameters["pagination"] ?? .null)
    }

    func page(of tasks: [TaskRecord]) -> [TaskRecord] {
        var found = tasks.filter { Self.holds(condition, $0.id) }
        found.sort { left, right in
            for (name, isDown) in orders {
                let first = Self.key(left, name)
                let second = Self.key(right, name)
                if first != second { return isDown ? second < first : first < second }
            }
            return left.id < right.id
        }
        return Array(found.dropFirst(offset).prefix(limit))
    }

    // MARK: Filter

    private static func conditions(_ list: [JSONValue], depth: Int) throws(PortalFailure) -> [Condition] {
        guard depth < depthMax else { throw invalidFilter(.array(list)) }
        var conditions: [Condition] = []
        for item in list {
            if let group = item.objectValue {
                guard let inner = group["conditions"]?.arrayValue else { throw invalidFilter(item) }
                let parts = try Self.conditions(inner, depth: depth + 1)
                conditions.append(group["logic"]?.stringValue?.lowercased() == "or" ? .any(parts) : .all(parts))
            } else {
                conditions.append(try comparison(item))
            }
        }
        return conditions
    }

    private static func comparison(_ item: JSONValue) throws(PortalFailure) -> Condition {
        guard let parts = item.arrayValue, parts.count == 2 || parts.count == 3, let field = parts[0].stringValue else {
            throw invalidFilter(item)
        }
        guard field == "id" else {
            throw TaskFailure.validation(
                field, "In DTO `TaskDto`, the `\(field)` field requires the `Filterable` attribute for such a request")
        }
        let value = parts[parts.count - 1]
        let implied = value.arrayValue == nil ? "=" : "in"
        let operation = parts.count == 3 ? parts[1].stringValue?.lowercased() ?? "" : implied
        guard ["=", "!=", ">", ">=", "<", "<=", "in", "between"].contains(operation) else {
            throw TaskFailure.v3("UNKNOWNFILTEROPERATOREXCEPTION", "Unknown filter operator `\(operation)`")
        }
        let values = value.phpList.compactMap(\.lenientInteger)
        guard values.count == value.phpList.count, !values.isEmpty, operation != "between" || values.count == 2 else {
            throw invalidFilter(item)
        }
        return .compare(operation: operation, values: values)
    }

    private static func holds(_ condition: Condition, _ id: Int) -> Bool {
        switch condition {
        case .all(let parts): return parts.allSatisfy { holds($0, id) }
        case .any(let parts): return parts.contains { holds($0, id) }
        case .compare(let operation, let values):
            switch operation {
            case "!=": return id != values[0]
            case ">": return id > values[0]
            case ">=": return id >= values[0]
            case "<": return id < values[0]
            case "<=": return id <= values[0]
            case "between": return id >= values[0] && id <= values[1]
            default: return values.contains(id)
            }
        }
    }

    private static func invalidFilter(_ value: JSONValue) -> PortalFailure {
        TaskFailure.v3("INVALIDFILTEREXCEPTION", "Unable to recognize the filter parameter `\(value.text)`")
    }

    // MARK: Order and pages

    private static func orders(_ value: JSONValue) throws(PortalFailure) -> [(name: String, isDown: Bool)] {
        var orders: [(name: String, isDown: Bool)] = []
        for (key, direction) in value.phpObject ?? JSONObject() {
            let word = direction.stringValue?.uppercased() ?? ""
            guard let name = sortable[key], ["ASC", "DESC"].contains(word) else {
                throw TaskFailure.v3(
                    "INVALIDORDEREXCEPTION", "Unable to recognize the sorting parameter `\(value.text)`")
            }
            orders.append((name, word == "DESC"))
        }
        return orders
    }

    private static func pagination(_ value: JSONValue) throws(PortalFailure) -> (offset: Int, limit: Int) {
        let given = value.phpObject ?? JSONObject()
        var numbers: [String: Int] = [:]
        for name in ["page", "limit", "offset"] {
            guard let one = given[name], one != .null else { continue }
            guard let number = one.lenientInteger, number >= 0, name != "limit" || number > 0 else {
                throw TaskFailure.v3(
                    "INVALIDPAGINATIONEXCEPTION", "Unable to recognize the pagination parameter `\(value.text)`")
            }
            numbers[name] = number
        }
        let limit = min(limitMax, numbers["limit"] ?? 50)
        if let page = numbers["page"], page > 0, numbers["limit"] != nil {
            return (min(page - 1, Int(Int32.max)) * limit, limit)
        }
        return (numbers["offset"] ?? 0, limit)
    }

    private static func key(_ task: TaskRecord, _ name: String) -> (Double, String) {
        if name == "ID" { return (Double(task.id), "") }
        return (task.fields[name]?.lenientDouble ?? 0, task.text(name))
    }
}
