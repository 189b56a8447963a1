import Bridge
import Storage
public import Wire

/// What happened, and what people do about it: for the command line and the console.
public final class RunHistory: Sendable {
    let store: HostStore
    let clock: @Sendable () -> Timestamp

    init(_ store: HostStore, clock: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.clock = clock
    }

    /// Opens a store beside the process that serves from it.
    public convenience init(
        _ location: StoreLocation, key: GrantKey, clock: (@Sendable () -> Timestamp)? = nil
    ) throws(HostFailure) {
        let clock = clock ?? WallClock.now
        self.init(
            try HostStore(location, key: key, isServing: false, nowMS: clock().unixMilliseconds), clock: clock)
    }

    public func close() { store.close() }

    // -- Looking ------------------------------------------------------------------------------------------------------

    public struct Filter: Sendable {
        public var isDead = false
        public var recipe: String?
        /// Only runs that began before this one: the next page.
        public var before: String?
        public var count = 50

        public static let countMax = 1_000

        public init() {}
    }

    /// The latest first.
    func runs(_ filter: Filter) async throws(HostFailure) -> [RunRecord] {
        var conditions: [String] = []
        var parameters: [SQLValue] = []
        if filter.isDead { conditions.append("state >= 5") }
        if let recipe = filter.recipe {
            conditions.append("recipe = ?")
            parameters.append(.text(recipe))
        }
        if let before = filter.before {
            guard let id = TimeOrderedID(before) else { throw Self.unknown(before) }
            conditions.append("id < ?")
            parameters.append(.integer(id.value))
        }
        let condition = conditions.isEmpty ? "1 = 1" : conditions.joined(separator: " AND ")
        let all = parameters + [SQLValue(min(max(filter.count, 1), Filter.countMax))]
        let store = store
        return try await store.result { (database) throws(DatabaseFailure) in
            try RunTable.runs(where: condition + " ORDER BY id DESC LIMIT ?", all, store, in: database)
        }
    }

    /// One run with all it did.
    struct Detail: Sendable {
        let run: RunRecord
        let event: StoredEvent?
        let steps: [JournalEntry]
    }

    func detail(_ text: String) async throws(HostFailure) -> Detail {
        guard let id = TimeOrderedID(text) else { throw Self.unknown(text) }
        let store = store
        let found = try await store.result { (database) throws(DatabaseFailure) -> Detail? in
            guard
                let run = try RunTable.runs(where: "id = ?", [.integer(id.value)], store, in: database).first
            else { return nil }
            return Detail(
                run: run, event: try EventTable.event(run.event, store, in: database),
                steps: try JournalTable.entries(of: id, store, in: database))
        }
        guard let found else { throw Self.unknown(text) }
        return found
    }

    static func unknown(_ text: String) -> HostFailure {
        HostFailure(.usage, "there is no run '\(text)'", hint: "'host runs' lists them")
    }

    // -- Doing --------------------------------------------------------------------------------------------------------

    /// Lets a run that is dead be done again: over its journal as far as that went well, from a step on, or, from step
    /// 1, from the beginning. The process that serves takes it up within a second.
    ///
    /// - Parameters:
    ///   - step: from 1; nil drops what failed.
    ///   - code: other code than it began with.
    func retry(_ text: String, fromStep step: Int?, code: RecipeCode? = nil) async throws(HostFailure) {
        let detail = try await detail(text)
        guard [.failed, .uncertain, .done, .dropped].contains(detail.run.state) else {
            throw HostFailure(
                .usage, "the run is \(detail.run.state.word)", hint: "only a run that is over can be done again")
        }
        guard detail.event != nil else {
            throw HostFailure(.usage, "the event of the run is not kept any more", hint: "fire it anew: 'host fire'")
        }
        if let step, !(1...max(detail.steps.count, 1)).contains(step) {
            throw HostFailure(.usage, "the run has \(detail.steps.count) steps", hint: "'host runs show' lists them")
        }
        if let code { try await CodeTable.put(code, store) }
        let id = detail.run.id
        let nowMS = clock().unixMilliseconds
        try await store.result { (database) throws(DatabaseFailure) in
            if let step {
                try JournalTable.cut(id, from: step - 1, in: database)
            } else {
                try JournalTable.cutFailure(of: id, in: database)
            }
            try database.run(
                """
                UPDATE run SET state = 2, due_ms = ?, attempt = 1, failure = NULL, reply = NULL, ended_ms = NULL,
                    code = ? WHERE id = ?
                """, [.integer(nowMS), .integer(code?.id ?? detail.run.code), .integer(id.value)])
        }
    }

    /// The same with the code of a recipe's files as they are now; nil is the code it began with.
    public func retry(_ text: String, fromStep step: Int?, with folder: RecipeFolder?) async throws(HostFailure) {
        try await retry(text, fromStep: step, code: try folder?.readCode())
    }

    /// Takes a run off the list of the dead.
    public func drop(_ text: String) async throws(HostFailure) {
        let detail = try await detail(text)
        guard detail.run.state.isDead else {
            throw HostFailure(.usage, "the run is \(detail.run.state.word), not dead")
        }
        try await store.result { (database) throws(DatabaseFailure) in
            _ = try database.run("UPDATE run SET state = 4 WHERE id = ?", [.integer(detail.run.id.value)])
        }
    }
}
