internal import Wire

/// Running processes. The portal plays a process as far as others take part in it: robots of applications are called,
/// tasks wait for employees; what the platform's own activities would do is not done, and branches are passed over.
struct Workflows {
    static let documents = Documents(kind: "bizproc_workflow")

    let state: PortalState

    /// Steps of one process that are taken; a template has at most as many.
    static let stepsMax = 1_000

    /// - Parameter steps: the nodes to go through, in their order.
    func open(
        templateID: Int, _ document: ProcessDocument, by userID: Int, steps: [JSONValue] = []
    ) throws(PortalFailure) -> String {
        let id = newID()
        let now = JSONValue.string(state.now)
        try Self.documents.insert(
            [
                "ID": .string(id), "TEMPLATE_ID": .string(String(templateID)), "MODULE_ID": .string(document.module),
                "ENTITY": .string(document.entity), "DOCUMENT_ID": document.idJSON[2] ?? .null, "STARTED": now,
                "STARTED_BY": userID > 0 ? .string(String(userID)) : .null, "MODIFIED": now, "OWNED_UNTIL": .null,
                "DOCUMENT": document.idJSON, "STEPS": .array(Array(steps.prefix(Self.stepsMax))),
            ], owner: id, in: state)
        return id
    }

    func isRunning(_ id: String) throws(PortalFailure) -> Bool {
        try !Self.documents.owned(by: id, in: state).isEmpty
    }

    /// Takes the next steps until one waits; a process without any is over.
    func goOn(_ id: String) throws(PortalFailure) {
        guard var entry = try Self.documents.owned(by: id, in: state).first,
            let document = ProcessDocument(id: entry.fields["DOCUMENT"])
        else { return }
        var steps = (entry.fields["STEPS"] ?? .null).phpList[...]
        while let step = steps.popFirst() {
            entry.fields["STEPS"] = .array(Array(steps))
            entry.fields["MODIFIED"] = .string(state.now)
            try Self.documents.replace(entry.id, with: entry.fields, in: state)
            if try take(step, of: id, on: document) { return }
        }
        try Self.documents.delete(entry.id, in: state)
    }

    /// - Returns: whether the process waits for the step.
    private func take(_ step: JSONValue, of id: String, on document: ProcessDocument) throws(PortalFailure) -> Bool {
        let kind = step["Type"]?.phpText ?? ""
        let properties = step["Properties"]?.phpObject ?? JSONObject()
        if ProcessTask.kinds.contains(kind) {
            return try ProcessTask(state: state).open(step, kind: kind, workflowID: id, document)
        }
        // `rest_` and the hash of application and code.
        guard kind.hasPrefix("rest_") else { return false }
        for application in state.applications.all {
            for code in try RobotMethods.robots.codes(of: application.clientID, in: state)
            where Self.nodeType(code, of: application.clientID) == kind.lowercased() {
                let declared =
                    try RobotMethods.robots.find(code, of: application.clientID, in: state)?
                    .fields["PROPERTIES"]?.phpObject ?? JSONObject()
                let given = JSONObject(properties.filter { declared[$0.key] != nil }.map { ($0.key, $0.value) })
                return try RobotRun(state: state).start(
                    code, of: application, on: document, properties: given, workflowID: id
                ).waits
            }
        }
        return false
    }

    func end(_ id: String) throws(PortalFailure) {
        for entry in try Self.documents.owned(by: id, in: state) { try Self.documents.delete(entry.id, in: state) }
    }

    /// The node's type that stands for an application's robot; the platform's own hash is not documented.
    static func nodeType(_ code: String, of clientID: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(clientID) \(code)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return "rest_" + String(hash, radix: 16)
    }

    /// `A51601_82584_96831_81132`
    static func nodeName(_ random: inout SeededGenerator) -> String {
        "A" + (0..<4).map { _ in String(Int.random(in: 10_000...99_999, using: &random)) }.joined(separator: "_")
    }

    /// `66e81a641752f8.56521481`, as PHP's `uniqid` makes it.
    private func newID() -> String {
        let now = state.clock.nanoseconds / 1_000
        let seconds = String(now / 1_000_000, radix: 16)
        let fraction = String(now % 1_000_000, radix: 16)
        let tail = String(Int.random(in: 10_000_000...99_999_999, using: &state.random))
        return seconds + String(repeating: "0", count: max(0, 5 - fraction.count)) + fraction + "." + tail
    }
}

extension RobotMethods {
    func codes(of clientID: String, in state: PortalState) throws(PortalFailure) -> [String] {
        try Documents(kind: "bizproc_\(kind)").owned(by: clientID, in: state).compactMap { $0.fields["CODE"]?.phpText }
    }
}
