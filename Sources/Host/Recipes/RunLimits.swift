public import Bridge

/// Everything that bounds one run, each with the name that `--limit NAME=VALUE`, recipes and errors use.
public struct RunLimits: Sendable {
    /// What the Lua state may take: memory, CPU and wall time, depth and size of values.
    public var lua = LuaLimits()
    /// Requests to portals. A batch is one request.
    public var callsMax = 10_000
    /// Writes: a batch of 20 adds is 20 writes.
    public var writesMax = 1_000
    /// One file uploaded or downloaded.
    public var fileBytesMax = 1 << 30
    public var logLineBytesMax = 8 << 10
    public var logBytesMax = 1 << 20
    /// Bytes that `print` may write.
    public var outputBytesMax = 64 << 20

    /// The limits that were set: what a recipe asks for yields to them.
    private var namesSet: Set<String> = []
    /// What a recipe may ask for at most, where its operator says so.
    private var allowed: [String: String] = [:]

    public init() {}

    /// One limit: its name, what its values look like and what it bounds.
    public struct Declaration: Sendable {
        public let name: String
        public let example: String
        public let doc: String
        let path: any WritableKeyPath<RunLimits, Int> & Sendable
        /// The largest value that makes sense: beyond it sums overflow, or the machine's own bounds come first.
        let most: Int
        let parse: @Sendable (String) -> Int?
    }

    public static let declarations: [Declaration] = [
        size("memory", "64MB", "memory of the recipe's Lua values", \.lua.memoryBytesMax),
        time("cpu", "10s", "processor time of the run", \.lua.cpuMSMax),
        time("wall", "15m", "time from the run's start to its end", \.lua.wallMSMax),
        count("calls", "10000", "requests to portals", \.callsMax),
        count("writes", "1000", "writing calls, counted one by one inside batches, and stored values", \.writesMax),
        count("depth", "100", "nesting of a value passed to or from the host", \.lua.valueDepthMax, most: 120),
        size("size", "16MB", "size of one value passed to the host, as JSON", \.lua.valueBytesMax),
        size("file", "1GB", "one file uploaded or downloaded", \.fileBytesMax),
        size("log_line", "8KB", "one log line; longer ones are cut", \.logLineBytesMax),
        size("log", "1MB", "all log lines of the run", \.logBytesMax),
        size("output", "64MB", "what print writes", \.outputBytesMax),
    ]

    private typealias Path = any WritableKeyPath<RunLimits, Int> & Sendable

    private static let yearMS = 366 * 86_400_000

    private static func size(_ name: String, _ example: String, _ doc: String, _ path: Path) -> Declaration {
        Declaration(name: name, example: example, doc: doc, path: path, most: 1 << 40, parse: Quantity.bytes)
    }

    private static func time(_ name: String, _ example: String, _ doc: String, _ path: Path) -> Declaration {
        Declaration(name: name, example: example, doc: doc, path: path, most: yearMS, parse: Quantity.milliseconds)
    }

    private static func count(
        _ name: String, _ example: String, _ doc: String, _ path: Path, most: Int = 1_000_000_000
    ) -> Declaration {
        Declaration(name: name, example: example, doc: doc, path: path, most: most, parse: Quantity.count)
    }

    /// Sets a limit from its textual form; throws a sentence that names the known limits or shows the form.
    public mutating func set(_ name: String, _ text: String) throws(HostFailure) {
        guard let declaration = Self.declarations.first(where: { $0.name == name }) else {
            let known = Self.declarations.map(\.name).joined(separator: ", ")
            throw HostFailure(.usage, "there is no limit '\(name)'", hint: "the limits are \(known)")
        }
        guard let value = declaration.parse(text) else {
            throw HostFailure(
                .usage, "'\(text)' is no value for the limit '\(name)'",
                hint: "write it like \(name)=\(declaration.example)")
        }
        guard value <= declaration.most else {
            throw HostFailure(.usage, "the limit '\(name)' can be \(declaration.most) at most, not '\(text)'")
        }
        self[keyPath: declaration.path] = value
        namesSet.insert(name)
    }

    /// Sets a limit for every run, which a recipe may lower and not raise.
    public mutating func allow(_ name: String, _ text: String) throws(HostFailure) {
        let kept = namesSet
        try set(name, text)
        namesSet = kept
        allowed[name] = text
    }

    /// Sets what a recipe asks for, as textual forms, except the limits that were set already.
    mutating func set(asked limits: [(name: String, value: String)]) throws(HostFailure) {
        let operators = self
        for limit in limits where !operators.namesSet.contains(limit.name) {
            try set(limit.name, limit.value)
            guard let most = allowed[limit.name],
                let path = Self.declarations.first(where: { $0.name == limit.name })?.path
            else { continue }
            guard self[keyPath: path] <= operators[keyPath: path] else {
                throw HostFailure(
                    .configuration, "the recipe asks for \(limit.name) = \(limit.value), and \(most) is allowed")
            }
        }
    }
}
