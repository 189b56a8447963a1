import Testing

@testable import Host

@Suite struct QuantityTests {
    @Test(
        "durations are read with their unit",
        arguments: [
            ("500ms", 500), ("90s", 90_000), ("15m", 900_000), ("2h", 7_200_000), ("3d", 259_200_000), ("1.5s", 1500),
            ("0s", 0),
        ])
    func durations(text: String, milliseconds: Int) {
        #expect(Quantity.milliseconds(text) == milliseconds)
    }

    @Test(
        "what is no duration is refused",
        arguments: ["", "s", "10", "-1s", "1 s", "1w", "nan s", "infs", "0x10s", "99999999999999999999d", "1s2"])
    func noDurations(text: String) {
        #expect(Quantity.milliseconds(text) == nil)
    }

    @Test(
        "sizes are read with or without their unit",
        arguments: [
            ("64MB", 64 << 20), ("8KB", 8 << 10), ("512", 512), ("512B", 512), ("1gb", 1 << 30), ("0.5MB", 512 << 10),
        ])
    func sizes(text: String, bytes: Int) {
        #expect(Quantity.bytes(text) == bytes)
    }

    @Test("what is no size is refused", arguments: ["", "MB", "-5", "5 MB", "5TBB", "1e999MB"])
    func noSizes(text: String) {
        #expect(Quantity.bytes(text) == nil)
    }

    @Test("every limit can be set by its own example, and a wrong value names the form")
    func limits() throws {
        for declaration in RunLimits.declarations {
            var limits = RunLimits()
            try limits.set(declaration.name, declaration.example)
            #expect(throws: HostFailure.self) { try limits.set(declaration.name, "lots") }
        }
        var limits = RunLimits()
        let failure = #expect(throws: HostFailure.self) { try limits.set("cpus", "1s") }
        #expect(failure?.hint?.contains("cpu") == true)
    }

    @Test("the defaults are what the declarations show")
    func defaults() throws {
        var limits = RunLimits()
        for declaration in RunLimits.declarations { try limits.set(declaration.name, declaration.example) }
        let standard = RunLimits()
        #expect(limits.lua.memoryBytesMax == standard.lua.memoryBytesMax)
        #expect(limits.lua.cpuMSMax == standard.lua.cpuMSMax)
        #expect(limits.lua.wallMSMax == standard.lua.wallMSMax)
        #expect(limits.lua.valueDepthMax == standard.lua.valueDepthMax)
        #expect(limits.lua.valueBytesMax == standard.lua.valueBytesMax)
        #expect(limits.callsMax == standard.callsMax)
        #expect(limits.writesMax == standard.writesMax)
        #expect(limits.logLineBytesMax == standard.logLineBytesMax)
        #expect(limits.logBytesMax == standard.logBytesMax)
        #expect(limits.outputBytesMax == standard.outputBytesMax)
    }

    @Test(
        "a value that no machine has is refused, however it is written",
        arguments: [
            ("wall", "99999999999d"), ("cpu", "106751991167d"), ("memory", "9223372036854775807"),
            ("size", "8589934592GB"),
            ("depth", "1000000"), ("calls", "9223372036854775807"),
        ])
    func ceilings(name: String, text: String) {
        var limits = RunLimits()
        let failure = #expect(throws: HostFailure.self) { try limits.set(name, text) }
        #expect(failure?.kind == .usage)
    }
}
