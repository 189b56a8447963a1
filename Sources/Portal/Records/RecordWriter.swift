internal import Wire

/// The columns of a row while SQLite lends them.
struct RecordRow {
    let fields: UnsafeBufferPointer<UInt8>
    let multi: UnsafeBufferPointer<UInt8>
    let links: UnsafeBufferPointer<UInt8>
}

/// Prints stored rows in one of the two views.
protocol RecordWriter {
    func write(_ row: RecordRow, to json: inout [UInt8])
}

/// Classic: the stored bytes, whole or the selected members of them.
struct ClassicWriter: RecordWriter {
    /// Which of the table's fields are printed, by place; nil prints all.
    private var mask: [Bool]?
    /// Multifields that were named.
    private var multi: Set<String> = []
    private let printsAllMulti: Bool

    static let multiTypes: Set<String> = ["PHONE", "EMAIL", "WEB", "IM", "LINK"]

    /// Everything, multifields included: `*.get`.
    init() {
        mask = nil
        printsAllMulti = true
    }

    /// `*` stands for the standard fields, `UF_*` for the users' own; multifields must be named.
    ///
    /// https://apidocs.bitrix24.com/api-reference/crm/deals/crm-deal-list.html
    init(select: [String], table: RecordTable) {
        printsAllMulti = false
        let names = Set(select.map { $0.uppercased() })
        multi = names.intersection(Self.multiTypes)
        if names.isEmpty || names.isSuperset(of: ["*", "UF_*"]) { return }
        mask = table.fields.map { field in
            names.contains(field.name) || names.contains(field.isCustom ? "UF_*" : "*")
        }
    }

    func write(_ row: RecordRow, to json: inout [UInt8]) {
        if let mask {
            json.append("{")
            let compact = CompactJSON(bytes: row.fields)
            var place = 0
            var separator = false
            compact.forEachMember { key, value in
                if place < mask.count, mask[place] {
                    if separator { json.append(UInt8(ascii: ",")) }
                    separator = true
                    json.append(contentsOf: row.fields[(key.lowerBound - 1)..<value.upperBound])
                }
                place += 1
                return true
            }
            appendMulti(row.multi, separator: separator, to: &json)
        } else {
            json.append(contentsOf: row.fields.dropLast())
            appendMulti(row.multi, separator: true, to: &json)
        }
        json.append("}")
    }

    private func appendMulti(_ bytes: UnsafeBufferPointer<UInt8>, separator: Bool, to json: inout [UInt8]) {
        guard !bytes.isEmpty, printsAllMulti || !multi.isEmpty else { return }
        var separator = separator
        CompactJSON(bytes: bytes).forEachMember { key, value in
            if printsAllMulti || multi.contains(where: { bytes[key].elementsEqual($0.utf8) }) {
                if separator { json.append(UInt8(ascii: ",")) }
                separator = true
                json.append(contentsOf: bytes[(key.lowerBound - 1)..<value.upperBound])
            }
            return true
        }
    }
}
