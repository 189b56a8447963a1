/// SplitMix64: the same numbers for the same seed on every machine. For what must come out the same again, faults of a
/// test or the chance of a run that is replayed; never for secrets.
///
/// https://prng.di.unimi.it/splitmix64.c
public struct SeededGenerator: RandomNumberGenerator {
    private static let digits = Array("0123456789abcdef".utf8)
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Lower-case hexadecimal digits.
    public mutating func hexadecimal(digits: Int) -> String {
        var text: [UInt8] = []
        while text.count < digits {
            var word = next()
            for _ in 0..<16 where text.count < digits {
                text.append(Self.digits[Int(word & 15)])
                word >>= 4
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
