/// The intensity limit of the cloud: every request adds one, `drainPerSecond` leave each second, and a
/// request is refused while more than `burst` are inside.
///
/// https://apidocs.bitrix24.com/limits.html
struct LeakyBucket {
    private var level = 0.0
    private var lastNanoseconds: Int64?

    /// Takes one request in, or refuses it.
    mutating func admits(
        at nanoseconds: Int64, drainPerSecond: Double, burst: Double, refusedRequestsCount: Bool
    ) -> Bool {
        if let lastNanoseconds {
            let seconds = Double(max(0, nanoseconds - lastNanoseconds)) / 1_000_000_000
            level = max(0, level - seconds * drainPerSecond)
        }
        lastNanoseconds = nanoseconds
        let next = level + 1
        let isAdmitted = next <= burst
        if isAdmitted || refusedRequestsCount { level = next }
        return isAdmitted
    }
}
