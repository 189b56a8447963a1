import Storage

/// One step of a run as its journal has it: an effect that was asked for, and what it brought.
struct JournalEntry: Sendable {
    enum State: Int64, Sendable {
        /// Asked for; what came of it is not known.
        case asked
        case answered
    }

    /// From 0.
    let step: Int
    /// The effect's name, and what it is about without anybody's values.
    let name: String
    let subject: String
    /// `EffectPrint`.
    let print: UInt64
    var state: State
    var atMS: Int64
    var tookMS: Int64 = 0
    /// Bytes of the result.
    var size = 0
    /// How long the portal worked for it, in seconds, where it says so.
    var operating: Double?
    /// The answer was a failure.
    var isFailure = false
    /// What the run has read from the clock since the step before, in nanoseconds since 1970.
    var readings: [Int64]
    /// As `EffectCodec` writes it, of a sleep until when. Nil where it is not kept: a large read, which is read again.
    var result: [UInt8]?

    /// What its payload is sealed for.
    static let context: StaticString = "journal"

    /// What is sealed: the number of readings as two bytes, the readings, the result.
    var payload: [UInt8]? {
        guard !readings.isEmpty || result != nil else { return nil }
        let kept = readings.prefix(Int(UInt16.max))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(3 + kept.count * 8 + (result?.count ?? 0))
        withUnsafeBytes(of: UInt16(kept.count).bigEndian) { bytes += $0 }
        for reading in kept { withUnsafeBytes(of: reading.bigEndian) { bytes += $0 } }
        bytes.append(result == nil ? 0 : 1)
        if let result { bytes += result }
        return bytes
    }

    /// The two parts of what was sealed; nil for bytes that are none.
    static func parts(of payload: [UInt8]) -> (readings: [Int64], result: [UInt8]?)? {
        guard payload.count >= 3 else { return nil }
        let count = Int(payload[0]) << 8 | Int(payload[1])
        let end = 2 + count * 8
        guard payload.count > end else { return nil }
        let readings = (0..<count).map { place in
            payload[(2 + place * 8)..<(10 + place * 8)].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        }
        return (readings, payload[end] == 0 ? nil : Array(payload[(end + 1)...]))
    }
}
