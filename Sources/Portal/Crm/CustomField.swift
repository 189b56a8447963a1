internal import Wire

/// What a user field is besides its name and kind.
///
/// https://apidocs.bitrix24.com/api-reference/crm/deals/user-defined-fields/crm-deal-userfield-get.html
struct CustomField: Sendable {
    /// One choice of a list; records keep its id, not its text.
    struct Item: Sendable {
        var id: Int
        var value: String
        var sort = 500
        var isDefault = false
        var xmlID = ""
    }

    /// Settings by their names in `userfield.*`, with the values of a field that was given none.
    static let defaults: [(name: String, value: JSONValue)] = [
        ("XML_ID", .null), ("SORT", "100"), ("MANDATORY", "N"), ("SHOW_FILTER", "N"), ("SHOW_IN_LIST", "Y"),
        ("EDIT_IN_LIST", "Y"), ("IS_SEARCHABLE", "N"), ("ERROR_MESSAGE", .null), ("HELP_MESSAGE", .null),
    ]

    static let documents = Documents(kind: "crm_userfield")

    var id: Int
    /// The user type: `enumeration`, `string`.
    var type: String
    var facts: JSONObject
    var settings: JSONObject
    var items: [Item]

    init(id: Int, type: String, stored: JSONObject) {
        self.id = id
        self.type = type
        settings = stored["SETTINGS"]?.objectValue ?? JSONObject()
        facts = JSONObject(Self.defaults.map { ($0.name, stored[$0.name] ?? $0.value) })
        items = (stored["LIST"] ?? .null).phpList.map { item in
            Item(
                id: item["ID"]?.lenientInteger ?? 0, value: item["VALUE"]?.phpText ?? "",
                sort: item["SORT"]?.lenientInteger ?? 500, isDefault: item["DEF"] == "Y",
                xmlID: item["XML_ID"]?.phpText ?? "")
        }
    }

    var isMandatory: Bool { facts["MANDATORY"] == "Y" }

    /// The choices as `LIST` prints them.
    var list: JSONValue {
        .array(
            items.map { item in
                [
                    "ID": .string(String(item.id)), "SORT": .string(String(item.sort)), "VALUE": .string(item.value),
                    "DEF": item.isDefault ? "Y" : "N", "XML_ID": .string(item.xmlID),
                ]
            })
    }

    var stored: JSONObject {
        var object = facts
        object["SETTINGS"] = .object(settings)
        if !items.isEmpty { object["LIST"] = list }
        return object
    }

    /// Applies `LIST` of an add or update: an item with a known id is changed or, with `DEL`, removed; others are
    /// added. Numbers of choices are unique in the whole portal.
    mutating func apply(list: JSONValue, in state: PortalState) throws(PortalFailure) {
        for value in list.phpList {
            let given = value.objectValue ?? JSONObject()
            let id = given["ID"]?.lenientInteger
            if let place = items.firstIndex(where: { $0.id == id }) {
                if given["DEL"]?.isTruthy ?? false {
                    items.remove(at: place)
                } else {
                    CustomField.assign(given, to: &items[place])
                }
            } else if let text = given["VALUE"]?.phpText, !text.isEmpty {
                let number = try Documents(kind: "crm_userfield_item").insert(
                    ["field": .integer(Int64(self.id))], in: state)
                var item = Item(id: number, value: text)
                CustomField.assign(given, to: &item)
                items.append(item)
            }
        }
        items.sort { ($0.sort, $0.id) < ($1.sort, $1.id) }
    }

    private static func assign(_ given: JSONObject, to item: inout Item) {
        if let text = given["VALUE"]?.phpText, !text.isEmpty { item.value = text }
        if let sort = given["SORT"]?.lenientInteger { item.sort = sort }
        if let flag = given["DEF"] { item.isDefault = flag.isTruthy }
        if let text = given["XML_ID"]?.phpText { item.xmlID = text }
    }
}
