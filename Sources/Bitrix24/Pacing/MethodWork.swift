/// How long methods work and how much they answer, on average, as far as it was seen.
struct MethodWork: Sendable {
    struct Mean: Sendable {
        var seconds: Double
        var bytes: Double
    }

    /// Of a method not seen yet.
    static let assumed = Mean(seconds: 0.2, bytes: 4096)
    /// The weight of the newest call.
    static let share = 0.2
    static let methodsMax = 4096

    private var means: [String: Mean] = [:]

    subscript(method: String) -> Mean { means[method] ?? Self.assumed }

    mutating func note(_ method: String, seconds: Double?, bytes: Int) {
        guard let seconds, seconds.isFinite, seconds >= 0 else { return }
        guard var mean = means[method] else {
            if means.count >= Self.methodsMax { means.removeAll() }
            means[method] = Mean(seconds: seconds, bytes: Double(bytes))
            return
        }
        mean.seconds += (seconds - mean.seconds) * Self.share
        mean.bytes += (Double(bytes) - mean.bytes) * Self.share
        means[method] = mean
    }
}
