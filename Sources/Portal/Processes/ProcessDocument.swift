internal import Wire

/// A record as business processes name it: module, class and `DEAL_777`.
///
/// https://apidocs.bitrix24.com/api-reference/bizproc/index.html
struct ProcessDocument: Equatable {
    let module: String
    let entity: String
    /// `DEAL`, `DYNAMIC_147`, `iblock_46`.
    let kind: String
    /// nil for a document type.
    var id: Int?

    private static let classes: [(entity: String, kind: String, entityTypeID: Int)] = [
        ("CCrmDocumentLead", "LEAD", 1), ("CCrmDocumentDeal", "DEAL", 2), ("CCrmDocumentContact", "CONTACT", 3),
        ("CCrmDocumentCompany", "COMPANY", 4), (#"Bitrix\Crm\Integration\BizProc\Document\Quote"#, "QUOTE", 7),
        (#"Bitrix\Crm\Integration\BizProc\Document\SmartInvoice"#, "SMART_INVOICE", 31),
    ]
    private static let dynamicClass = #"Bitrix\Crm\Integration\BizProc\Document\Dynamic"#
    private static let otherClasses: [String: Set<String>] = [
        "lists": ["BizprocDocument", #"Bitrix\Lists\BizprocDocumentLists"#],
        "disk": [#"Bitrix\Disk\BizProcDocument"#],
    ]

    /// Reads a DOCUMENT_TYPE: `["crm","CCrmDocumentDeal","DEAL"]`.
    init?(type value: JSONValue?) {
        guard let (module, entity, third) = ProcessDocument.triple(value) else { return nil }
        guard ProcessDocument.isType(module, entity, third) else { return nil }
        (self.module, self.entity, kind) = (module, entity, third)
    }

    /// Reads a DOCUMENT_ID: `["crm","CCrmDocumentDeal","DEAL_777"]`.
    init?(id value: JSONValue?) {
        guard let (module, entity, third) = ProcessDocument.triple(value) else { return nil }
        (self.module, self.entity) = (module, entity)
        if module != "crm" {
            guard let number = Int(third), number > 0, ProcessDocument.otherClasses[module]?.contains(entity) ?? false
            else { return nil }
            (kind, id) = ("", number)
            return
        }
        guard let mark = third.lastIndex(of: "_"), let number = Int(third[third.index(after: mark)...]), number > 0,
            ProcessDocument.isType(module, entity, String(third[..<mark]))
        else { return nil }
        (kind, id) = (String(third[..<mark]), number)
    }

    /// Reads `DEAL_777` alone, as triggers name a record.
    init?(target: String) {
        guard let mark = target.lastIndex(of: "_"), let number = Int(target[target.index(after: mark)...]), number > 0
        else { return nil }
        let kind = String(target[..<mark])
        if let known = ProcessDocument.classes.first(where: { $0.kind == kind }) {
            entity = known.entity
        } else if ProcessDocument.dynamicType(kind) != nil {
            entity = ProcessDocument.dynamicClass
        } else {
            return nil
        }
        (module, self.kind, id) = ("crm", kind, number)
    }

    init(_ type: CrmType, id: Int) {
        let known = ProcessDocument.classes.first { $0.entityTypeID == type.entityTypeID }
        module = "crm"
        entity = known?.entity ?? ProcessDocument.dynamicClass
        kind = known?.kind ?? "DYNAMIC_\(type.entityTypeID)"
        self.id = id
    }

    /// The CRM's number of the kind of record; nil for lists and files.
    var entityTypeID: Int? {
        guard module == "crm" else { return nil }
        return ProcessDocument.classes.first { $0.kind == kind }?.entityTypeID ?? ProcessDocument.dynamicType(kind)
    }

    var typeJSON: JSONValue { [.string(module), .string(entity), .string(kind)] }

    var idJSON: JSONValue {
        let number = id ?? 0
        return [.string(module), .string(entity), .string(module == "crm" ? "\(kind)_\(number)" : String(number))]
    }

    func hasType(of other: ProcessDocument) -> Bool {
        module == other.module && entity == other.entity && (kind == other.kind || kind.isEmpty)
    }

    /// Whether the record is on this portal. Lists and files are taken on trust: their modules are not played here.
    func exists(in state: PortalState) throws(PortalFailure) -> Bool {
        guard let number = entityTypeID else { return true }
        guard let id, let type = try CrmCatalog(state: state).type(number) else { return false }
        return try RecordStore(state: state, table: type.table).exists(id)
    }

    private static func triple(_ value: JSONValue?) -> (String, String, String)? {
        let parts = (value ?? .null).phpList.compactMap(\.phpText)
        return parts.count == 3 ? (parts[0], parts[1], parts[2]) : nil
    }

    private static func isType(_ module: String, _ entity: String, _ kind: String) -> Bool {
        guard module == "crm" else { return otherClasses[module]?.contains(entity) ?? false && !kind.isEmpty }
        if entity == dynamicClass { return dynamicType(kind) != nil }
        return classes.contains { $0.entity == entity && $0.kind == kind }
    }

    private static func dynamicType(_ kind: String) -> Int? {
        kind.hasPrefix("DYNAMIC_") ? Int(kind.dropFirst("DYNAMIC_".count)) : nil
    }
}
