internal import Wire

// `/__portal/…`: how a test in another process steers this portal. No credential: it is loopback only.
//
//     GET    /__portal/faults     the faults that still wait
//     POST   /__portal/faults     {"method":"crm.deal.add","kind":"errorAfter","status":500,"count":1}
//     DELETE /__portal/faults     forget them
//     POST   /__portal/clock      {"advanceSeconds":600}
//     GET    /__portal/log        counters and the last calls
//     POST   /__portal/closure    {"reason":"deleted"}; overloaded, commercialPlan; null opens the portal again
//     POST   /__portal/consent    {"method":"voximplant.user.get","answer":"given"}; waiting, denied
//     POST   /__portal/rename     {"to":"localhost"}
//     …and what concerns applications: PortalEngine+ApplicationControl.swift
//     …and events, robots and messages: PortalEngine+Events.swift
//     …and customers of open lines: PortalEngine+OpenLines.swift
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
            faults.add(try PortalFault(json: try controlBody(request)))
            return ["faults": .array(faults.faults.map(\.json))]
        case ("faults", "DELETE"):
            faults.removeAll()
            return ["faults": []]
        case ("clock", "POST"):
            guard let seconds = try controlBody(request)["advanceSeconds"]?.lenientDouble,
                (0...PortalClock.advanceSecondsMax).contains(seconds)
            else {
                throw PortalFailure(
                    "INVALID_REQUEST", "advanceSeconds must be 0 to \(Int(PortalClock.advanceSecondsMax)).")
            }
            state.clock.advance(seconds: seconds)
            return ["now": .string(state.now)]
        case ("log", "GET"): return log.json
        case ("closure", "POST"):
            let reason = try controlBody(request)["reason"] ?? .null
            state.settings.closure = reason == .null ? nil : try choice(reason, "reason", PortalClosure.self)
            return ["reason": reason]
        case ("consent", "POST"):
            let body = try controlBody(request)
            let method = try controlText("method", in: body).lowercased()
            let answer = try choice(body["answer"] ?? .null, "answer", PortalSettings.Consent.self)
            state.settings.consents[method] = answer
            return ["method": .string(method), "answer": .string(answer.rawValue)]
        case ("rename", "POST"):
            state.site.rename(toHost: try controlText("to", in: try controlBody(request)))
            return ["url": .string(state.site.portalURL)]
        default:
            if let reply = try applicationControl(request, path: path) { return reply }
            if let reply = try eventControl(request, path: path) { return reply }
            if let reply = try lineControl(request, path: path) { return reply }
            throw PortalFailure("NOT_FOUND", "There is no portal control \(path).", status: 404)
        }
    }

    func controlBody(_ request: PortalRequest) throws(PortalFailure) -> JSONObject {
        guard let value = try? JSONValue(parsing: request.body), case .object(let object) = value else {
            throw PortalFailure("INVALID_REQUEST", "The body must be a JSON object.")
        }
        return object
    }

    func controlText(_ name: String, in body: JSONObject) throws(PortalFailure) -> String {
        guard let text = body[name]?.phpText, !text.isEmpty else {
            throw PortalFailure("INVALID_REQUEST", "\(name) is missing.")
        }
        return text
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ value: JSONValue, _ name: String, _: Choice.Type
    ) throws(PortalFailure) -> Choice {
        guard let text = value.phpText, let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw PortalFailure("INVALID_REQUEST", "\(name) must be one of \(known).")
        }
        return choice
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
            "requests": .integer(Int64(requestCount)), "refused": .integer(Int64(refusedRequestCount)),
            "calls": .integer(Int64(count)), "last": .array(calls),
        ]
    }
}
