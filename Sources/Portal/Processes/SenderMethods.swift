internal import Wire

/// `messageservice.*`: an application that carries text messages for the portal.
///
/// https://apidocs.bitrix24.com/api-reference/messageservice/index.html
enum SenderMethods {
    private static let documents = Documents(kind: "message_sender")
    private static let messages = Documents(kind: "message_sent")
    private static let statuses: Set<String> = ["queued", "sent", "delivered", "undelivered", "failed"]
    /// Messages the portal's report shows.
    static let reportedMax = 200

    static let methods: [PortalMethod] = [
        method("sender.add", add), method("sender.update", update), method("sender.list", list),
        method("sender.delete", delete), method("message.status.update", setStatus),
    ]

    private static func method(_ verb: String, _ handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("messageservice.\(verb)", scope: "messageservice", checksAdministrator: true, handler: handler)
    }

    private static func invalid(_ text: String) -> PortalFailure {
        PortalFailure("ERROR_SENDER_VALIDATION_FAILURE", text)
    }

    private static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        let given = RobotFields.upperCased(call.parameters)
        guard !given.isEmpty else { throw invalid("Empty data!") }
        let code = try self.code(call)
        guard !(given["NAME"] ?? .null).phpList.compactMap(\.phpText).allSatisfy(\.isEmpty) else {
            throw invalid("Empty sender NAME!")
        }
        guard let type = given["TYPE"]?.phpText, !type.isEmpty else { throw invalid("Empty sender message TYPE!") }
        guard type.uppercased() == "SMS" else { throw invalid("Unknown sender message TYPE!") }
        try HandlerURL.check(given["HANDLER"]?.phpText ?? "", of: application)
        guard try find(code, application, state) == nil else {
            throw PortalFailure("ERROR_SENDER_ALREADY_INSTALLED", "Sender already installed!")
        }
        var fields: JSONObject = ["CODE": .string(code), "TYPE": "SMS", "ADDED_BY": .integer(Int64(call.userID))]
        for name in ["HANDLER", "NAME", "DESCRIPTION"] { fields[name] = given[name] }
        try documents.insert(fields, owner: application.clientID, in: state)
        return MethodReply(true)
    }

    private static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        guard let code = call.text("CODE"), !code.isEmpty else {
            throw PortalFailure("ERROR_SENDER_CODE_REQUIRED", "Sender code required!")
        }
        let names = ["HANDLER", "NAME", "DESCRIPTION"].filter { call.parameter($0) != nil }
        guard !names.isEmpty else {
            throw PortalFailure("ERROR_SENDER_OTHER_PARAMS_REQUIRED", "HANDLER, NAME or DESCRIPTION required!")
        }
        var entry = try required(code, application, state)
        if let handler = call.text("HANDLER") { try HandlerURL.check(handler, of: application) }
        for name in names { entry.fields[name] = call.parameter(name) }
        try documents.replace(entry.id, with: entry.fields, in: state)
        return MethodReply(true)
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        let own = try documents.owned(by: application.clientID, in: state)
        return MethodReply(.array(own.map { $0.fields["CODE"] ?? .null }))
    }

    private static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        try documents.delete(try required(try code(call), application, state).id, in: state)
        return MethodReply(true)
    }

    private static func setStatus(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        let code = try self.code(call)
        let messageID = call.text("MESSAGE_ID") ?? ""
        guard
            var message = try messages.owned(by: "\(application.clientID) \(code)", in: state)
                .first(where: { $0.fields["message_id"] == .string(messageID) })
        else { throw PortalFailure("ERROR_MESSAGE_NOT_FOUND", "Message not found!") }
        guard let status = call.text("STATUS")?.lowercased(), statuses.contains(status) else {
            throw PortalFailure("ERROR_MESSAGE_STATUS_INCORRECT", "Message status incorrect!")
        }
        message.fields["status"] = .string(status)
        try messages.replace(message.id, with: message.fields, in: state)
        return MethodReply(true)
    }

    // MARK: Sending

    /// What an employee or a robot does in the interface: hands a message to a provider.
    ///
    /// `{"code":"my_sms","to":"+371…","body":"…","target":"DEAL_7"}`
    static func send(_ body: JSONObject, in state: PortalState) throws(PortalFailure) -> JSONValue {
        let code = body["code"]?.phpText ?? ""
        guard let to = body["to"]?.phpText, !to.isEmpty, let text = body["body"]?.phpText, !text.isEmpty else {
            throw PortalFailure("INVALID_REQUEST", "A message needs code, to and body.")
        }
        for application in state.applications.all {
            guard let sender = try find(code, application, state) else { continue }
            let messageID = state.random.hexadecimal(digits: 32)
            try messages.insert(
                ["message_id": .string(messageID), "code": .string(code), "status": "queued"],
                owner: "\(application.clientID) \(code)", in: state)
            var bindings: [JSONValue] = []
            if let target = body["target"]?.phpText, let document = ProcessDocument(target: target) {
                bindings = [
                    [
                        "OWNER_TYPE_ID": .integer(Int64(document.entityTypeID ?? 0)),
                        "OWNER_ID": .integer(Int64(document.id ?? 0)),
                    ]
                ]
            }
            let auth = try ApplicationAuthorization(state: state, application: application)
                .event(userID: sender.fields["ADDED_BY"]?.lenientInteger, refreshes: true)
            let form: JSONObject = [
                "module_id": "crm", "bindings": .array(bindings),
                "properties": ["phone_number": .string(to), "message_text": .string(text)], "type": "SMS",
                "code": .string(code), "message_id": .string(messageID), "message_to": .string(to),
                "message_body": .string(text), "ts": 0, "auth": .object(auth),
            ]
            state.events.post(code, to: sender.fields["HANDLER"]?.phpText ?? "", form)
            return ["message_id": .string(messageID)]
        }
        throw PortalFailure("INVALID_REQUEST", "No application has a sender with this code.")
    }

    static func report(_ state: PortalState) throws(PortalFailure) -> JSONValue {
        ["messages": .array(try messages.all(in: state).suffix(reportedMax).map { .object($0.fields) })]
    }

    private static func find(
        _ code: String, _ application: PortalApplication, _ state: PortalState
    ) throws(PortalFailure) -> Documents.Entry? {
        try documents.owned(by: application.clientID, in: state).first { $0.fields["CODE"] == .string(code) }
    }

    private static func required(
        _ code: String, _ application: PortalApplication, _ state: PortalState
    ) throws(PortalFailure) -> Documents.Entry {
        guard let entry = try find(code, application, state) else {
            throw PortalFailure("ERROR_SENDER_NOT_FOUND", "Sender not found!")
        }
        return entry
    }

    private static func code(_ call: MethodCall) throws(PortalFailure) -> String {
        let code = call.text("CODE") ?? ""
        guard !code.isEmpty else { throw invalid("Empty sender code!") }
        guard code.utf8.allSatisfy(\.isCodeLetter) else { throw invalid("Wrong sender code!") }
        return code
    }
}
