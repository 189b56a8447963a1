/// What a field holds, and so how it is stored, printed and compared.
enum FieldKind: String, Sendable {
    case integer, double, money, string, text, char, boolean, date, datetime
    case user, crmStatus, crmCategory, crmCurrency, crmCompany, crmContact, crmLead, crmQuote, crmEntity
    case enumeration, url, address, employee, file, object

    /// Compared and typed as whole numbers.
    var isInteger: Bool {
        switch self {
        case .integer, .user, .crmCategory, .crmCompany, .crmContact, .crmLead, .crmQuote, .crmEntity,
            .enumeration, .employee:
            true
        default: false
        }
    }

    var isNumeric: Bool { isInteger || self == .double || self == .money }
    var isTime: Bool { self == .date || self == .datetime }

    /// The name in `*.fields`.
    var apiName: String {
        switch self {
        case .crmStatus: "crm_status"
        case .crmCategory: "crm_category"
        case .crmCurrency: "crm_currency"
        case .crmCompany: "crm_company"
        case .crmContact: "crm_contact"
        case .crmLead: "crm_lead"
        case .crmQuote: "crm_quote"
        case .crmEntity: "crm_entity"
        case .money: "double"
        case .text: "string"
        default: rawValue
        }
    }
}

/// One field of a record: its two names, its kind, and who may write it.
struct RecordField: Sendable {
    /// `DATE_CREATE`
    let name: String
    /// `createdTime`; empty for a field that the universal methods do not show.
    let universal: String
    let kind: FieldKind
    var isReadOnly = false
    /// Set on add, never changed by the classic update.
    var isImmutable = false
    var isRequired = false
    var isMultiple = false
    /// A field that users made (`UF_…`).
    var isCustom = false
    /// The dictionary of a `crm_status` field.
    var statusEntity = ""
    var title = ""
    /// What is known of a field that users made; nil for the platform's own.
    var custom: CustomField?
    /// `"NAME":` — ready key bytes of both views.
    let classicKey: [UInt8]
    let universalKey: [UInt8]
    /// Where SQL finds the stored value.
    let path: String
    /// A column of its own that holds the value; nil for a member of the record's JSON.
    let column: String?

    init(
        _ name: String, universal: String? = nil, kind: FieldKind, flags: Set<String> = [],
        statusEntity: String = "", title: String? = nil, column: String? = nil
    ) {
        self.name = name
        self.universal = universal ?? FieldName.camelCase(name)
        self.kind = kind
        self.statusEntity = statusEntity
        isReadOnly = flags.contains("ro")
        isImmutable = flags.contains("fixed")
        isRequired = flags.contains("req")
        isMultiple = flags.contains("many")
        isCustom = name.hasPrefix("UF_CRM_")
        self.title = title ?? FieldName.title(name)
        classicKey = Array("\"\(name)\":".utf8)
        universalKey = Array("\"\(self.universal)\":".utf8)
        self.column = column
        path = column ?? "json_extract(fields,'$.\(name)')"
    }
}

extension RecordField {
    /// The field where the universal methods do not show it.
    var hidden: RecordField {
        var flags: Set<String> = []
        if isReadOnly { flags.insert("ro") }
        if isImmutable { flags.insert("fixed") }
        if isRequired { flags.insert("req") }
        if isMultiple { flags.insert("many") }
        return RecordField(
            name, universal: "", kind: kind, flags: flags, statusEntity: statusEntity, title: title, column: column)
    }
}

/// How names change between the two views.
enum FieldName {
    /// `ASSIGNED_BY_ID` → `assignedById`
    static func camelCase(_ name: String) -> String {
        if name.hasPrefix("UF_CRM_") { return customCamelCase(name) }
        return camel(name.split(separator: "_").map(String.init))
    }

    /// `UF_CRM_3_DIGIT` → `ufCrm3Digit`, `UF_CRM_3_1747309727` → `ufCrm3_1747309727`; where letters and
    /// digits mix in a part only the prefix changes: `UF_CRM_3_DIGIT10` → `ufCrm_3_DIGIT10`.
    private static func customCamelCase(_ name: String) -> String {
        let parts = name.dropFirst("UF_CRM_".count).split(separator: "_").map(String.init)
        let isMixed = parts.contains { part in
            part.contains(where: \.isNumber) && part.contains { !$0.isNumber }
        }
        if isMixed { return "ufCrm_" + parts.joined(separator: "_") }
        var result = "ufCrm"
        for (index, part) in parts.enumerated() {
            let isLongNumber = part.allSatisfy(\.isNumber) && (index > 0 || parts.count == 1)
            result += isLongNumber ? "_" + part : capitalized(part)
        }
        return result
    }

    private static func camel(_ parts: [String]) -> String {
        parts.enumerated().map { $0 == 0 ? $1.lowercased() : capitalized($1) }.joined()
    }

    private static func capitalized(_ part: String) -> String {
        part.prefix(1).uppercased() + part.dropFirst().lowercased()
    }

    /// `DATE_CREATE` → `Date create`: the portal has no translations.
    static func title(_ name: String) -> String {
        let words = name.lowercased().split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
