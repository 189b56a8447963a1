public import Wire

/// A failure that is written down and read back: in a journal it must be the same failure again.
extension Failure {
    public var record: JSONObject {
        var record: JSONObject = [
            "code": .string(code), "message": .string(message), "method": .string(method),
            "category": .string(category.rawValue), "outcome": .string(outcome.rawValue),
            "retryable": .bool(retryable), "hint": .string(hint), "writes": .bool(access == .write),
        ]
        if let status { record["status"] = .integer(Int64(status)) }
        if let argument { record["argument"] = .string(argument) }
        if let part { record["part"] = .string(part) }
        return record
    }

    /// Nil for what `record` did not make.
    public init?(record: JSONObject) {
        guard let code = record["code"]?.stringValue, let message = record["message"]?.stringValue,
            let method = record["method"]?.stringValue,
            let category = record["category"]?.stringValue.flatMap(Category.init(rawValue:)),
            let outcome = record["outcome"]?.stringValue.flatMap(Outcome.init(rawValue:))
        else { return nil }
        self.init(
            code: code, message: message, method: method, status: record["status"]?.integerValue.map { Int($0) },
            category: category, outcome: outcome, access: record["writes"]?.boolValue == true ? .write : .read,
            argument: record["argument"]?.stringValue)
        retryable = record["retryable"]?.boolValue ?? false
        hint = record["hint"]?.stringValue ?? ""
        part = record["part"]?.stringValue
    }
}

extension Reply {
    /// All but the bytes.
    public var record: JSONObject {
        var record: JSONObject = [
            "from": .integer(Int64(resultRange.lowerBound)), "to": .integer(Int64(resultRange.upperBound)),
        ]
        if let next { record["next"] = .integer(Int64(next)) }
        if let total { record["total"] = .integer(Int64(total)) }
        guard let time else { return record }
        var members = JSONObject()
        for (name, value) in [
            ("start", time.start), ("finish", time.finish), ("duration", time.duration),
            ("processing", time.processing), ("operating", time.operating), ("reset", time.operatingResetAt),
        ] {
            if let value { members[name] = .number(value) }
        }
        record["time"] = .object(members)
        return record
    }

    /// Nil for what `record` did not make, or made for other bytes.
    public init?(record: JSONObject, bytes: [UInt8]) {
        guard let from = record["from"]?.integerValue, let to = record["to"]?.integerValue,
            from >= 0, from <= to, to <= bytes.count
        else { return nil }
        self.init(bytes: bytes, resultRange: Int(from)..<Int(to))
        next = record["next"]?.integerValue.map { Int($0) }
        total = record["total"]?.integerValue.map { Int($0) }
        guard let members = record["time"]?.objectValue else { return }
        var timing = Timing()
        timing.start = members["start"]?.doubleValue
        timing.finish = members["finish"]?.doubleValue
        timing.duration = members["duration"]?.doubleValue
        timing.processing = members["processing"]?.doubleValue
        timing.operating = members["operating"]?.doubleValue
        timing.operatingResetAt = members["reset"]?.doubleValue
        time = timing
    }
}
