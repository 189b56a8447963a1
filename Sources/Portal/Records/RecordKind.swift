internal import Wire

/// Records that are nothing but their own fields: products, requisites, calls.
struct RecordKind: Sendable {
    /// Defaults, checks and computed fields; runs before a record is stored.
    typealias Settling =
        @Sendable (PortalState, _ userID: Int, _ record: inout StoredRecord, _ isNew: Bool) throws(PortalFailure)
        -> Void

    let table: RecordTable
    /// What is said of an id that no record has.
    var missing = PortalFailure.notFound
    let settle: Settling

    init(_ table: RecordTable, missing: PortalFailure = .notFound, settle: @escaping Settling) {
        self.table = table
        self.missing = missing
        self.settle = settle
    }

    func store(_ state: PortalState) -> RecordStore { RecordStore(state: state, table: table) }

    func load(_ id: Int, _ state: PortalState) throws(PortalFailure) -> StoredRecord {
        guard let record = try store(state).load(id) else { throw missing }
        return record
    }

    func add(
        _ given: JSONObject, view: RecordFilter.View, userID: Int, in state: PortalState
    ) throws(PortalFailure) -> Int {
        let store = store(state)
        var record = store.blank(try store.nextID())
        assign(given, view: view, to: &record, isNew: true, state)
        try settle(state, userID, &record, true)
        try store.insert(record)
        return record.id
    }

    func update(
        _ id: Int, _ given: JSONObject, view: RecordFilter.View, userID: Int, in state: PortalState
    ) throws(PortalFailure) {
        var record = try load(id, state)
        assign(given, view: view, to: &record, isNew: false, state)
        try settle(state, userID, &record, false)
        try store(state).replace(record)
    }

    func delete(_ id: Int, in state: PortalState) throws(PortalFailure) {
        guard try store(state).exists(id) else { throw missing }
        try store(state).delete(id)
    }

    /// Unknown names are passed over, and so are values that are nothing of their field's kind.
    private func assign(
        _ given: JSONObject, view: RecordFilter.View, to record: inout StoredRecord, isNew: Bool, _ state: PortalState
    ) {
        let values = FieldValue(state: state)
        for (name, value) in given {
            let place = view == .classic ? table.place(name.uppercased()) : table.universalPlace(name)
            guard let place else { continue }
            let field = table.fields[place]
            guard !field.isReadOnly, isNew || !field.isImmutable, let stored = values.stored(value, for: field)
            else { continue }
            record.fields[field.name] = stored
        }
    }
}

extension StoredRecord {
    /// Sets what has no value yet.
    mutating func fill(_ defaults: [(String, JSONValue)]) {
        for (name, value) in defaults where [.null, .string("")].contains(fields[name] ?? .null) {
            fields[name] = value
        }
    }

    func integer(_ name: String) -> Int { fields[name]?.lenientInteger ?? 0 }
    func double(_ name: String) -> Double { fields[name]?.lenientDouble ?? 0 }
    func text(_ name: String) -> String { fields[name]?.phpText ?? "" }
}
