internal import Storage
internal import Wire

/// Adds, changes and deletes CRM records. Classic and universal methods both end here, so the two views
/// of a record cannot disagree.
struct CrmRecords {
    let state: PortalState
    let type: CrmType
    let userID: Int

    private var store: RecordStore { RecordStore(state: state, table: type.table) }
    private var stages: CrmStages { CrmStages(state: state) }

    /// What a caller wants to write, with the names of either view resolved.
    struct Input {
        /// Classic name → value as it was sent.
        var fields: [(field: RecordField, value: JSONValue)] = []
        var multifields: [CrmMultifields.Change] = []
        /// The whole list of contacts (companies of a contact); nil leaves it alone.
        var linkedIDs: [Int]?
        var observers: [Int]?
        /// `crm.item.*` may move a record to another funnel, the classic update may not.
        var mayChangeCategory = false

        func value(_ name: String) -> JSONValue? { fields.last { $0.field.name == name }?.value }
    }

    // MARK: Reading

    func load(_ id: Int) throws(PortalFailure) -> StoredRecord {
        guard let record = try store.load(id) else { throw .notFound }
        return record
    }

    /// One record in the given view.
    func json(_ id: Int, writer: some RecordWriter, wrapper: (StaticString, StaticString) = ("", ""))
        throws(PortalFailure) -> [UInt8]
    {
        guard let json = try store.json(id, writer: writer, wrapper: wrapper) else { throw .notFound }
        return json
    }

    // MARK: Writing

    /// A new record that names nothing, to start many from: its defaults are looked up once.
    func template() throws(PortalFailure) -> StoredRecord {
        var record = store.blank(0)
        try applyDefaults(&record, Input())
        return record
    }

    /// - Parameter template: what `template` made just before; records that name their funnel do without.
    func add(_ input: Input, from template: StoredRecord? = nil) throws(PortalFailure) -> Int {
        let id = try store.nextID()
        var record: StoredRecord
        if let template, input.value("CATEGORY_ID") == nil {
            record = StoredRecord(id: id, fields: template.fields)
            record.fields["ID"] = .string(String(id))
        } else {
            record = store.blank(id)
            try applyDefaults(&record, input)
        }
        _ = try assign(input, to: &record, isNew: true)
        for name in ["QUOTE_NUMBER", "ACCOUNT_NUMBER"] where record.fields[name] == .null {
            record.fields[name] = .string(String(id))
        }
        if record.fields["TITLE"]?.phpText?.isEmpty ?? false {
            record.fields["TITLE"] = .string("\(type.title) #\(id)")
        }
        _ = try applyRelations(input, to: &record)
        try settleStage(&record, previous: nil)
        if type.isOldInvoice { try OldInvoice(state: state, userID: userID).settle(&record, before: nil) }
        try store.insert(record)
        try recordStage(record, before: nil)
        emit(.add, id)
        try TemplateMethods.startAutomatic(1, type, id, in: state)
        return id
    }

    /// - Returns: false when nothing was different: then nothing is saved either.
    @discardableResult
    func update(_ id: Int, _ input: Input) throws(PortalFailure) -> Bool {
        var record = try load(id)
        let before = record
        var isChanged = try assign(input, to: &record, isNew: false)
        if try applyRelations(input, to: &record) { isChanged = true }
        guard isChanged else { return false }
        let moved = try settleStage(&record, previous: before)
        if type.isOldInvoice { try OldInvoice(state: state, userID: userID).settle(&record, before: before) }
        try settleAmount(&record, before: before)
        set(type.modifiedField, .string(state.now), on: &record)
        set(type.editorField, .string(String(userID)), on: &record)
        try store.replace(record)
        if moved { try recordStage(record, before: before) }
        emitUpdate(record, from: before)
        try TemplateMethods.startAutomatic(2, type, id, in: state)
        return true
    }

    func delete(_ id: Int) throws(PortalFailure) {
        guard try store.exists(id) else { throw .notFound }
        try store.delete(id)
        let owner: [SQLValue] = [.integer(Int64(type.entityTypeID)), .integer(Int64(id))]
        try state.execute("DELETE FROM crm_multi WHERE entity_type_id = ? AND entity_id = ?", owner)
        try state.execute("DELETE FROM crm_link WHERE owner_type_id = ? AND owner_id = ?", owner)
        try state.execute("DELETE FROM crm_link WHERE target_type_id = ? AND target_id = ?", owner)
        if type.hasProducts {
            try ProductRows(state: state, owner: type, ownerID: id, userID: userID).deleteAll()
        }
        emit(.delete, id)
    }

    // MARK: Steps

    /// Writes a field that not every kind of object has.
    private func set(_ name: String, _ value: JSONValue, on record: inout StoredRecord) {
        if type.table.place(name) != nil { record.fields[name] = value }
    }

    private func applyDefaults(_ record: inout StoredRecord, _ input: Input) throws(PortalFailure) {
        func set(_ name: String, _ value: String) {
            if type.table.place(name) != nil { record.fields[name] = .string(value) }
        }
        let user = String(userID)
        for name in [type.responsibleField, "LAST_ACTIVITY_BY", type.authorField, type.editorField] { set(name, user) }
        for name in [type.createdField, type.modifiedField, "LAST_ACTIVITY_TIME"] { set(name, state.now) }
        set("OPENED", "Y")
        set("TITLE", "")
        for name in [
            "HAS_PHONE", "HAS_EMAIL", "HAS_IMOL", "IS_MANUAL_OPPORTUNITY", "IS_RETURN_CUSTOMER",
            "IS_RECURRING", "IS_REPEATED_APPROACH", "IS_MY_COMPANY", "EXPORT", "CLOSED",
        ] { set(name, "N") }
        if type.entityTypeID == 3 { set("EXPORT", "Y") }
        if type.entityTypeID != 3 { set("CURRENCY_ID", state.settings.baseCurrency) }
        for name in ["OPPORTUNITY", "TAX_VALUE", "REVENUE"] { set(name, "0.00") }
        for (name, entity) in [
            ("SOURCE_ID", "SOURCE"), ("TYPE_ID", type.entityTypeID == 2 ? "DEAL_TYPE" : "CONTACT_TYPE"),
        ]
        where type.table.place(name) != nil {
            if let first = try stages.firstStage(entity: entity) { set(name, first) }
        }
        try applyDateAndStageDefaults(&record, input)
    }

    private func applyDateAndStageDefaults(
        _ record: inout StoredRecord, _ input: Input
    ) throws(PortalFailure) {
        let today = state.local(state.clock.unixSeconds).date
        for (name, days) in [("BEGINDATE", 0), ("CLOSEDATE", 7)] where type.table.place(name) != nil {
            let midnight = state.instant(local: .init(date: today.adding(days: days), time: .midnight))
            record.fields[name] = .string(state.iso8601(midnight))
        }
        guard let stageField = type.stageField else { return }
        var categoryID = 0
        if type.hasCategories {
            categoryID = try stages.defaultCategory(entityTypeID: type.entityTypeID)
            if let wanted = input.value("CATEGORY_ID")?.lenientInteger { categoryID = wanted }
            guard try stages.hasCategory(categoryID, entityTypeID: type.entityTypeID) else {
                throw PortalFailure("CRM_FIELD_ERROR_VALUE_NOT_VALID", "Invalid value for the field \"Pipeline\"")
            }
            record.fields["CATEGORY_ID"] = .string(String(categoryID))
        }
        let first = try stages.firstStage(entity: type.stageEntity(categoryID: categoryID))
        record.fields[stageField] = first.map { .string($0) } ?? .null
        set("MOVED_TIME", .string(state.now), on: &record)
        set(type.moverField, .string(String(userID)), on: &record)
    }

    /// Writes the plain fields. True when one of them is different now.
    private func assign(
        _ input: Input, to record: inout StoredRecord, isNew: Bool
    ) throws(PortalFailure) -> Bool {
        let values = FieldValue(state: state)
        var isChanged = false
        for (field, value) in input.fields where !field.isReadOnly {
            if field.isImmutable, !isNew, !input.mayChangeCategory { continue }
            // A value that is nothing of its kind leaves the field as it was.
            guard let stored = values.stored(value, for: field) else { continue }
            if let list = stored.arrayValue, field.kind != .object, list == record.fields[field.name]?.arrayValue {
                continue
            }
            guard stored != record.fields[field.name] else { continue }
            record.fields[field.name] = stored
            isChanged = true
        }
        if isChanged, !isNew { try moveCategory(&record, input) }
        return isChanged
    }

    /// A record that changed its funnel without naming a stage starts at that funnel's beginning.
    private func moveCategory(_ record: inout StoredRecord, _ input: Input) throws(PortalFailure) {
        guard type.hasCategories, let stageField = type.stageField, input.value("CATEGORY_ID") != nil,
            input.value(stageField) == nil, let category = record.fields["CATEGORY_ID"]?.lenientInteger
        else { return }
        let entity = type.stageEntity(categoryID: category)
        let current = record.fields[stageField]?.phpText ?? ""
        guard try stages.semantic(current, entity: entity) == nil else { return }
        if let first = try stages.firstStage(entity: entity) { record.fields[stageField] = .string(first) }
    }

    private func applyRelations(_ input: Input, to record: inout StoredRecord) throws(PortalFailure) -> Bool {
        var isChanged = false
        let multi = CrmMultifields(state: state, entityTypeID: type.entityTypeID, entityID: record.id)
        if try multi.apply(input.multifields) {
            isChanged = true
            record.multi = try multi.stored()
            for (name, kind) in [("HAS_PHONE", "PHONE"), ("HAS_EMAIL", "EMAIL")] {
                record.fields[name] = record.multi[kind] == nil ? "N" : "Y"
            }
        }
        if try CrmRelations(state: state, type: type).apply(input, to: &record) { isChanged = true }
        if let observers = input.observers {
            let value = JSONValue.array(observers.map { .integer(Int64($0)) })
            if record.links["observers"] != value { isChanged = true }
            record.links["observers"] = value
        }
        return isChanged
    }

    /// The amount of a record with product rows is theirs, until somebody sets it by hand.
    private func settleAmount(_ record: inout StoredRecord, before: StoredRecord) throws(PortalFailure) {
        let amounts = ["OPPORTUNITY", "IS_MANUAL_OPPORTUNITY"]
        guard type.hasProducts, state.settings.crm.rowsDecideOpportunity,
            amounts.contains(where: { record.fields[$0] != before.fields[$0] }),
            record.fields["IS_MANUAL_OPPORTUNITY"] != "Y"
        else { return }
        let rows = ProductRows(state: state, owner: type, ownerID: record.id, userID: userID)
        guard let totals = try rows.totals() else { return }
        record.fields["OPPORTUNITY"] = .string(FieldValue.money(totals.opportunity))
    }

    /// Checks the stage and everything that follows from it. True when the record moved.
    @discardableResult
    private func settleStage(
        _ record: inout StoredRecord, previous: StoredRecord?
    ) throws(PortalFailure) -> Bool {
        guard let stageField = type.stageField else { return false }
        let stage = record.fields[stageField]?.phpText ?? ""
        let isMoved = previous.map { $0.fields[stageField] != record.fields[stageField] } ?? true
        guard isMoved else { return false }
        let category = record.fields["CATEGORY_ID"]?.lenientInteger ?? 0
        guard let semantic = try stages.semantic(stage, entity: type.stageEntity(categoryID: category)) else {
            throw PortalFailure("CRM_FIELD_ERROR_VALUE_NOT_VALID", "Invalid value for the field \"Stage\"")
        }
        if let field = type.semanticField { record.fields[field] = .string(semantic) }
        let isFinal = semantic != "P"
        if type.entityTypeID == 2 {
            record.fields["CLOSED"] = isFinal ? "Y" : "N"
            let first = try stages.firstStage(entity: type.stageEntity(categoryID: category))
            record.fields["IS_NEW"] = stage == first ? "Y" : "N"
        }
        if type.entityTypeID == 1 { record.fields["DATE_CLOSED"] = isFinal ? .string(state.now) : .null }
        if let previous {
            set("MOVED_TIME", .string(state.now), on: &record)
            set(type.moverField, .string(String(userID)), on: &record)
            if type.isSmartProcess { record.fields["PREVIOUS_STAGE_ID"] = previous.fields[stageField] }
        }
        return true
    }

    /// Type 1 is a new record, 2 on the way, 3 final, 5 another funnel.
    private func recordStage(_ record: StoredRecord, before: StoredRecord?) throws(PortalFailure) {
        guard let stageField = type.stageField else { return }
        let stage = record.fields[stageField]?.phpText ?? ""
        let category = record.fields["CATEGORY_ID"]?.lenientInteger ?? 0
        let known = type.semanticField.flatMap { record.fields[$0]?.phpText }
        let semantic =
            if let known { known } else {
                try stages.semantic(stage, entity: type.stageEntity(categoryID: category)) ?? "P"
            }
        var typeID = semantic == "P" ? 2 : 3
        if let before {
            if record.fields["CATEGORY_ID"] != before.fields["CATEGORY_ID"] { typeID = 5 }
        } else {
            typeID = 1
        }
        try state.execute(
            """
            INSERT INTO crm_stage_history (entity_type_id, type_id, owner_id, created, category_id, semantic, \
            stage_id) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(Int64(type.entityTypeID)), .integer(Int64(typeID)), .integer(Int64(record.id)),
                .integer(state.clock.unixSeconds), .integer(Int64(category)), .text(semantic), .text(stage),
            ])
    }
}
