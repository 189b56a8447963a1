/// The bounds of one run. The host's own (calls, writes, log) are the host's to count.
public struct LuaLimits: Sendable {
    /// Bytes that the Lua state may hold.
    public var memoryBytesMax: Int
    /// CPU time that the run may use, in milliseconds, waiting not counted.
    public var cpuMSMax: Int
    /// Time from the start of `run` or `call` to its end, in milliseconds, waiting included.
    public var wallMSMax: Int
    /// Depth of a value that crosses between Lua and the host, 1 to 120.
    public var valueDepthMax: Int
    /// Bytes of a value that crosses between Lua and the host, as JSON.
    public var valueBytesMax: Int
    /// Bytes of one chunk or module.
    public var sourceBytesMax: Int

    public init(
        memoryBytesMax: Int = 64 << 20, cpuMSMax: Int = 10_000, wallMSMax: Int = 900_000, valueDepthMax: Int = 100,
        valueBytesMax: Int = 16 << 20, sourceBytesMax: Int = 4 << 20
    ) {
        self.memoryBytesMax = memoryBytesMax
        self.cpuMSMax = cpuMSMax
        self.wallMSMax = wallMSMax
        self.valueDepthMax = valueDepthMax
        self.valueBytesMax = valueBytesMax
        self.sourceBytesMax = sourceBytesMax
    }
}
