internal import Wire

// `/__portal/…`: how a test in another process steers this portal. No credential: it is loopback only.
//
//     GET    /__portal/faults    the faults that still wait
//     POST   /__portal/faults    {"method":"crm.deal.add","kind":"errorAfter","status":500,"count":1}
//     DELETE /__portal/faults    forget them
//     POST   /__portal/clock     {"advanceSeconds":600}
//     GET    /__portal/log       counters and the last calls
extension PortalEngine {
    func control(_ request: PortalRequest, path: String) -> PortalAnswer {
        do {
            let reply = try controlReply(request, path: path)
            return PortalAnswer(body: reply.encoded())
        } catch {
            return refuse(error, api: .classic)
        }
    }

    private func controlReply(
        _ request: PortalRequest, path: String
    ) throws(PortalFailure) -> JSONValue {
        switch (path, request.method) {
        case ("faults", "GET"):
            return ["faults": .array(faults.faults.map(\.json))]
        case ("faults", "POST"):
            faults.add(try PortalFault(json: try body(request)))
            return ["faults": .array(faults.faults.map(\.json))]
        case ("faults", "DELETE"):
            faults.removeAll()
            return ["faults": []]
        case ("clock", "POST"):
            guard let seconds = try body(request)["advanceSeconds"]?.lenientDouble,
                (0...PortalClock.advanceSecondsMax).contains(seconds)
            else {
                throw PortalFailure(
                    "INVALID_REQUEST", "advanceSeconds must be 0 to \(Int(PortalClock.advanceSecondsMax)).")
            }
            state.clock.advance(seconds: seconds)
            return ["now": .string(state.now)]
        case ("log", "GET"): return log.json
        default: throw PortalFailure("NOT_FOUND", "There is no portal control \(path).", status: 404)
        }
    }

    private func body(_ request: PortalRequest) throws(PortalFailure) -> JSONObject {
        guard let value = try? JSONValue(parsing: request.body), case .object(let object) = value else {
            throw PortalFailure("INVALID_REQUEST", "The body must be a JSON object.")
        }
        return object
    }
}

extension CallLog {
    var json: JSONValue {
        let calls = entries.map { entry in
            [
                "time": .integer(entry.unixSeconds), "method": .string(entry.method),
                "status": .integer(Int64(entry.status)), "error": .string(entry.error),
                "durationUS": .integer(entry.durationMicroseconds), "user": .integer(Int64(entry.userID)),
                "inBatch": .bool(entry.isInBatch),
            ] as JSONValue
        }
        return [
            "requests": .integer(Int64(requestCount)), "calls": .integer(Int64(count)), "last": .array(calls),
        ]
    }
}

extension PortalFault {
    /// Reads `{method, kind, skip?, count?, …}`; `status`, `error`, `description`, `bytes`, `to` by kind.
    init(json: JSONObject) throws(PortalFailure) {
        guard let method = json["method"]?.phpText, !method.isEmpty, let name = json["kind"]?.phpText else {
            throw PortalFailure("INVALID_REQUEST", "A fault needs a method and a kind.")
        }
        let status = json["status"]?.lenientInteger ?? 500
        let code = json["error"]?.phpText ?? (status == 503 ? "QUERY_LIMIT_EXCEEDED" : "INTERNAL_SERVER_ERROR")
        let description = json["description"]?.phpText ?? (status == 503 ? "Too many requests" : "")
        let kind: Kind
        switch name {
        case "html": kind = .html
        case "truncated": kind = .truncated
        case "cutJSON": kind = .cutJSON
        case "never": kind = .never
        case "redirect": kind = .redirect(to: json["to"]?.phpText ?? "")
        case "large": kind = .large(bytes: json["bytes"]?.lenientInteger ?? 20 << 20)
        case "errorBefore": kind = .errorBefore(status: status, code: code, description: description)
        case "errorAfter": kind = .errorAfter(status: status, code: code, description: description)
        case "dropBefore": kind = .dropBefore
        case "dropAfter": kind = .dropAfter
        default: throw PortalFailure("INVALID_REQUEST", "There is no fault of the kind \(name).")
        }
        self.init(
            method, kind, skip: json["skip"]?.lenientInteger ?? 0, count: json["count"]?.lenientInteger)
    }

    /// What `GET /__portal/faults` shows of a fault.
    var json: JSONValue {
        var object = JSONObject()
        object["method"] = .string(method)
        object["kind"] = .string(kind.name)
        object["skip"] = .integer(Int64(skip))
        if let count { object["count"] = .integer(Int64(count)) }
        return .object(object)
    }
}

extension PortalFault.Kind {
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
        }
    }
}
