/// The documented facts of one method: a view of its row in the embedded text, decoded where asked.
public struct MethodFacts: Sendable {
    /// Where the row lies; static memory, so that a value of this type owns nothing.
    let row: Range<Int>

    /// The name as documented, such as `crm.type.getByEntityTypeId`.
    public var name: String { text(.name) }
    public var api: RESTVersion { text(.api) == "3" ? .v3 : .classic }
    /// The permission needed, such as `crm`.
    public var scope: String { scopes.first ?? "" }
    /// All permissions of which one will do.
    public var scopes: [String] { list(.scope, ",") }
    public var kind: MethodKind { MethodKind(rawValue: text(.kind)) ?? .other }
    /// Whether the method leaves everything as it was.
    public var access: Access { text(.access) == "r" ? .read : .write }
    public var paging: PagingStyle { PagingStyle(rawValue: text(.paging)) ?? .none }
    /// Whether the answer comes in pages.
    public var isPaged: Bool { paging != .none }
    /// How to page by the identifier, when the documentation allows it.
    public var keyset: KeysetFacts? {
        let parts = list(.keyset, ":")
        guard parts.count >= 2 else { return nil }
        return KeysetFacts(
            filterField: parts[0], rowField: parts[1], orderTravelsAsWords: parts.dropFirst(2).contains("words"),
            filtersBeside: parts.dropFirst(2).contains("beside"))
    }
    /// What is peculiar about the method's pages.
    public var pages: PageFacts { PageFacts(column: text(.pages)) }
    /// Where in `result` the items or the object are, such as `items`; nil when `result` is it.
    public var resultKey: String? { optional(.resultKey) }
    /// The documented type of the answer, such as `object|boolean`.
    public var resultType: String? { optional(.result) }
    /// The parameters in the documented order, which matters when `isPositional`.
    public var parameters: [ParameterFacts] { list(.params, " ").compactMap(ParameterFacts.init(column:)) }
    /// Groups of parameters of which at least one must be given.
    public var alternatives: [[String]] {
        list(.oneOf, ";").map { $0.split(separator: "|").map(String.init) }
    }
    public var replacedBy: String? { optional(.replacedBy) }
    public var isDeprecated: Bool { has("d") }
    /// Needs an application; an inbound webhook is refused.
    public var isAppOnly: Bool { has("a") }
    public var isAdminOnly: Bool { text(.who) == "admin" }
    /// Reads its parameters by position, not by name.
    public var isPositional: Bool { has("p") }
    /// May take file contents in Base64 among its parameters.
    public var takesFileContents: Bool { has("f") }
    /// Uploads or downloads a file, and so is refused inside a `batch`.
    public var movesFiles: Bool {
        if has("m") || has("u") || has("b") { return true }
        let last = name.split(separator: ".").last?.asciiLowercased() ?? ""
        return ["upload", "download", "addfile", "attachrecord", "bycontent"].contains { last.contains($0) }
    }
    /// Answers bytes instead of JSON.
    public var answersBytes: Bool { has("b") }
    /// The answer stands alone, without an envelope around it.
    public var hasNoEnvelope: Bool { has("r") }
    /// The public documentation page.
    public var documentation: String? {
        guard let page = optional(.doc) else { return nil }
        return page.hasPrefix("../")
            ? "https://apidocs.bitrix24.com/\(page.dropFirst(3)).html"
            : "https://apidocs.bitrix24.com/api-reference/\(page).html"
    }

    /// The columns of catalog/methods.tsv in their order.
    private enum Column: Int {
        case name, api, scope, kind, access, who, flags, paging, keyset, resultKey, result, params, oneOf, replacedBy
        case aliasOf, doc, pages
    }

    private func bytes(_ column: Column) -> Slice<UnsafeBufferPointer<UInt8>> {
        let rows = CatalogRows().bytes
        var start = row.lowerBound
        var skipped = 0
        while skipped < column.rawValue {
            guard let tab = rows[start..<row.upperBound].firstIndex(of: CatalogRows.tab) else {
                return rows[start..<start]
            }
            start = tab + 1
            skipped += 1
        }
        let end = rows[start..<row.upperBound].firstIndex(of: CatalogRows.tab) ?? row.upperBound
        return rows[start..<end]
    }

    private func text(_ column: Column) -> String { String(decoding: bytes(column), as: UTF8.self) }

    private func optional(_ column: Column) -> String? {
        let bytes = bytes(column)
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private func list(_ column: Column, _ separator: Character) -> [String] {
        text(column).split(separator: separator).map(String.init)
    }

    private func has(_ flag: Unicode.Scalar) -> Bool { bytes(.flags).contains(UInt8(ascii: flag)) }

    func withLowercasedName<T>(_ body: ([UInt8]) -> T) -> T { body(bytes(.name).map { $0.asciiLowercased() }) }
}

extension MethodFacts: CustomStringConvertible {
    public var description: String { name }
}

/// Whether a call leaves everything as it was.
public enum Access: String, Sendable { case read, write }

/// What the last word of a method's name says it does.
public enum MethodKind: String, Sendable { case list, get, fields, add, update, delete, other }

/// How a method divides a long answer.
public enum PagingStyle: String, Sendable {
    case none = ""
    /// `start` in, `next` and `total` out; 50 rows.
    case start
    /// REST 3.0: `pagination: {limit, offset}`.
    case pagination
    /// `LIMIT` and `OFFSET` parameters.
    case offset
    /// A page number.
    case page
    /// The identifier of the last row seen.
    case cursor
    /// `NAV_PARAMS` among positional parameters.
    case nav
}

/// What is peculiar about a method's pages.
public struct PageFacts: Sendable {
    /// The parameters inside which those of the page stand, such as `PARAMS`; empty for top-level ones.
    public private(set) var path: [String] = []
    /// Rows the method gives in one page at most.
    public private(set) var rowsMax: Int?
    /// Where in `result` the rows are, for methods whose result has other lists too.
    public private(set) var rowsKey: String?
    /// A second parameter of the cursor, and the field of the last row it comes from.
    public private(set) var kind: (parameter: String, rowField: String)?
    /// Where the reply has the cursor of the next page, and the parameter that takes it.
    public private(set) var next: (key: String, parameter: String)?

    init(column: String) {
        for part in column.split(separator: " ") {
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else { continue }
            let words = sides[1].split(separator: ":").map(String.init)
            switch sides[0] {
            case "in": path = sides[1].split(separator: "/").map(String.init)
            case "max": rowsMax = Int(sides[1])
            case "rows": rowsKey = sides[1]
            case "type" where words.count == 2: kind = (words[0], words[1])
            case "next" where words.count == 2: next = (words[0], words[1])
            default: break
            }
        }
    }
}

/// How a method is paged by the identifier of its rows.
public struct KeysetFacts: Sendable, Equatable {
    /// In requests: `filter[>ID]` and `order[ID]`.
    public let filterField: String
    /// In rows; some methods answer in another letter case.
    public let rowField: String
    /// The order is given as `SORT=ID&ORDER=ASC` instead of `order[ID]=ASC`.
    public let orderTravelsAsWords: Bool
    /// Conditions may stand among the parameters as well as in `FILTER`.
    public let filtersBeside: Bool
}

/// One parameter of a method.
public struct ParameterFacts: Sendable, Equatable {
    public enum Presence: Sendable { case optional, required, sometimesRequired, requiredForWebhooks }

    /// `UF_*` and the like stand for many names.
    public let name: String
    public let type: String
    public let presence: Presence

    init?(column: String) {
        guard let colon = column.firstIndex(of: ":") else { return nil }
        name = String(column[..<colon])
        var type = column[column.index(after: colon)...]
        switch type.last {
        case "!": presence = .required
        case "?": presence = .sometimesRequired
        case "~": presence = .requiredForWebhooks
        default: presence = .optional
        }
        if presence != .optional { type = type.dropLast() }
        self.type = String(type)
    }
}
