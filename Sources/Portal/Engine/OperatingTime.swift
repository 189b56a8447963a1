/// Seconds that one credential spent in one method during the last ten minutes, kept in ten buckets of
/// a minute. A bucket leaves ten minutes after its first call began.
///
/// https://apidocs.bitrix24.com/limits.html
struct OperatingTime {
    private struct Bucket {
        var minute: Int64
        var firstCallSeconds: Int64
        var seconds: Double
    }

    static let windowSeconds: Int64 = 600
    private var buckets: [Bucket] = []

    /// Seconds used, after the buckets that are due have left.
    mutating func seconds(at unixSeconds: Int64) -> Double {
        buckets.removeAll { $0.firstCallSeconds + Self.windowSeconds <= unixSeconds }
        return buckets.reduce(0) { $0 + $1.seconds }
    }

    /// When the oldest bucket leaves: its seconds, and only they, are free again then.
    var resetAt: Int64? {
        buckets.first.map { $0.firstCallSeconds + Self.windowSeconds }
    }

    mutating func add(seconds: Double, startedAt unixSeconds: Int64) {
        let minute = unixSeconds / 60
        if let last = buckets.indices.last, buckets[last].minute == minute {
            buckets[last].seconds += seconds
        } else {
            buckets.append(Bucket(minute: minute, firstCallSeconds: unixSeconds, seconds: seconds))
        }
    }
}

/// The operating time of every pair of credential and method.
struct OperatingLedger {
    private struct Key: Hashable {
        let credential: String
        let method: String
    }

    private var times: [Key: OperatingTime] = [:]

    mutating func seconds(credential: String, method: String, at unixSeconds: Int64) -> Double {
        times[Key(credential: credential, method: method)]?.seconds(at: unixSeconds) ?? 0
    }

    /// Adds a finished call and returns what the envelope says about it.
    mutating func record(
        credential: String, method: String, seconds: Double, startedAt unixSeconds: Int64
    ) -> (operating: Double, resetAt: Int64) {
        let key = Key(credential: credential, method: method)
        var time = times[key] ?? OperatingTime()
        time.add(seconds: seconds, startedAt: unixSeconds)
        let operating = time.seconds(at: unixSeconds)
        times[key] = time
        return (operating, time.resetAt ?? unixSeconds + OperatingTime.windowSeconds)
    }
}
