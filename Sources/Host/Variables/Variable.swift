/// A smart variable: a name in a text, written `{{CONTACT_NAME}}`, that stands for a value of a CRM record.
public struct Variable: Sendable, Hashable {
    /// Where the value comes from.
    enum Source: Sendable, Hashable {
        case contact, assignee, deal, lead, stage, company, task, invoice, clock
    }

    public let name: String
    /// What it stands for, as a phrase.
    public let meaning: String
    let source: Source
    /// The fields of the record that it is made of, joined by spaces where they are more than one; none where the
    /// value is known without reading the record.
    let fields: [String]

    /// All there are, in the order of the documentation.
    public static let all: [Variable] = [
        Variable("CONTACT_PHONE", "the contact's first phone number", .contact, ["PHONE"]),
        Variable("CONTACT_EMAIL", "the contact's first e-mail address", .contact, ["EMAIL"]),
        Variable("CONTACT_NAME", "the contact's first and last name", .contact, ["NAME", "LAST_NAME"]),
        Variable("ASSIGNED_BY_ID", "the ID of the user in charge of the record", .assignee, []),
        Variable("ASSIGNED_BY_NAME", "the name of the user in charge of the record", .assignee, ["NAME", "LAST_NAME"]),
        Variable("DEAL_TITLE", "the deal's name", .deal, ["TITLE"]),
        Variable("DEAL_ID", "the deal's ID", .deal, []),
        Variable("DEAL_AMOUNT", "the deal's amount", .deal, ["OPPORTUNITY"]),
        Variable("DEAL_CURRENCY", "the currency of the deal's amount, such as EUR", .deal, ["CURRENCY_ID"]),
        Variable("LEAD_NAME", "the lead's name", .lead, ["TITLE"]),
        Variable("LEAD_ID", "the lead's ID", .lead, []),
        Variable("STAGE_NAME", "the name of the stage that the record is in", .stage, ["NAME"]),
        Variable("COMPANY_TITLE", "the name of the company linked to the record", .company, ["TITLE"]),
        Variable("TASK_TITLE", "the task's title", .task, ["title"]),
        Variable("TASK_ID", "the task's ID", .task, []),
        Variable("INVOICE_ID", "the invoice's ID", .invoice, []),
        Variable("INVOICE_AMOUNT", "the invoice's amount", .invoice, ["opportunity"]),
        Variable("CURRENT_DATE", "today, such as 2026-05-14", .clock, []),
        Variable("CURRENT_DATETIME", "now, such as 2026-05-14T10:26:32+02:00", .clock, []),
    ]

    private init(_ name: String, _ meaning: String, _ source: Source, _ fields: [String]) {
        self.name = name
        self.meaning = meaning
        self.source = source
        self.fields = fields
    }

    public static func named(_ name: String) -> Variable? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The variable whose name takes the fewest changed letters to become `name`.
    static func nearest(to name: String) -> Variable? {
        let wanted = Array(name.uppercased().utf8.prefix(64))
        return all.min { distance(wanted, Array($0.name.utf8)) < distance(wanted, Array($1.name.utf8)) }
    }

    /// Letters to insert, delete or replace (Levenshtein).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in 1...right.count {
                let replaced = diagonal + (letter == right[column - 1] ? 0 : 1)
                diagonal = row[column]
                row[column] = min(replaced, diagonal + 1, row[column - 1] + 1)
            }
        }
        return row[right.count]
    }
}

/// Why a text with variables cannot be rendered.
public struct VariableFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// `{{` without `}}`.
        case unclosed
        /// No variable has this name.
        case unknown
        /// The text is longer than `VariableTemplate.bytesMax`.
        case tooLong = "too_long"
        /// The variable speaks of a record that was not given.
        case noRecord = "no_record"
        /// Bitrix24 did not give the record.
        case unread
    }

    public let code: Code
    public let message: String
    /// Where in the text, in bytes from 0; nil where no place is to blame.
    public let offset: Int?

    init(_ code: Code, _ message: String, offset: Int? = nil) {
        self.code = code
        self.message = message
        self.offset = offset
    }

    public var description: String { message }
}
