internal import Wire

/// A kind of record: its table and its fields in the order they are printed.
///
/// A row keeps the record's ready JSON in `fields`, every field in this order, classic names and classic
/// typing. Lists copy it; filters and indexes look into it with `json_extract`; the universal view is
/// made from it while copying.
struct RecordTable: Sendable {
    let name: String
    private(set) var fields: [RecordField]
    private var placeByName: [String: Int] = [:]
    private var placeByUniversal: [String: Int] = [:]
    /// Every field present and empty.
    private(set) var blank = JSONObject()

    init(_ name: String, fields: [RecordField]) {
        self.name = name
        self.fields = []
        for field in fields { append(field) }
    }

    /// One field a line: name, universal name (`=` camel case of the name, `-` none), kind, then flags
    /// `ro`, `fixed`, `req`, `many` and `status:ENTITY`.
    init(_ name: String, spec: String) {
        self.init(
            name,
            fields: spec.split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ").map(String.init)
                guard words.count >= 3, let kind = FieldKind(rawValue: words[2]) else { return nil }
                let flags = Set(words.dropFirst(3))
                let status = flags.first { $0.hasPrefix("status:") }.map { String($0.dropFirst(7)) }
                return RecordField(
                    words[0], universal: words[1] == "=" ? nil : words[1] == "-" ? "" : words[1], kind: kind,
                    flags: flags, statusEntity: status ?? "")
            })
    }

    mutating func append(_ field: RecordField) {
        placeByName[field.name] = fields.count
        if !field.universal.isEmpty { placeByUniversal[field.universal] = fields.count }
        blank[field.name] = field.isMultiple ? .array([]) : .null
        fields.append(field)
    }

    /// The same table without universal names for some fields.
    func hiding(_ names: Set<String>) -> RecordTable {
        RecordTable(name, fields: fields.map { names.contains($0.name) ? $0.hidden : $0 })
    }

    func place(_ name: String) -> Int? { placeByName[name] }

    func field(_ name: String) -> RecordField? { placeByName[name].map { fields[$0] } }

    /// A field by its camelCase name, or by the upper-case one that universal methods tolerate.
    func universalPlace(_ name: String) -> Int? {
        if let place = placeByUniversal[name] { return place }
        guard let place = placeByName[name], !fields[place].universal.isEmpty else { return nil }
        return place
    }

    /// The table every kind of record has. `multi` holds the multifields, `links` the contacts and
    /// observers: JSON that only some selections show.
    var schema: [String] {
        [
            """
            CREATE TABLE IF NOT EXISTS \(name) (id INTEGER PRIMARY KEY AUTOINCREMENT, fields TEXT NOT NULL, \
            multi TEXT NOT NULL DEFAULT '', links TEXT NOT NULL DEFAULT '')
            """
        ]
    }

    func index(_ field: String) -> String {
        guard let field = self.field(field) else { return "" }
        return "CREATE INDEX IF NOT EXISTS \(name)_\(field.name.lowercased()) ON \(name)(\(field.comparable))"
    }
}

extension RecordField {
    /// The SQL a filter compares and an index keeps.
    var comparable: String {
        if name == "ID" { return "id" }
        // A column has the type it is compared by: times are seconds.
        if let column { return kind.isNumeric || kind.isTime ? column : "\(column) COLLATE NOCASE" }
        if kind.isInteger { return "CAST(\(path) AS INTEGER)" }
        if kind.isNumeric { return "CAST(\(path) AS REAL)" }
        if kind.isTime { return "unixepoch(\(path))" }
        return "\(path) COLLATE NOCASE"
    }
}
