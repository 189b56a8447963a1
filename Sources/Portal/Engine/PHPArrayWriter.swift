/// JSON of a PHP array whose values are ready bytes: empty → `[]`, keys 0, 1, 2 … → a list, anything
/// else → an object.
struct PHPArrayWriter {
    private var entries: [(key: String, json: [UInt8])] = []

    mutating func append(_ key: String, _ json: [UInt8]) {
        entries.append((key, json))
    }

    func write(to json: inout [UInt8]) {
        let isList = entries.indices.allSatisfy { entries[$0].key == String($0) }
        json.append(isList ? "[" : "{")
        for (index, entry) in entries.enumerated() {
            if index > 0 { json.append(",") }
            if !isList {
                json.append(jsonString: entry.key)
                json.append(":")
            }
            json.append(contentsOf: entry.json)
        }
        json.append(isList ? "]" : "}")
    }

    /// Bytes the values hold together, to reserve room once.
    var byteCount: Int { entries.reduce(0) { $0 + $1.json.count + $1.key.utf8.count + 4 } }
}
