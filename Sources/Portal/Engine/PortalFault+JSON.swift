public import Wire

// Faults as the control API and the command line write them.
extension PortalFault {
    /// Reads `{method, kind, skip?, count?, rate?, inBatch?, …}`; `status`, `error`, `description`, `bytes`, `to`, `ms`
    /// and `virtual` by kind.
    public init(json: JSONObject) throws(PortalFailure) {
        guard let name = json["kind"]?.phpText else {
            throw PortalFailure("INVALID_REQUEST", "A fault needs a kind.")
        }
        for key in json.keys where !Self.members.contains(key) {
            let known = Self.members.sorted().joined(separator: ", ")
            throw PortalFailure("INVALID_REQUEST", "A fault has no \(key); it has \(known).")
        }
        var rate: Double?
        if let value = json["rate"] {
            guard let number = value.lenientDouble, (0...1).contains(number) else {
                throw PortalFailure("INVALID_REQUEST", "rate must be 0 to 1.")
            }
            rate = number
        }
        self.init(
            json["method"]?.phpText ?? "*", try Self.kind(name, json), skip: try Self.whole("skip", json) ?? 0,
            count: try Self.whole("count", json), rate: rate, isInBatch: json["inBatch"]?.isTruthy ?? false)
        if isInBatch {
            switch kind {
            case .errorBefore, .errorAfter: break
            default: throw PortalFailure("INVALID_REQUEST", "Inside a batch only errors can happen, not \(name).")
            }
        }
    }

    /// Reads `KIND[:METHOD][:option=value…]`, such as `dropAfter:crm.lead.*:rate=0.05`.
    public init(parsing text: String) throws(PortalFailure) {
        var json = JSONObject()
        var last: String?
        for (index, part) in text.split(separator: ":", omittingEmptySubsequences: false).enumerated() {
            if index > 0, let equals = part.firstIndex(of: "="), Self.members.contains(String(part[..<equals])) {
                last = String(part[..<equals])
                json[String(part[..<equals])] = .string(String(part[part.index(after: equals)...]))
            } else if let last, Self.membersWithColons.contains(last), let before = json[last]?.stringValue {
                json[last] = .string("\(before):\(part)")
            } else if index < 2, !part.contains("=") {
                json[index == 0 ? "kind" : "method"] = .string(String(part))
            } else {
                throw PortalFailure("INVALID_REQUEST", "A fault is KIND[:METHOD][:option=value…], not \(text).")
            }
        }
        try self.init(json: json)
    }

    private static let members: Set<String> = [
        "kind", "method", "skip", "count", "rate", "inBatch", "status", "error", "description", "bytes", "to", "ms",
        "virtual",
    ]

    /// Addresses and sentences.
    private static let membersWithColons: Set<String> = ["to", "description"]

    /// The words for kinds, in the order that help shows them.
    public static let kindNames = [
        "latency", "throttled", "operating", "errorBefore", "errorAfter", "dropBefore", "dropAfter", "truncated",
        "cutJSON", "html", "large", "never", "expireTokens", "rename", "redirect", "duplicateEvent", "reorderEvent",
        "loseEvent", "delayEvent",
    ]

    private static func kind(_ name: String, _ json: JSONObject) throws(PortalFailure) -> Kind {
        switch name {
        case "html": return .html
        case "truncated": return .truncated
        case "cutJSON": return .cutJSON
        case "never": return .never
        case "redirect": return .redirect(to: json["to"]?.phpText ?? "")
        case "rename":
            guard let name = json["to"]?.phpText, !name.isEmpty else {
                throw PortalFailure("INVALID_REQUEST", "rename needs the new host name: to.")
            }
            return .rename(to: name)
        case "large": return .large(bytes: try whole("bytes", json) ?? 20 << 20)
        case "latency":
            guard let wait = try whole("ms", json), (0...latencyMSMax).contains(wait) else {
                throw PortalFailure("INVALID_REQUEST", "latency needs ms, 0 to \(latencyMSMax).")
            }
            return .latency(milliseconds: wait, isVirtual: json["virtual"]?.isTruthy ?? false)
        case "throttled": return error(MethodRefusal.overLimit)
        case "operating": return error(MethodRefusal.operatingLimit)
        case "errorBefore", "errorAfter":
            let status = try whole("status", json) ?? 500
            guard (100...599).contains(status) else {
                throw PortalFailure("INVALID_REQUEST", "status must be 100 to 599.")
            }
            let code = json["error"]?.phpText ?? (status == 503 ? "QUERY_LIMIT_EXCEEDED" : "INTERNAL_SERVER_ERROR")
            let description = json["description"]?.phpText ?? (status == 503 ? "Too many requests" : "")
            return name == "errorBefore"
                ? .errorBefore(status: status, code: code, description: description)
                : .errorAfter(status: status, code: code, description: description)
        case "dropBefore": return .dropBefore
        case "dropAfter": return .dropAfter
        case "expireTokens": return .expireTokens
        case "duplicateEvent": return .duplicateEvent
        case "reorderEvent": return .reorderEvent
        case "loseEvent": return .loseEvent
        case "delayEvent":
            guard let wait = try whole("ms", json), (0...latencyMSMax).contains(wait) else {
                throw PortalFailure("INVALID_REQUEST", "delayEvent needs ms, 0 to \(latencyMSMax).")
            }
            return .delayEvent(milliseconds: wait)
        default:
            throw PortalFailure(
                "INVALID_REQUEST",
                "There is no fault of the kind \(name); there are \(kindNames.joined(separator: ", ")).")
        }
    }

    fileprivate static func error(_ failure: PortalFailure) -> Kind {
        .errorBefore(status: failure.status, code: failure.code, description: failure.description)
    }

    private static func whole(_ name: String, _ json: JSONObject) throws(PortalFailure) -> Int? {
        guard let value = json[name] else { return nil }
        guard let number = value.lenientInteger, number >= 0 else {
            throw PortalFailure("INVALID_REQUEST", "\(name) must be a whole number.")
        }
        return number
    }

    /// What `GET /__portal/faults` shows of a fault.
    var json: JSONValue {
        var object = JSONObject()
        object["method"] = .string(method)
        for (member, value) in kind.json { object[member] = value }
        object["skip"] = .integer(Int64(skip))
        if let count { object["count"] = .integer(Int64(count)) }
        if let rate { object["rate"] = .number(rate) }
        if isInBatch { object["inBatch"] = true }
        return .object(object)
    }
}

extension PortalFault.Kind {
    /// The kind in the words it can be asked for with.
    fileprivate var json: JSONObject {
        switch self {
        case .redirect(let to), .rename(let to): return ["kind": .string(name), "to": .string(to)]
        case .large(let bytes): return ["kind": .string(name), "bytes": .integer(Int64(bytes))]
        case .errorBefore(let status, let code, let description), .errorAfter(let status, let code, let description):
            if self == PortalFault.error(MethodRefusal.overLimit) { return ["kind": "throttled"] }
            if self == PortalFault.error(MethodRefusal.operatingLimit) { return ["kind": "operating"] }
            return [
                "kind": .string(name), "status": .integer(Int64(status)), "error": .string(code),
                "description": .string(description),
            ]
        case .latency(let milliseconds, let isVirtual):
            var object: JSONObject = ["kind": .string(name), "ms": .integer(Int64(milliseconds))]
            if isVirtual { object["virtual"] = true }
            return object
        case .delayEvent(let milliseconds): return ["kind": .string(name), "ms": .integer(Int64(milliseconds))]
        default: return ["kind": .string(name)]
        }
    }

    var name: String {
        switch self {
        case .html: "html"
        case .truncated: "truncated"
        case .cutJSON: "cutJSON"
        case .never: "never"
        case .redirect: "redirect"
        case .large: "large"
        case .errorBefore: "errorBefore"
        case .errorAfter: "errorAfter"
        case .dropBefore: "dropBefore"
        case .dropAfter: "dropAfter"
        case .latency: "latency"
        case .expireTokens: "expireTokens"
        case .rename: "rename"
        case .duplicateEvent: "duplicateEvent"
        case .reorderEvent: "reorderEvent"
        case .loseEvent: "loseEvent"
        case .delayEvent: "delayEvent"
        }
    }
}
