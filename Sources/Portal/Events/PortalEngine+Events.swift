internal import Wire

// Events leave the engine as values: the queue says which, the server's courier sends them.
//
//     GET    /__portal/events      the queue's counters and the last deliveries
//     POST   /__portal/events      {"event":"ONUSERADD","data":{"ID":5},"userId":1}: raises an event by hand
//     POST   /__portal/robot       {"code":"my_robot","target":"DEAL_7","properties":{}}; GET: runs and their answers
//     POST   /__portal/trigger     {"code":"paid","entityTypeId":2,"stageId":"WON"}: where a trigger stands
//     POST   /__portal/message     {"code":"my_sms","to":"+371…","body":"…","target":"DEAL_7"}; GET: their statuses
//     POST   /__portal/outgoing    {"url":"http://127.0.0.1:9/","events":["ONCRMDEALADD"],"token":"…"}
extension PortalEngine {
    /// The call is kept: what it has to tell goes into the queue.
    func queueOutgoing() {
        let now = state.clock.nanoseconds
        for outgoing in state.events.takeOutgoing() {
            let fault = state.faults.take(outgoing.name.lowercased(), .event, using: &state.random).answer
            deliveries.append(
                outgoing.name, to: outgoing.url, outgoing.fields, at: now,
                mishap: fault.flatMap { DeliveryQueue.Mishap($0.kind) })
        }
    }

    func eventControl(_ request: PortalRequest, path: String) throws(PortalFailure) -> JSONValue? {
        switch (path, request.method) {
        case ("events", "GET"): return eventsReport
        case ("events", "POST"): return try raise(try controlBody(request))
        case ("outgoing", "POST"): return try addOutgoingWebhook(try controlBody(request))
        case ("robot", "GET"): return try RobotRun.report(state)
        case ("robot", "POST"): return try runRobot(try controlBody(request))
        case ("trigger", "POST"): return try TriggerMethods.place(try controlBody(request), in: state)
        case ("message", "GET"): return try SenderMethods.report(state)
        case ("message", "POST"):
            let body = try controlBody(request)
            return try happening(as: nil) { () throws(PortalFailure) in try SenderMethods.send(body, in: state) }
        default: return nil
        }
    }

    /// Sends a robot to a record, as automation would when the record came to the robot's stage.
    private func runRobot(_ body: JSONObject) throws(PortalFailure) -> JSONValue {
        let code = try controlText("code", in: body)
        guard let document = ProcessDocument(target: try controlText("target", in: body)),
            try document.exists(in: state)
        else { throw PortalFailure("INVALID_REQUEST", "target must name a record of this portal, such as DEAL_7.") }
        let properties = body["properties"]?.phpObject ?? JSONObject()
        return try happening(as: nil) { () throws(PortalFailure) in
            for application in state.applications.all {
                if let wanted = body["clientId"]?.phpText, wanted != application.clientID { continue }
                guard try RobotMethods.robots.find(code, of: application.clientID, in: state) != nil else { continue }
                let run = RobotRun(state: state)
                let (workflowID, waits) = try run.start(code, of: application, on: document, properties: properties)
                if !waits { try Workflows(state: state).goOn(workflowID) }
                return ["workflow_id": .string(workflowID)]
            }
            throw PortalFailure("INVALID_REQUEST", "No application has a robot with this code.")
        }
    }

    /// Runs `body` as something that happens on the portal without a REST call: its events are told.
    func happening<T>(as userID: Int?, _ body: () throws(PortalFailure) -> T) throws(PortalFailure) -> T {
        state.events.cause = PortalEvents.Cause(userID: userID)
        let result: T
        do throws(PortalFailure) {
            result = try state.transaction { () throws(PortalFailure) in
                let result = try body()
                try state.events.settle(in: state)
                return result
            }
        } catch {
            state.events.forget()
            state.caches.forgetAll()
            throw error
        }
        queueOutgoing()
        return result
    }

    /// The deliveries that leave now, and in how many milliseconds the next one may.
    ///
    /// A virtual clock moves by a request only, and every request looks here again: nobody has to wait for it.
    func takeDeliveries() -> (deliveries: [PortalDelivery], waitMS: Int?) {
        let settings = state.settings.events
        let now = state.clock.nanoseconds
        let taken = deliveries.take(at: now, settings)
        guard !state.clock.isVirtual, let due = deliveries.nextDue(settings) else { return (taken, nil) }
        return (taken, Int(max(1, (due - now + 999_999) / 1_000_000)))
    }

    func finishDelivery(_ id: Int, _ outcome: DeliveryOutcome, tookMS: Int) {
        deliveries.finish(id, outcome, tookMS: tookMS, at: state.clock.nanoseconds, state.settings.events)
    }

    /// Raises an event by hand, whoever would raise it on the platform.
    func raise(_ body: JSONObject) throws(PortalFailure) -> JSONValue {
        guard let name = body["event"]?.phpText?.uppercased(), EventNames.scope(of: name) != nil else {
            throw PortalFailure("INVALID_REQUEST", "event must name an event of Bitrix24, such as ONCRMDEALADD.")
        }
        let data = body["data"]?.phpObject ?? JSONObject()
        try happening(as: body["userId"]?.lenientInteger) { () throws(PortalFailure) in
            state.events.emit(name, data)
        }
        return eventsReport
    }

    /// Adds an outgoing webhook, which on the platform is made in the interface.
    func addOutgoingWebhook(_ body: JSONObject) throws(PortalFailure) -> JSONValue {
        guard let url = body["url"]?.phpText, let parts = try? URLParts(url), parts.isLoopback else {
            throw PortalFailure("INVALID_REQUEST", "url must be an http or https URL on this machine.")
        }
        let names = (body["events"]?.phpList ?? []).compactMap { $0.phpText?.uppercased() }
        guard !names.isEmpty else { throw PortalFailure("INVALID_REQUEST", "events must name at least one event.") }
        let token = body["token"]?.phpText ?? state.random.hexadecimal(digits: 32)
        try happening(as: nil) { () throws(PortalFailure) in
            for name in names {
                guard EventNames.scope(of: name) != nil, !EventNames.applicationsOnly.contains(name) else {
                    throw PortalFailure("INVALID_REQUEST", "An outgoing webhook cannot have the event \(name).")
                }
                try EventBinding(clientID: "", userID: 0, event: name, handler: url, token: token).insert(in: state)
            }
        }
        return ["token": .string(token)]
    }

    var eventsReport: JSONValue {
        let entries = deliveries.log.entries.map { entry in
            [
                "id": .integer(Int64(entry.id)), "name": .string(entry.name), "to": .string(entry.origin),
                "time": .integer(entry.unixSeconds), "state": .string(entry.state.text),
            ] as JSONValue
        }
        return [
            "waiting": .integer(Int64(deliveries.waitingCount)), "underWay": .integer(Int64(deliveries.underWayCount)),
            "count": .integer(Int64(deliveries.log.count)), "last": .array(entries),
        ]
    }
}

extension DeliveryEntry.State {
    var text: String {
        switch self {
        case .waiting: "waiting"
        case .lost: "lost"
        case .refused: "refused: not on this machine"
        case .sent: "sent"
        case .answered(let status): "answered \(status)"
        case .failed(let message): "failed: \(message)"
        }
    }
}
