internal import Wire

/// The universal view of a stored row: camelCase names, numbers as numbers, made while copying.
struct UniversalWriter: RecordWriter {
    private let table: RecordTable
    /// Printed behind the fields; nil for records that are no CRM objects.
    private let entityTypeID: Int?
    private var mask: [Bool]
    private var links: Set<String> = []
    private var showsMulti = false

    static let linkNames = ["contactIds", "observers"]

    /// - Parameter select: names, or `*` for everything and `fm`; empty means everything but `fm`.
    init(select: [String], table: RecordTable, entityTypeID: Int? = nil, isComplete: Bool = false) {
        self.table = table
        self.entityTypeID = entityTypeID
        let isAll = isComplete || select.isEmpty || select.contains("*")
        showsMulti = isComplete || select.contains("*")
        links = isAll ? Set(Self.linkNames) : Set(select).intersection(Self.linkNames)
        let places = Set(select.compactMap { table.universalPlace($0) })
        mask = table.fields.indices.map { (isAll || places.contains($0)) && !table.fields[$0].universal.isEmpty }
    }

    func write(_ row: RecordRow, to json: inout [UInt8]) {
        json.append("{")
        let start = json.count
        var place = 0
        CompactJSON(bytes: row.fields).forEachMember { _, value in
            if place < mask.count, mask[place] {
                let field = table.fields[place]
                if json.count > start { json.append(UInt8(ascii: ",")) }
                json.append(contentsOf: field.universalKey)
                UniversalWriter.append(row.fields[value], kind: field.kind, to: &json)
            }
            place += 1
            return true
        }
        appendLinks(row.links, first: json.count == start, to: &json)
        if showsMulti, !row.multi.isEmpty { appendMulti(row.multi, to: &json) }
        if let entityTypeID {
            if json.count > start { json.append(UInt8(ascii: ",")) }
            json.append("\"entityTypeId\":")
            json.append(integer: entityTypeID)
        }
        json.append("}")
    }

    /// Classic text to the type the universal view has: `"5"` → 5, `"1000.00"` → 1000, a flag as it is.
    private static func append(_ value: Slice<UnsafeBufferPointer<UInt8>>, kind: FieldKind, to json: inout [UInt8]) {
        if value.first == UInt8(ascii: "["), kind != .object {
            appendList(value, kind: kind, to: &json)
        } else if value.first != UInt8(ascii: "\"") {
            json.append(contentsOf: value)
        } else if kind.isInteger {
            json.append(contentsOf: value.dropFirst().dropLast())
        } else if kind.isNumeric {
            appendNumber(value.dropFirst().dropLast(), to: &json)
        } else if kind == .boolean {
            json.append(value.dropFirst().first == UInt8(ascii: "1") ? "\"Y\"" : "\"N\"")
        } else {
            json.append(contentsOf: value)
        }
    }

    private static func appendList(
        _ value: Slice<UnsafeBufferPointer<UInt8>>, kind: FieldKind, to json: inout [UInt8]
    ) {
        let base = UnsafeBufferPointer(rebasing: value)
        json.append("[")
        var isFirst = true
        CompactJSON(bytes: base).forEachElement { element in
            if !isFirst { json.append(UInt8(ascii: ",")) }
            isFirst = false
            append(base[element], kind: kind, to: &json)
            return true
        }
        json.append("]")
    }

    private static func appendNumber(_ digits: Slice<UnsafeBufferPointer<UInt8>>, to json: inout [UInt8]) {
        var digits = digits
        if digits.contains(UInt8(ascii: ".")) {
            while digits.last == UInt8(ascii: "0") { digits = digits.dropLast() }
            if digits.last == UInt8(ascii: ".") { digits = digits.dropLast() }
        }
        json.append(contentsOf: digits)
    }

    private func appendLinks(_ bytes: UnsafeBufferPointer<UInt8>, first: Bool, to json: inout [UInt8]) {
        guard !links.isEmpty, !bytes.isEmpty else { return }
        var isFirst = first
        CompactJSON(bytes: bytes).forEachMember { key, value in
            if links.contains(where: { bytes[key].elementsEqual($0.utf8) }) {
                if !isFirst { json.append(UInt8(ascii: ",")) }
                isFirst = false
                json.append(contentsOf: bytes[(key.lowerBound - 1)..<value.upperBound])
            }
            return true
        }
    }

    private func appendMulti(_ bytes: UnsafeBufferPointer<UInt8>, to json: inout [UInt8]) {
        guard let value = try? JSONValue(parsing: Array(bytes)), case .object(let object) = value else { return }
        var items: [JSONValue] = []
        for (type, list) in object {
            for item in list.phpList {
                items.append([
                    "id": .integer(Int64(item["ID"]?.lenientInteger ?? 0)), "typeId": .string(type),
                    "valueType": item["VALUE_TYPE"] ?? "", "value": item["VALUE"] ?? "",
                ])
            }
        }
        json.append(",\"fm\":")
        json.append(contentsOf: JSONValue.array(items).encoded())
    }
}
