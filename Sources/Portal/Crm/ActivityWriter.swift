internal import Wire

/// Activities as lists print them: communications and the numbers of files only where they are named.
struct ActivityWriter: RecordWriter {
    private let plain: ClassicWriter
    private let named: Set<String>

    init(select: [String]) {
        named = Set(select.map { $0.uppercased() }).intersection(["COMMUNICATIONS", "FILES"])
        plain = ClassicWriter(select: select, table: CrmActivities.table)
    }

    func write(_ row: RecordRow, to json: inout [UInt8]) {
        plain.write(row, to: &json)
        guard !named.isEmpty, !row.multi.isEmpty else { return }
        CompactJSON(bytes: row.multi).forEachMember { key, value in
            if named.contains(where: { row.multi[key].elementsEqual($0.utf8) }) {
                json.removeLast()
                if json.last != UInt8(ascii: "{") { json.append(",") }
                json.append(contentsOf: row.multi[(key.lowerBound - 1)..<value.upperBound])
                json.append("}")
            }
            return true
        }
    }
}
