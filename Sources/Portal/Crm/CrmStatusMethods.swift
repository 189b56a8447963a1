internal import Storage
internal import Wire

/// `crm.status.*`: stages and dictionaries.
///
/// https://apidocs.bitrix24.com/api-reference/crm/status/index.html
enum CrmStatusMethods {
    static let table = RecordTable(
        "crm_status",
        spec: """
            ID - integer
            ENTITY_ID - string
            STATUS_ID - string
            NAME - string
            NAME_INIT - string
            SORT - integer
            SYSTEM - char
            CATEGORY_ID - integer
            COLOR - string
            SEMANTICS - string
            """)

    static let methods: [PortalMethod] = [
        .crm("crm.status.list") { state, call throws(PortalFailure) in try list(state, call) },
        .crm("crm.status.get") { state, call throws(PortalFailure) in
            let id = try call.requiredID()
            guard let row = try rows(state, "WHERE id = ?", [.integer(Int64(id))]).first else {
                throw PortalFailure("", "Not found")
            }
            return MethodReply(row)
        },
        .crm("crm.status.entity.items") { state, call throws(PortalFailure) in
            let entity = call.text("entityId") ?? ""
            let items = try rows(state, "WHERE entity_id = ?", [.text(entity)]).map { row -> JSONValue in
                [
                    "NAME": row["NAME"] ?? "", "SORT": .integer(Int64(row["SORT"]?.lenientInteger ?? 0)),
                    "STATUS_ID": row["STATUS_ID"] ?? "",
                ]
            }
            return MethodReply(.array(items))
        },
        .crm("crm.status.add") { state, call throws(PortalFailure) in try add(state, call) },
        .crm("crm.status.update") { state, call throws(PortalFailure) in try update(state, call) },
        .crm("crm.status.delete") { state, call throws(PortalFailure) in try delete(state, call) },
    ]

    /// Rows in the order stages have: by sort.
    static func rows(
        _ state: PortalState, _ sql: String, _ values: [SQLValue] = []
    ) throws(PortalFailure) -> [JSONValue] {
        try state.query(
            """
            SELECT id, entity_id, status_id, name, name_init, sort, system, category_id, color, semantics \
            FROM crm_status \(sql) ORDER BY entity_id, sort, id
            """, values
        ) { row in
            let semantics = row.text(9)
            var object: JSONObject = JSONObject()
            object["ID"] = .string(String(row.int(0)))
            for (place, name) in [(1, "ENTITY_ID"), (2, "STATUS_ID"), (3, "NAME"), (4, "NAME_INIT")] {
                object[name] = .string(row.text(place))
            }
            object["SORT"] = .string(String(row.int(5)))
            object["SYSTEM"] = .string(row.text(6))
            object["CATEGORY_ID"] = row.isNull(7) ? .null : .string(String(row.int(7)))
            object["COLOR"] = .string(row.text(8))
            object["SEMANTICS"] = semantics.isEmpty ? .null : .string(semantics)
            let isStage = !row.text(8).isEmpty
            if isStage {
                let word = semantics == "S" ? "success" : semantics == "F" ? "failure" : "process"
                let isApology = row.text(2).hasSuffix("APOLOGY")
                object["EXTRA"] = [
                    "SEMANTICS": .string(isApology ? "apology" : word), "COLOR": .string(row.text(8)),
                ]
            }
            return .object(object)
        }
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let filter = try call.object("filter") ?? JSONObject()
        let found = try rows(state, "").filter { row in
            filter.allSatisfy { key, value in
                let (operation, name) = FilterOperation.split(key)
                guard table.place(name.uppercased()) != nil else { return true }
                let wanted = value.phpText.map { [$0] } ?? value.phpList.compactMap(\.phpText)
                let isMember = wanted.contains(row[name.uppercased()]?.phpText ?? "")
                return operation.rawValue.hasPrefix("!") ? !isMember : isMember
            }
        }
        return MethodReply(.array(found), total: found.count)
    }

    private static func administrator(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) {
        guard state.isAdministrator(call.userID) else { throw PortalFailure.accessDenied }
    }

    private static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try administrator(state, call)
        let fields = try call.object("fields") ?? JSONObject()
        guard let entity = fields["ENTITY_ID"]?.phpText, !entity.isEmpty,
            let status = fields["STATUS_ID"]?.phpText, !status.isEmpty
        else { throw PortalFailure("", "The fields ENTITY_ID and STATUS_ID are required.") }
        let model = try state.texts(
            "SELECT status_id, coalesce(CAST(category_id AS TEXT), '') FROM crm_status WHERE entity_id = ? LIMIT 1",
            [.text(entity)]
        ).first
        // The funnel's prefix is the platform's business: C1:NEW, C1:MINE.
        let prefix = model.flatMap { row in
            row[0].firstIndex(of: ":").map { String(row[0][...$0]) }
        }
        let id = prefix.map { status.hasPrefix($0) ? status : $0 + status } ?? status
        let name = fields["NAME"]?.phpText ?? status
        let isTaken = try state.integer(
            "SELECT 1 FROM crm_status WHERE entity_id = ? AND status_id = ?", [.text(entity), .text(id)])
        guard isTaken == nil else { throw PortalFailure("", "An element with this code already exists.") }
        try state.execute(
            """
            INSERT INTO crm_status (entity_id, status_id, name, name_init, sort, system, category_id, color, \
            semantics) VALUES (?, ?, ?, '', ?, 'N', ?, ?, ?)
            """,
            [
                .text(entity), .text(id), .text(name),
                .integer(Int64(fields["SORT"]?.lenientInteger ?? 10)), SQLValue(model.flatMap { Int($0[1]) }),
                .text(fields["COLOR"]?.phpText ?? ""), .text(fields["SEMANTICS"]?.phpText ?? ""),
            ])
        return MethodReply(.integer(state.database.lastInsertID))
    }

    private static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try administrator(state, call)
        let id = Int64(try call.requiredID())
        guard try state.integer("SELECT 1 FROM crm_status WHERE id = ?", [.integer(id)]) != nil else {
            throw PortalFailure.notFound
        }
        let fields = try call.object("fields") ?? JSONObject()
        for (name, column) in [("NAME", "name"), ("COLOR", "color"), ("SORT", "sort")] {
            guard let text = fields[name]?.phpText else { continue }
            let value: SQLValue = name == "SORT" ? .integer(Int64(text) ?? 0) : .text(text)
            try state.execute("UPDATE crm_status SET \(column) = ? WHERE id = ?", [value, .integer(id)])
        }
        return MethodReply(true)
    }

    private static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try administrator(state, call)
        let id = Int64(try call.requiredID())
        let system = try state.texts("SELECT system FROM crm_status WHERE id = ?", [.integer(id)])
        guard let isSystem = system.first?.first else { throw PortalFailure.notFound }
        let isForced = call.parameter("params")?["FORCED"]?.isTruthy ?? false
        guard isSystem != "Y" || isForced else {
            throw PortalFailure("", "CRM System Status could not be deleted. Use parameter FORCED.")
        }
        try state.execute("DELETE FROM crm_status WHERE id = ?", [.integer(id)])
        return MethodReply(true)
    }
}
