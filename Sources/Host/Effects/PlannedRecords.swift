import Bitrix24
import Wire

/// The records that a plan would have made: plausible answers to writes, and what a read of such a record finds.
struct PlannedRecords {
    /// Identifiers of records that were not made: larger than a portal's, so that they are told apart at a glance.
    static let firstID: Int64 = 900_000_001
    private static let idNames: Set<String> = ["id", "taskid"]

    private var nextID = Self.firstID
    /// By family (`crm.deal`) and identifier.
    private var records: [String: JSONObject] = [:]

    /// What the portal might answer to the write.
    mutating func answer(_ method: String, _ facts: MethodFacts?, _ parameters: JSONObject) -> JSONValue {
        change(method, parameters)
        let type = facts?.resultType ?? ""
        let isAdd = facts?.kind == .add
        if type.hasPrefix("boolean") || (!isAdd && !type.hasPrefix("object")) { return true }
        let id = nextID
        nextID += 1
        var record = Self.fields(parameters)
        if isAdd { records[Self.key(method, id)] = record }
        guard type.hasPrefix("object") else { return .integer(id) }
        let inner = facts?.resultKey
        if inner == "id" || inner == "ID" { return .object([inner ?? "id": .integer(id)]) }
        record["id"] = parameters["id"] ?? .integer(id)
        return inner.map { .object([$0: .object(record)]) } ?? .object(record)
    }

    /// What `….get` of a planned record finds; nil for any other call.
    func found(_ method: String, _ facts: MethodFacts?, _ parameters: JSONObject) -> JSONValue? {
        guard method.split(separator: ".").last?.lowercased() == "get", let id = Self.id(parameters),
            var record = records[Self.key(method, id)]
        else { return nil }
        guard let inner = facts?.resultKey else {
            record["ID"] = .string(String(id))
            return .object(record)
        }
        record["id"] = .integer(id)
        return .object([inner: .object(record)])
    }

    /// An update, or a deletion, of a record that was planned before.
    private mutating func change(_ method: String, _ parameters: JSONObject) {
        guard let id = Self.id(parameters), let record = records[Self.key(method, id)] else { return }
        switch method.split(separator: ".").last?.lowercased() {
        case "update":
            let changed = Self.fields(parameters).reduce(into: record) { $0[$1.key] = $1.value }
            records[Self.key(method, id)] = changed
        case "delete": records[Self.key(method, id)] = nil
        default: break
        }
    }

    private static func key(_ method: String, _ id: Int64) -> String {
        "\(method.split(separator: ".").dropLast().joined(separator: ".").lowercased()) \(id)"
    }

    private static func id(_ parameters: JSONObject) -> Int64? {
        let value = parameters.first { idNames.contains($0.key.lowercased()) }?.value
        guard let id = value?.lenientInteger, id >= firstID else { return nil }
        return id
    }

    private static func fields(_ parameters: JSONObject) -> JSONObject {
        parameters.first { $0.key.lowercased() == "fields" }?.value.objectValue ?? JSONObject()
    }
}
