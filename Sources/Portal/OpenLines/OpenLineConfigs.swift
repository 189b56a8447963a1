internal import Wire

/// `imopenlines.config.*`: the open lines and how each works.
///
/// https://apidocs.bitrix24.com/api-reference/imopenlines/openlines/index.html
enum OpenLineConfigs {
    static let documents = Documents(kind: "open_line")
    /// Rows a list gives at most, and without a limit.
    static let rowsMax = 200
    static let rowsByDefault = 50

    static let family = PortalFamily(
        "open lines",
        methods: [
            method("list.get") { state, call throws(PortalFailure) in try list(state, call) },
            method("get") { state, call throws(PortalFailure) in
                let id = try id(call)
                guard let line = try documents.get(id, in: state) else { return MethodReply(false) }
                var row = row(id, line)
                for name in dates { row[name] = .object(JSONObject()) }
                if call.parameter("WITH_QUEUE").map(\.isTruthy) ?? true { try addQueue(to: &row, state) }
                // Encoded here: the dates are empty objects on the wire, not empty lists.
                return MethodReply(json: JSONValue.object(row).encoded())
            },
            method("add") { state, call throws(PortalFailure) in
                var line = defaults
                line["DATE_CREATE"] = .string(state.now)
                line["DATE_MODIFY"] = .string(state.now)
                line["MODIFY_USER_ID"] = .string(String(call.userID))
                line["QUEUE"] = [.string(String(call.userID))]
                assign(try call.object("PARAMS") ?? JSONObject(), to: &line)
                return MethodReply(.integer(Int64(try documents.insert(line, in: state))))
            },
            method("update") { state, call throws(PortalFailure) in
                let id = try id(call)
                guard var line = try documents.get(id, in: state) else { return MethodReply(false) }
                assign(try call.object("PARAMS") ?? JSONObject(), to: &line)
                line["DATE_MODIFY"] = .string(state.now)
                line["MODIFY_USER_ID"] = .string(String(call.userID))
                try documents.replace(id, with: line, in: state)
                return MethodReply(true)
            },
            method("delete") { state, call throws(PortalFailure) in
                let id = try id(call)
                guard try documents.get(id, in: state) != nil else { return MethodReply(false) }
                try documents.delete(id, in: state)
                return MethodReply(true)
            },
        ])

    private static func method(_ name: String, handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("imopenlines.config.\(name)", scope: "imopenlines", handler: handler)
    }

    private static let dates = ["DATE_CREATE", "DATE_MODIFY"]

    /// A new line's settings.
    private static let defaults: JSONObject = [
        "ACTIVE": "Y", "LINE_NAME": "Open channel", "CRM": "Y", "CRM_CREATE": "lead", "CRM_CREATE_SECOND": "0",
        "CRM_CREATE_THIRD": "Y", "CRM_FORWARD": "Y", "CRM_CHAT_TRACKER": "Y", "CRM_TRANSFER_CHANGE": "Y",
        "CRM_SOURCE": "create", "QUEUE_TIME": "60", "NO_ANSWER_TIME": "60", "QUEUE_TYPE": "evenly",
        "CHECK_AVAILABLE": "N", "WATCH_TYPING": "Y", "WELCOME_BOT_ENABLE": "N", "WELCOME_MESSAGE": "Y",
        "WELCOME_MESSAGE_TEXT": "Welcome!", "VOTE_MESSAGE": "Y", "VOTE_TIME_LIMIT": "0", "VOTE_BEFORE_FINISH": "Y",
        "AGREEMENT_MESSAGE": "N", "AGREEMENT_ID": "0", "CATEGORY_ENABLE": "N", "CATEGORY_ID": "0",
        "WELCOME_BOT_JOIN": "first", "WELCOME_BOT_ID": "0", "WELCOME_BOT_TIME": "0", "WELCOME_BOT_LEFT": "queue",
        "NO_ANSWER_RULE": "text", "NO_ANSWER_TEXT": "", "WORKTIME_ENABLE": "N", "WORKTIME_FROM": "9",
        "WORKTIME_TO": "18.30", "WORKTIME_TIMEZONE": "", "WORKTIME_HOLIDAYS": [""], "WORKTIME_DAYOFF": [""],
        "CLOSE_RULE": "text", "FULL_CLOSE_TIME": "10", "AUTO_CLOSE_RULE": "none", "AUTO_CLOSE_TIME": "14400",
        "DATE_CREATE": "", "DATE_MODIFY": "", "MODIFY_USER_ID": "1", "TEMPORARY": "N", "XML_ID": .null,
        "LANGUAGE_ID": "en", "SESSION_PRIORITY": "0", "TYPE_MAX_CHAT": "answered_new", "MAX_CHAT": "0",
        "OPERATOR_DATA": "profile", "DEFAULT_OPERATOR_DATA": [], "KPI_FIRST_ANSWER_TIME": "0",
        "KPI_FIRST_ANSWER_ALERT": "N", "KPI_FURTHER_ANSWER_TIME": "0", "KPI_FURTHER_ANSWER_ALERT": "N",
        "QUEUE": [],
    ]

    private static func id(_ call: MethodCall) throws(PortalFailure) -> Int {
        guard let id = call.integer("CONFIG_ID"), id > 0 else {
            throw PortalFailure("CONFIG_ID_EMPTY", "Config id can't be empty")
        }
        return id
    }

    private static func assign(_ given: JSONObject, to line: inout JSONObject) {
        for (name, value) in given {
            let key = name.uppercased()
            guard defaults[key] != nil, !dates.contains(key) else { continue }
            if case .array = defaults[key] ?? .null {
                line[key] = .array(value.phpList.compactMap { $0.phpText.map { .string($0) } })
            } else if let text = value.phpText {
                line[key] = .string(text)
            }
        }
    }

    private static func row(_ id: Int, _ line: JSONObject) -> JSONObject {
        var row: JSONObject = ["ID": .string(String(id))]
        for (name, value) in line where name != "QUEUE" { row[name] = value }
        return row
    }

    /// Who answers on the line, in the order of the queue.
    private static func addQueue(to row: inout JSONObject, _ state: PortalState) throws(PortalFailure) {
        let id = row["ID"]?.lenientInteger ?? 0
        let queue = (try documents.get(id, in: state)?["QUEUE"] ?? .null).phpList
        var users = JSONObject()
        var isOnline = false
        for (place, user) in queue.enumerated() {
            guard let number = user.lenientInteger, let record = try UserRecord.find(number, in: state) else {
                continue
            }
            if record["IS_ONLINE"] == "Y" { isOnline = true }
            users[String(number)] = [
                "ID": .string(String(id * 1000 + place)), "SORT": .string(String(place)),
                "USER_ID": .string(String(number)), "DEPARTMENT_ID": "0", "USER_NAME": .null,
                "USER_WORK_POSITION": .null, "USER_AVATAR": .null, "USER_AVATAR_ID": "0",
            ]
        }
        row["QUEUE"] = .array(queue)
        row["QUEUE_FULL"] = .object(users)
        row["QUEUE_ONLINE"] = isOnline ? "Y" : "N"
    }

    // MARK: Lists

    /// `PARAMS` holds select, order, filter, limit and offset, in either case of letters; `OPTIONS.QUEUE` adds who
    /// answers.
    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var parameters = JSONObject()
        guard let given = (call.parameter("PARAMS") ?? .null).phpObject,
            let options = (call.parameter("OPTIONS") ?? .null).phpObject
        else { throw PortalFailure("INVALID_FORMAT", "PARAMS and OPTIONS must be arrays.") }
        for (name, value) in given { parameters[name.lowercased()] = value }
        var rows: [JSONObject] = []
        let filter = parameters["filter"]?.phpObject ?? JSONObject()
        let match = RowMatch(state: state)
        for line in try documents.all(in: state) {
            let row = row(line.id, line.fields)
            let fits = filter.allSatisfy { key, wanted in
                let (operation, name) = FilterOperation.split(key.uppercased())
                guard let value = row[name] else { return true }
                return match.matches(operation, wanted, value, kind(name))
            }
            if fits { rows.append(row) }
        }
        sort(&rows, parameters["order"]?.phpObject ?? JSONObject(), match)
        let offset = max(0, bounded(parameters["offset"]) ?? 0)
        let limit = min(max(1, bounded(parameters["limit"]) ?? rowsByDefault), rowsMax)
        let names = Set(JSONObject.names(parameters["select"]).map { $0.uppercased() })
        var page: [JSONValue] = []
        for row in rows.dropFirst(offset).prefix(limit) {
            var shown = row
            if state.settings.crm.openLineListDatesAreEmpty {
                for name in dates { shown[name] = .object(JSONObject()) }
            }
            if options["QUEUE"]?.isTruthy ?? false { try addQueue(to: &shown, state) }
            if !names.isEmpty, !names.contains("*") {
                shown = JSONObject(shown.filter { names.contains($0.key) }.map { ($0.key, $0.value) })
            }
            page.append(.object(shown))
        }
        return MethodReply(json: JSONValue.array(page).encoded())
    }

    private static func bounded(_ value: JSONValue?) -> Int? {
        value?.lenientInteger.map { max(-(1 << 40), min($0, 1 << 40)) }
    }

    private static func kind(_ name: String) -> RowMatch.Kind {
        if name == "ID" { return .number }
        return dates.contains(name) ? .time : .text
    }

    private static func sort(_ rows: inout [JSONObject], _ order: JSONObject, _ match: RowMatch) {
        guard let (name, direction) = order.first(where: { defaults[$0.key.uppercased()] != nil || $0.key == "ID" })
        else { return }
        let key = name.uppercased()
        let isDown = direction.phpText?.uppercased() == "DESC"
        rows.sort { left, right in
            match.matches(isDown ? .greater : .less, right[key] ?? .null, left[key], kind(key))
        }
    }
}
