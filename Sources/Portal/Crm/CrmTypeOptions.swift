internal import Wire

/// What is switched on for a smart process, and what it hangs together with.
struct CrmTypeOptions {
    let entityTypeID: Int
    var stored: JSONObject

    static let documents = Documents(kind: "crm_type")

    static let flags = [
        "isCategoriesEnabled", "isStagesEnabled", "isBeginCloseDatesEnabled", "isClientEnabled",
        "isUseInUserfieldEnabled", "isLinkWithProductsEnabled", "isMycompanyEnabled", "isDocumentsEnabled",
        "isSourceEnabled", "isObserversEnabled", "isRecyclebinEnabled", "isAutomationEnabled", "isBizProcEnabled",
        "isSetOpenPermissions", "isPaymentsEnabled", "isCountersEnabled",
    ]
    private static let links = [
        "CALENDAR_EVENT|UF_CRM_CAL_EVENT", "TASKS_TASK|UF_CRM_TASK", "TASKS_TASK_TEMPLATE|UF_CRM_TASK",
    ]

    /// A type whose maker named no option: everything is off but open permissions.
    static let new: JSONObject = ["isSetOpenPermissions": true]

    /// Types of a portal that was stored before there were options have everything.
    static func of(_ entityTypeID: Int, in state: PortalState) throws(PortalFailure) -> CrmTypeOptions {
        let all = JSONObject(flags.map { ($0, true) })
        return CrmTypeOptions(entityTypeID: entityTypeID, stored: try documents.get(entityTypeID, in: state) ?? all)
    }

    func save(in state: PortalState) throws(PortalFailure) {
        try Self.documents.delete(entityTypeID, in: state)
        try Self.documents.insert(stored, id: entityTypeID, in: state)
    }

    func has(_ flag: String) -> Bool { stored[flag]?.isTruthy ?? false }

    var features: Set<String> { Set(Self.flags.filter(has)) }

    mutating func apply(_ fields: JSONObject) {
        for flag in Self.flags {
            if let value = fields[flag] { stored[flag] = .bool(value.isTruthy) }
        }
        for name in ["relations", "linkedUserFields"] {
            if let value = fields[name]?.objectValue { stored[name] = .object(value) }
        }
    }

    var parentTypeIDs: [Int] {
        (stored["relations"]?["parent"] ?? .null).phpList.compactMap { $0["entityTypeId"]?.lenientInteger }
    }

    /// A client is a relation that the platform makes itself.
    var relations: JSONValue {
        var parents: [JSONValue] = []
        if has("isClientEnabled") { parents = [3, 4].map { relation($0, isShown: true, isPredefined: true) } }
        parents += given("parent")
        return ["parent": .array(parents), "child": .array(given("child"))]
    }

    private func given(_ side: String) -> [JSONValue] {
        (stored["relations"]?[side] ?? .null).phpList.compactMap { item in
            item["entityTypeId"]?.lenientInteger.map {
                relation($0, isShown: CrmTypeOptions.isTrue(item["isChildrenListEnabled"]), isPredefined: false)
            }
        }
    }

    private func relation(_ number: Int, isShown: Bool, isPredefined: Bool) -> JSONValue {
        [
            "entityTypeId": .integer(Int64(number)), "isChildrenListEnabled": isShown ? "Y" : "N",
            "isPredefined": isPredefined ? "Y" : "N",
        ]
    }

    var linkedUserFields: JSONValue {
        let isUsed = has("isUseInUserfieldEnabled")
        return .object(
            JSONObject(
                Self.links.map { name in
                    (name, isUsed && CrmTypeOptions.isTrue(stored["linkedUserFields"]?[name]) ? "Y" : "N")
                }))
    }

    /// Inside relations and links the platform takes `"true"`, not `Y`.
    private static func isTrue(_ value: JSONValue?) -> Bool {
        value == true || value?.phpText?.lowercased() == "true" || value?.phpText == "1"
    }
}
