internal import Wire

// What concerns applications and their tokens.
//
//     GET    /__portal/applications               cards, without secrets
//     POST   /__portal/applications               {"clientID":…,"clientSecret":…,"scopes":["crm"],"redirectURI":…,
//                                                  "title":…,"hasInterface":true,"installPath":…,"status":"L"}
//     POST   /__portal/applications/installation  {"clientID":…,"installation":"absent"}; unfinished, finished
//     POST   /__portal/applications/payment       {"clientID":…,"isExpired":true}
//     POST   /__portal/frame                      {"clientID":…,"userID":1,"placement":"DEFAULT","options":{}}:
//                                                 what the browser posts when somebody opens the application
//     POST   /__portal/tokens/expire              {"kind":"access"}; refresh, code
//     POST   /__portal/tokens/revoke              {"clientID":…}
//     POST   /__portal/session                    {"userID":2}: who is signed in at /oauth/authorize/
extension PortalEngine {
    /// Nil for a control that is none of these.
    func applicationControl(_ request: PortalRequest, path: String) throws(PortalFailure) -> JSONValue? {
        switch (path, request.method) {
        case ("applications", "GET"): return ["applications": .array(state.applications.all.map(\.card))]
        case ("applications", "POST"):
            let application = try PortalApplication(json: try controlBody(request))
            try register(application)
            return state.applications[application.clientID]?.card ?? .null
        case ("applications/installation", "POST"):
            let body = try controlBody(request)
            let wanted = try choice(body["installation"] ?? .null, "installation", PortalApplication.Installation.self)
            return try install(try knownApplication(body), as: wanted, body)
        case ("applications/payment", "POST"):
            let body = try controlBody(request)
            return try change(body) { $0.isPaymentExpired = body["isExpired"]?.isTruthy ?? false }
        case ("frame", "POST"): return try frame(try controlBody(request))
        case ("tokens/expire", "POST"):
            let kind = try controlText("kind", in: try controlBody(request))
            guard let kind = TokenStore.Kind(rawValue: kind) else {
                throw PortalFailure("INVALID_REQUEST", "kind must be access, refresh or code.")
            }
            try TokenStore(state: state).expire(kind)
            return ["kind": .string(kind.rawValue)]
        case ("tokens/revoke", "POST"):
            try TokenStore(state: state).forget(clientID: try controlText("clientID", in: try controlBody(request)))
            return [:]
        case ("session", "POST"):
            guard let userID = try controlBody(request)["userID"]?.lenientInteger else {
                throw PortalFailure("INVALID_REQUEST", "userID must be a number.")
            }
            state.settings.oauth.signedInUserID = userID
            return ["userID": .integer(Int64(userID))]
        default: return nil
        }
    }

    private func change(
        _ body: JSONObject, _ change: (inout PortalApplication) -> Void
    ) throws(PortalFailure) -> JSONValue {
        let application = try knownApplication(body)
        state.applications.change(application.clientID, change)
        return state.applications[application.clientID]?.card ?? .null
    }

    private func frame(_ body: JSONObject) throws(PortalFailure) -> JSONValue {
        let application = try knownApplication(body)
        let form = try ApplicationAuthorization(state: state, application: application).frame(
            userID: body["userID"]?.lenientInteger ?? state.signedInUserID,
            placement: body["placement"]?.phpText ?? "DEFAULT", options: body["options"] ?? [:])
        return ["query": .string(form.query), "body": .string(form.body)]
    }

    func knownApplication(_ body: JSONObject) throws(PortalFailure) -> PortalApplication {
        let clientID = try controlText("clientID", in: body)
        guard let application = state.applications[clientID] else {
            throw PortalFailure("NOT_FOUND", "There is no application \(clientID).", status: 404)
        }
        return application
    }
}

extension PortalApplication {
    init(json: JSONObject) throws(PortalFailure) {
        guard let clientID = json["clientID"]?.phpText, !clientID.isEmpty,
            let secret = json["clientSecret"]?.phpText, !secret.isEmpty
        else { throw PortalFailure("INVALID_REQUEST", "An application needs clientID and clientSecret.") }
        for name in ["redirectURI", "installPath"] {
            if let text = json[name]?.phpText, (try? URLParts(text)) == nil {
                throw PortalFailure("INVALID_REQUEST", "\(name) must be an absolute URL.")
            }
        }
        self.init(
            clientID: clientID, clientSecret: secret, scopes: json["scopes"]?.phpList.compactMap(\.phpText) ?? [],
            redirectURI: json["redirectURI"]?.phpText, title: json["title"]?.phpText,
            hasInterface: json["hasInterface"]?.isTruthy ?? false, installPath: json["installPath"]?.phpText,
            applicationToken: json["applicationToken"]?.phpText ?? "",
            status: json["status"]?.phpText.flatMap(Status.init(rawValue:)) ?? .local)
        // An application with an interface waits for its installer.
        if hasInterface { installation = .unfinished }
        if let text = json["installation"]?.phpText, let given = Installation(rawValue: text) { installation = given }
    }

    var card: JSONValue {
        [
            "clientID": .string(clientID), "scopes": .array(scopes.map(JSONValue.string)), "title": .string(title),
            "redirectURI": redirectURI.map(JSONValue.string) ?? .null, "hasInterface": .bool(hasInterface),
            "installPath": installPath.map(JSONValue.string) ?? .null, "status": .string(status.rawValue),
            "applicationToken": .string(applicationToken), "installation": .string(installation.rawValue),
            "isPaymentExpired": .bool(isPaymentExpired),
        ]
    }
}
