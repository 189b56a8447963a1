internal import Wire

/// One robot at work on one record: the POST to its handler, and the answer that comes back through
/// `bizproc.event.send`.
///
/// https://apidocs.bitrix24.com/api-reference/bizproc/bizproc-robot/index.html
struct RobotRun {
    static let documents = Documents(kind: "bizproc_run")
    /// Log lines and return values of one run that are kept.
    static let linesMax = 100

    let state: PortalState

    /// Sends a robot to a record.
    ///
    /// - Parameters:
    ///   - properties: by the robot's own keys; what is not given takes its default.
    ///   - workflowID: of the process it is a step of; nil begins one that has this step only.
    /// - Returns: the process's identifier, and whether it waits for the robot.
    func start(
        _ code: String, of application: PortalApplication, on document: ProcessDocument, properties: JSONObject,
        workflowID: String? = nil
    ) throws(PortalFailure) -> (workflowID: String, waits: Bool) {
        guard let robot = try RobotMethods.robots.find(code, of: application.clientID, in: state) else {
            throw PortalFailure("ERROR_ACTIVITY_NOT_FOUND", "Activity or Robot not found!")
        }
        let workflowID =
            if let workflowID { workflowID } else {
                try Workflows(state: state).open(templateID: 0, document, by: 0)
            }
        let token = "\(workflowID)|\(Workflows.nodeName(&state.random))|\(state.random.hexadecimal(digits: 32))"
        // Only an explicit N does not wait.
        let waits = robot.fields["USE_SUBSCRIPTION"].map { $0.phpText == "" || $0.isTruthy } ?? true
        try Self.documents.insert(
            [
                "TOKEN": .string(token), "CODE": .string(code), "WORKFLOW_ID": .string(workflowID),
                "STATE": waits ? "waiting" : "done", "RETURN_VALUES": [:], "LOG": [],
            ], owner: token, in: state)
        let user = robot.fields["AUTH_USER_ID"]?.lenientInteger ?? robot.fields["ADDED_BY"]?.lenientInteger
        let auth = try ApplicationAuthorization(state: state, application: application)
            .event(userID: user, refreshes: true)
        let form: JSONObject = [
            "workflow_id": .string(workflowID), "code": .string(code), "document_id": document.idJSON,
            "document_type": document.typeJSON, "event_token": .string(token),
            "properties": .object(try filled(properties, robot.fields)), "use_subscription": waits ? "Y" : "N",
            "timeout_duration": 0, "ts": 0, "auth": .object(auth),
        ]
        state.events.post(code, to: robot.fields["HANDLER"]?.phpText ?? "", form)
        return (workflowID, waits)
    }

    /// Handlers get every value as text, and only values the robot declared.
    private func filled(_ given: JSONObject, _ robot: JSONObject) throws(PortalFailure) -> JSONObject {
        let declared = robot["PROPERTIES"]?.phpObject ?? JSONObject()
        for key in given.keys where declared[key] == nil {
            throw PortalFailure("INVALID_REQUEST", "The robot has no property \(key).")
        }
        var filled = JSONObject()
        for (key, property) in declared {
            if let value = given[key] ?? property["Default"] ?? property["DEFAULT"] {
                filled[key] = value
            } else if (property["Required"] ?? property["REQUIRED"])?.isTruthy ?? false {
                throw PortalFailure("INVALID_REQUEST", "The robot needs the property \(key).")
            }
        }
        return filled
    }

    // MARK: Methods

    static let methods: [PortalMethod] = [
        PortalMethod("bizproc.event.send", scope: "bizproc") { state, call throws(PortalFailure) in
            try RobotRun(state: state).answer(call)
        },
        PortalMethod("bizproc.activity.log", scope: "bizproc") { state, call throws(PortalFailure) in
            try RobotRun(state: state).log(call)
        },
    ]

    /// Whoever has the token may answer, once.
    private func answer(_ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var run = try waiting(call)
        run.fields["STATE"] = "done"
        run.fields["RETURN_VALUES"] = .object(try call.object("RETURN_VALUES") ?? JSONObject())
        if let line = call.text("LOG_MESSAGE"), !line.isEmpty { append(line, to: &run) }
        try Self.documents.replace(run.id, with: run.fields, in: state)
        try Workflows(state: state).goOn(run.fields["WORKFLOW_ID"]?.phpText ?? "")
        return MethodReply(true)
    }

    private func log(_ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var run = try waiting(call)
        guard let line = call.text("LOG_MESSAGE"), !line.isEmpty else {
            throw PortalFailure("ERROR_EMPTY_LOG_MESSAGE", "Empty log message!")
        }
        append(line, to: &run)
        try Self.documents.replace(run.id, with: run.fields, in: state)
        return MethodReply(true)
    }

    private func append(_ line: String, to run: inout Documents.Entry) {
        let lines = (run.fields["LOG"]?.arrayValue ?? []) + [.string(line)]
        run.fields["LOG"] = .array(Array(lines.suffix(Self.linesMax)))
    }

    /// Unknown, spent and orphaned tokens are refused alike.
    private func waiting(_ call: MethodCall) throws(PortalFailure) -> Documents.Entry {
        let token = call.text("EVENT_TOKEN") ?? ""
        guard !token.isEmpty, let run = try Self.documents.owned(by: token, in: state).first,
            run.fields["STATE"] == "waiting",
            try Workflows(state: state).isRunning(run.fields["WORKFLOW_ID"]?.phpText ?? "")
        else { throw PortalFailure("ACCESS_DENIED", "Access denied!", status: 403) }
        return run
    }

    /// What a test wants to know: which robots ran, and what their handlers answered.
    static func report(_ state: PortalState) throws(PortalFailure) -> JSONValue {
        let runs = try documents.all(in: state).suffix(linesMax).map { run -> JSONValue in
            var row = run.fields
            // The token is a handler's secret.
            row.remove("TOKEN")
            return .object(row)
        }
        return ["runs": .array(runs)]
    }
}
