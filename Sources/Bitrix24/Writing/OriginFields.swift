public import Wire

/// How an add of the CRM gives its record an origin, and how the record is found again by it.
///
/// Leads, deals, contacts and companies have the fields, by their own methods and by `crm.item.add`; nothing else does.
/// Source: https://apidocs.bitrix24.com/api-reference/crm/leads/crm-lead-add.html and its siblings.
public struct OriginFields: Sendable, Hashable {
    /// Methods whose records have an origin, for a sentence.
    public static let methods = "crm.lead.add, crm.deal.add, crm.contact.add, crm.company.add and crm.item.add of these"

    /// Rows that a list gives at once, and so identifiers that one look-up asks for.
    static let rowsMax = 50

    let list: String
    /// For `crm.item.*`.
    let entityTypeID: Int64?

    private static let classicAdds: Set<String> = [
        "crm.lead.add", "crm.deal.add", "crm.contact.add", "crm.company.add",
    ]
    private static let universalTypes: ClosedRange<Int64> = 1...4

    /// Nil where records have no origin.
    public init?(_ method: String, _ parameters: JSONObject) {
        let name = method.asciiLowercased()
        if OriginFields.classicAdds.contains(name) {
            list = name.dropLast("add".count) + "list"
            entityTypeID = nil
        } else if name == "crm.item.add",
            let text = OriginFields.member(["entitytypeid"], of: parameters)?.value.scalarText, let type = Int64(text),
            OriginFields.universalTypes.contains(type)
        {
            list = "crm.item.list"
            entityTypeID = type
        } else {
            return nil
        }
    }

    private var systemName: String { entityTypeID == nil ? "ORIGINATOR_ID" : "originatorId" }
    private var originName: String { entityTypeID == nil ? "ORIGIN_ID" : "originId" }
    private var idName: String { entityTypeID == nil ? "ID" : "id" }
    /// Universal methods take both spellings.
    private static let systemNames: Set<String> = ["originator_id", "originatorid"]
    private static let originNames: Set<String> = ["origin_id", "originid"]

    // -- In an add ----------------------------------------------------------------------------------------------------

    /// What the parameters say of the origin; empty texts count as nothing.
    func given(_ parameters: JSONObject) -> (system: String?, id: String?) {
        let fields = OriginFields.member(["fields"], of: parameters)?.value.objectValue ?? JSONObject()
        return (
            OriginFields.text(OriginFields.systemNames, fields), OriginFields.text(OriginFields.originNames, fields)
        )
    }

    /// The origin that the parameters carry whole.
    public func origin(in parameters: JSONObject) -> RecordOrigin? {
        guard case (let system?, let id?) = given(parameters) else { return nil }
        return RecordOrigin(system: system, id: id)
    }

    /// The parameters with this origin in their fields.
    func marked(_ parameters: JSONObject, _ origin: RecordOrigin) -> JSONObject {
        var parameters = parameters
        let place = OriginFields.member(["fields"], of: parameters)
        var fields = place?.value.objectValue ?? JSONObject()
        let systemKey = OriginFields.member(OriginFields.systemNames, of: fields)?.key ?? systemName
        let originKey = OriginFields.member(OriginFields.originNames, of: fields)?.key ?? originName
        fields[systemKey] = .string(origin.system)
        fields[originKey] = .string(origin.id)
        parameters[place?.key ?? "fields"] = .object(fields)
        return parameters
    }

    private static func text(_ names: Set<String>, _ fields: JSONObject) -> String? {
        guard let text = member(names, of: fields)?.value.scalarText?.trimmed(), !text.isEmpty else { return nil }
        return text
    }

    /// Names are taken in any letter case, as portals do.
    private static func member(_ names: Set<String>, of object: JSONObject) -> (key: String, value: JSONValue)? {
        object.first { names.contains($0.key.asciiLowercased()) }
    }

    // -- Looking up ---------------------------------------------------------------------------------------------------

    /// The command that finds which of these exist. They are of one system, at most `rowsMax`.
    func lookUp(_ name: String, system: String, _ ids: [String]) -> BatchCommand {
        var parameters: JSONObject = [
            "filter": [
                "=\(systemName)": .string(system), "@\(originName)": .array(ids.map(JSONValue.string)),
            ],
            "select": entityTypeID == nil ? ["ID", "ORIGINATOR_ID", "ORIGIN_ID"] : ["*"],
            "order": [idName: "ASC"], "start": -1,
        ]
        if let entityTypeID { parameters["entityTypeId"] = .integer(entityTypeID) }
        return BatchCommand(name, list, parameters)
    }

    /// A row of a look-up: whose it is, and what the add would have answered.
    struct Found {
        let origin: RecordOrigin
        let result: JSONValue
    }

    /// The rows of a look-up's result, oldest first; nil when it is none.
    func found(in result: JSONValue) -> [Found]? {
        guard let rows = (entityTypeID == nil ? result : result["items"] ?? .null).arrayValue else { return nil }
        var found: [Found] = []
        for row in rows {
            guard let id = row[idName]?.scalarText.flatMap({ Int64($0) }), let system = row[systemName]?.scalarText,
                let origin = row[originName]?.scalarText
            else { return nil }
            found.append(
                Found(
                    origin: RecordOrigin(system: system.trimmed(), id: origin.trimmed()),
                    result: entityTypeID == nil ? .integer(id) : ["item": row]))
        }
        return found
    }
}
