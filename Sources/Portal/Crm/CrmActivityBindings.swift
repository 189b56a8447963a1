internal import Storage
internal import Wire

/// The records an activity hangs on: `crm.activity.binding.*` and the `BINDINGS` filter of its list.
///
/// https://apidocs.bitrix24.com/api-reference/crm/timeline/activities/binding/index.html
enum CrmActivityBindings {
    /// Records one activity may hang on.
    static let bindingsMax = 100

    static let schema = [
        """
        CREATE TABLE IF NOT EXISTS crm_activity_binding (activity_id INTEGER NOT NULL, \
        owner_type_id INTEGER NOT NULL, owner_id INTEGER NOT NULL, \
        PRIMARY KEY (activity_id, owner_type_id, owner_id)) WITHOUT ROWID
        """,
        "CREATE INDEX IF NOT EXISTS crm_activity_binding_owner ON crm_activity_binding (owner_type_id, owner_id)",
    ]

    static let methods: [PortalMethod] = [
        .crm("crm.activity.binding.list") { state, call throws(PortalFailure) in
            let bound = try bindings(of: try activity(state, call), state)
            return MethodReply(
                .array(
                    bound.map { ["entityTypeId": .integer(Int64($0.typeID)), "entityId": .integer(Int64($0.id))] }))
        },
        .crm("crm.activity.binding.add") { state, call throws(PortalFailure) in
            let id = try activity(state, call)
            try bind(id, try owner("", state, call), state)
            return MethodReply(true)
        },
        .crm("crm.activity.binding.delete") { state, call throws(PortalFailure) in
            let id = try activity(state, call)
            let owner = try owner("", state, call)
            let bound = try bindings(of: id, state)
            guard bound.contains(owner) else { throw unbound }
            guard bound.count > 1 else {
                throw PortalFailure("LAST_BINDING_CANNOT_BE_DELETED", "The last binding cannot be deleted")
            }
            try remove(id, owner, state)
            return MethodReply(true)
        },
        .crm("crm.activity.binding.move") { state, call throws(PortalFailure) in
            let id = try activity(state, call)
            let source = try owner("source", state, call)
            let target = try owner("target", state, call)
            guard source.typeID == target.typeID else {
                throw PortalFailure(
                    "SOURCE_AND_TARGET_ENTITY_TYPES_ARE_NOT_EQUAL_ERROR", "Source and target types are not equal")
            }
            guard source != target else {
                throw PortalFailure("SOURCE_AND_TARGET_ENTITY_ID_ARE_EQUAL_ERROR", "Source and target are equal")
            }
            guard try bindings(of: id, state).contains(source) else { throw unbound }
            try remove(id, source, state)
            try bind(id, target, state)
            return MethodReply(true)
        },
    ]

    struct Owner: Equatable {
        var typeID: Int
        var id: Int
    }

    private static let unbound = PortalFailure("BINDING_NOT_FOUND", "Binding is not found")

    static func bindings(of activity: Int, _ state: PortalState) throws(PortalFailure) -> [Owner] {
        try state.query(
            """
            SELECT owner_type_id, owner_id FROM crm_activity_binding WHERE activity_id = ? \
            ORDER BY owner_type_id, owner_id
            """, [.integer(Int64(activity))]
        ) { Owner(typeID: $0.int(0), id: $0.int(1)) }
    }

    private static func bind(_ activity: Int, _ owner: Owner, _ state: PortalState) throws(PortalFailure) {
        let bound = try bindings(of: activity, state)
        guard !bound.contains(owner) else {
            throw PortalFailure("ACTIVITY_IS_ALREADY_BOUND", "Activity is already bound")
        }
        guard bound.count < bindingsMax else {
            throw PortalFailure("", "An activity may be bound to \(bindingsMax) records at most.")
        }
        try insert(activity, owner, state)
    }

    /// For a new activity: its first record.
    static func insert(_ activity: Int, _ owner: Owner, _ state: PortalState) throws(PortalFailure) {
        try state.execute(
            "INSERT OR IGNORE INTO crm_activity_binding VALUES (?, ?, ?)", values(activity, owner))
        state.caches.forget(CrmActivities.table.name)
    }

    private static func remove(_ activity: Int, _ owner: Owner, _ state: PortalState) throws(PortalFailure) {
        try state.execute(
            "DELETE FROM crm_activity_binding WHERE activity_id = ? AND owner_type_id = ? AND owner_id = ?",
            values(activity, owner))
        state.caches.forget(CrmActivities.table.name)
    }

    static func removeAll(_ activity: Int, _ state: PortalState) throws(PortalFailure) {
        try state.execute("DELETE FROM crm_activity_binding WHERE activity_id = ?", [.integer(Int64(activity))])
    }

    private static func values(_ activity: Int, _ owner: Owner) -> [SQLValue] {
        [.integer(Int64(activity)), .integer(Int64(owner.typeID)), .integer(Int64(owner.id))]
    }

    // MARK: Parameters

    private static func activity(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> Int {
        guard let id = call.integer("activityId") else {
            throw PortalFailure("100", "Could not find value for parameter {activityId}")
        }
        guard try RecordStore(state: state, table: CrmActivities.table).exists(id) else {
            throw PortalFailure("NOT_FOUND", "Element not found")
        }
        return id
    }

    /// - Parameter side: `source`, `target` or nothing, before `entityTypeId` and `entityId`.
    private static func owner(_ side: String, _ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> Owner {
        let names = side.isEmpty ? ["entityTypeId", "entityId"] : ["\(side)EntityTypeId", "\(side)EntityId"]
        var numbers: [Int] = []
        for name in names {
            guard let number = call.integer(name) else {
                throw PortalFailure("100", "Could not find value for parameter {\(name)}")
            }
            numbers.append(number)
        }
        let owner = Owner(typeID: numbers[0], id: numbers[1])
        guard let type = try CrmCatalog(state: state).type(owner.typeID),
            try RecordStore(state: state, table: type.table).exists(owner.id)
        else { throw PortalFailure("OWNER_NOT_FOUND", "Owner is not found") }
        return owner
    }

    // MARK: The filter of lists

    /// What `BINDINGS: [{OWNER_TYPE_ID, OWNER_ID}, …]` asks for: one of the pairs; either number may be missing.
    ///
    /// - Returns: SQL about the columns of a binding; nil when no pair has a number.
    static func condition(_ value: JSONValue) -> String? {
        // One pair may come without the list around it.
        let isPair = value["OWNER_TYPE_ID"] != nil || value["OWNER_ID"] != nil
        let pairs = (isPair ? [value] : value.phpList).compactMap { pair -> String? in
            let terms = [("OWNER_TYPE_ID", "owner_type_id"), ("OWNER_ID", "owner_id")].compactMap { name, column in
                pair[name]?.lenientInteger.map { "\(column) = \($0)" }
            }
            return terms.isEmpty ? nil : "(\(terms.joined(separator: " AND ")))"
        }
        return pairs.isEmpty ? nil : "(\(pairs.joined(separator: " OR ")))"
    }
}
