/// A text of Lua.
public struct LuaSource: Sendable {
    public let bytes: [UInt8]
    /// Shown in errors, such as `recipes/booking/recipe.lua`.
    public let name: String

    public init(bytes: [UInt8], name: String) {
        self.bytes = bytes
        self.name = name
    }

    public init(_ text: String, name: String) { self.init(bytes: Array(text.utf8), name: name) }
}

/// Where `require` finds modules. The name is checked already: words of letters, digits and underscores, with dots.
public protocol LuaSources {
    /// The module's source, or nil when there is none of this name.
    func source(of module: String) throws(LuaFailure) -> LuaSource?
}

/// No modules.
public struct NoSources: LuaSources {
    public init() {}
    public func source(of module: String) throws(LuaFailure) -> LuaSource? { nil }
}

/// What a run is told of the world: the only way to time and chance.
public struct LuaHooks {
    /// Seconds since 1970, and nanoseconds, 0 to 999 999 999: `os.time`, `os.date`, `os.clock`.
    public var now: () throws(LuaFailure) -> (seconds: Int64, nanoseconds: Int32)
    /// The zone's offset from UTC at a time, in seconds, and whether it is daylight saving time.
    public var zone: (_ unixSeconds: Int64) -> (offsetSeconds: Int, isDaylight: Bool)
    /// A seed for `math.random`, asked for at the first use and by `math.randomseed()`.
    public var seed: () throws(LuaFailure) -> (UInt64, UInt64)
    /// What `print` writes, a line at a time, with its newline.
    public var output: (UnsafeRawBufferPointer) throws(LuaFailure) -> Void

    /// Without arguments: a clock that stands at 1970, UTC, a fixed seed, and no output.
    public init(
        now: @escaping () throws(LuaFailure) -> (seconds: Int64, nanoseconds: Int32) = { (0, 0) },
        zone: @escaping (Int64) -> (offsetSeconds: Int, isDaylight: Bool) = { _ in (0, false) },
        seed: @escaping () throws(LuaFailure) -> (UInt64, UInt64) = { (1, 2) },
        output: @escaping (UnsafeRawBufferPointer) throws(LuaFailure) -> Void = { _ in }
    ) {
        self.now = now
        self.zone = zone
        self.seed = seed
        self.output = output
    }
}
