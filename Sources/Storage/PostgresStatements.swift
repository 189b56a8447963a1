internal import CPQ

/// The statements a connection has prepared, by their SQL; at most `statementsMax`.
struct PostgresStatements {
    struct Prepared {
        let name: String
        /// The types the server expects.
        let parameters: [Oid]
        fileprivate var lastUse: UInt64
    }

    private let statementsMax: Int
    private var prepared: [String: Prepared] = [:]
    private var clock: UInt64 = 0

    init(statementsMax: Int) { self.statementsMax = max(1, statementsMax) }

    var count: Int { prepared.count }

    mutating func find(_ sql: String) -> Prepared? {
        guard let index = prepared.index(forKey: sql) else { return nil }
        clock += 1
        prepared.values[index].lastUse = clock
        return prepared.values[index]
    }

    /// A name no statement of this connection has had.
    mutating func newName() -> String {
        clock += 1
        return "s\(clock)"
    }

    mutating func keep(_ sql: String, as name: String, parameters: [Oid]) -> Prepared {
        let statement = Prepared(name: name, parameters: parameters, lastUse: clock)
        prepared[sql] = statement
        return statement
    }

    /// When there is no room for another: the least recently used one, for the server to forget as well.
    mutating func takeOldestIfFull() -> String? {
        guard prepared.count >= statementsMax,
            let oldest = prepared.min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return nil }
        return forget(oldest.key)
    }

    @discardableResult
    mutating func forget(_ sql: String) -> String? { prepared.removeValue(forKey: sql)?.name }

    mutating func removeAll() { prepared.removeAll() }
}
