internal import Wire

/// `bizproc.robot.*` and `bizproc.activity.*`: what an application adds to automation and to the designer.
///
/// https://apidocs.bitrix24.com/api-reference/bizproc/bizproc-robot/index.html
struct RobotMethods {
    /// `robot` or `activity`; the two are kept apart, codes and all.
    let kind: String

    static let methods = RobotMethods(kind: "robot").methods + RobotMethods(kind: "activity").methods

    static let robots = RobotMethods(kind: "robot")

    private var documents: Documents { Documents(kind: "bizproc_\(kind)") }

    private var methods: [PortalMethod] {
        [
            method("add") { state, call throws(PortalFailure) in try add(state, call) },
            method("update") { state, call throws(PortalFailure) in try update(state, call) },
            method("list") { state, call throws(PortalFailure) in
                let application = try call.processApplication(state)
                let own = try documents.owned(by: application.clientID, in: state)
                return MethodReply(.array(own.map { $0.fields["CODE"] ?? .null }))
            },
            method("delete") { state, call throws(PortalFailure) in
                let application = try call.processApplication(state)
                try documents.delete(try required(call, application, state).id, in: state)
                return MethodReply(true)
            },
        ]
    }

    private func method(_ verb: String, handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("bizproc.\(kind).\(verb)", scope: "bizproc", checksAdministrator: true, handler: handler)
    }

    func find(_ code: String, of clientID: String, in state: PortalState) throws(PortalFailure) -> Documents.Entry? {
        try documents.owned(by: clientID, in: state).first { $0.fields["CODE"] == .string(code) }
    }

    private func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        let given = RobotFields.upperCased(call.parameters)
        guard !given.isEmpty else { throw ProcessFailure.activity("Empty data!") }
        let code = try RobotFields.code(given["CODE"])
        var robot = RobotFields(application: application)
        try robot.apply(given, isNew: true)
        guard try find(code, of: application.clientID, in: state) == nil else {
            throw PortalFailure("ERROR_ACTIVITY_ALREADY_INSTALLED", "Activity or Robot already added!")
        }
        robot.fields["CODE"] = .string(code)
        robot.fields["ADDED_BY"] = .integer(Int64(call.userID))
        try documents.insert(robot.fields, owner: application.clientID, in: state)
        return MethodReply(true)
    }

    private func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        let entry = try required(call, application, state)
        let given = RobotFields.upperCased(try call.object("FIELDS") ?? JSONObject())
        guard given.keys.contains(where: { RobotFields.names.contains($0) }) else {
            throw ProcessFailure.activity("No fields to update")
        }
        var robot = RobotFields(application: application, fields: entry.fields)
        try robot.apply(given, isNew: false)
        try documents.replace(entry.id, with: robot.fields, in: state)
        return MethodReply(true)
    }

    private func required(
        _ call: MethodCall, _ application: PortalApplication, _ state: PortalState
    ) throws(PortalFailure) -> Documents.Entry {
        let code = try RobotFields.code(call.parameter("CODE"))
        guard let entry = try find(code, of: application.clientID, in: state) else {
            throw PortalFailure("ERROR_ACTIVITY_NOT_FOUND", "Activity or Robot not found!")
        }
        return entry
    }
}

/// What an application says about its robot, checked in the order the platform checks it.
struct RobotFields {
    let application: PortalApplication
    var fields = JSONObject()

    static let names: Set<String> = [
        "HANDLER", "AUTH_USER_ID", "USE_SUBSCRIPTION", "NAME", "DESCRIPTION", "PROPERTIES", "RETURN_PROPERTIES",
        "DOCUMENT_TYPE", "FILTER", "USE_PLACEMENT", "PLACEMENT_HANDLER",
    ]
    static let types: Set<String> = [
        "bool", "date", "datetime", "double", "file", "int", "select", "string", "text", "user",
    ]

    static func upperCased(_ object: JSONObject) -> JSONObject {
        JSONObject(object.map { ($0.key.uppercased(), $0.value) })
    }

    static func code(_ value: JSONValue?) throws(PortalFailure) -> String {
        let code = value?.phpText ?? ""
        guard !code.isEmpty else { throw ProcessFailure.activity("Empty activity code!") }
        guard code.utf8.allSatisfy({ $0.isCodeLetter }) else { throw ProcessFailure.activity("Wrong activity code!") }
        return code
    }

    mutating func apply(_ given: JSONObject, isNew: Bool) throws(PortalFailure) {
        for name in ["HANDLER", "PLACEMENT_HANDLER"] {
            if let value = given[name]?.phpText { try HandlerURL.check(value, of: application) }
        }
        if isNew, given["HANDLER"] == nil { throw PortalFailure("ERROR_WRONG_HANDLER_URL", "Wrong handler URL") }
        if isNew || given["NAME"] != nil, RobotFields.isEmptyText(given["NAME"]) {
            throw ProcessFailure.activity("Empty activity NAME!")
        }
        for name in ["PROPERTIES", "RETURN_PROPERTIES"] { try RobotFields.check(properties: given[name]) }
        if let type = given["DOCUMENT_TYPE"], ProcessDocument(type: type) == nil {
            throw ProcessFailure.activity("Wrong activity DOCUMENT_TYPE!")
        }
        if let filter = given["FILTER"], !RobotFields.isFilter(filter) {
            throw ProcessFailure.activity("Wrong activity FILTER!")
        }
        for (name, value) in given where RobotFields.names.contains(name) { fields[name] = value }
    }

    /// A text, or texts by language.
    private static func isEmptyText(_ value: JSONValue?) -> Bool {
        (value ?? .null).phpList.compactMap(\.phpText).allSatisfy(\.isEmpty)
    }

    private static func check(properties value: JSONValue?) throws(PortalFailure) {
        guard let value else { return }
        guard let properties = value.phpObject else { throw ProcessFailure.activity("Wrong properties array!") }
        for (key, property) in properties {
            guard let first = key.utf8.first, first.isASCIILetter,
                key.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") })
            else { throw ProcessFailure.activity("Wrong property key \(key)!") }
            guard let described = property.phpObject, !isEmptyText(described["Name"] ?? described["NAME"]) else {
                throw ProcessFailure.activity("Empty property NAME \(key)!")
            }
        }
    }

    private static func isFilter(_ value: JSONValue) -> Bool {
        guard let filter = value.phpObject else { return false }
        return filter.allSatisfy { ["INCLUDE", "EXCLUDE"].contains($0.key.uppercased()) && $0.value.phpText == nil }
    }
}

extension UInt8 {
    var isASCIILetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
    var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
    /// `[a-zA-Z0-9.\-_]`, the letters of a robot's or sender's code.
    var isCodeLetter: Bool { isASCIILetter || isASCIIDigit || [0x2D, 0x2E, 0x5F].contains(self) }
}
