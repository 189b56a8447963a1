/// What families remember between calls. Everything here can be thrown away and found again in the
/// database; a call that fails throws it away, because its writes are undone.
final class PortalCaches {
    /// Lists kept for each table.
    static let listsPerTableMax = 16

    private var lists: [String: [String: [Int]]] = [:]
    /// Field tables, which change when somebody adds a field or a type.
    var tables: [Int: RecordTable] = [:]

    func ids(_ table: String, _ key: String) -> [Int]? { lists[table]?[key] }

    func remember(_ table: String, _ key: String, _ ids: [Int]) {
        if lists[table, default: [:]].count >= Self.listsPerTableMax { lists[table] = [:] }
        lists[table, default: [:]][key] = ids
    }

    /// To be called whenever a row of the table was written.
    func forget(_ table: String) { lists[table] = nil }

    func forgetAll() {
        lists = [:]
        tables = [:]
    }
}
