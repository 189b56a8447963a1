internal import Wire

/// ONAPPINSTALL, ONAPPUPDATE and ONAPPUNINSTALL: what becomes of an application is told to its handlers, whether they
/// were bound or not.
///
/// https://apidocs.bitrix24.com/settings/app-installation/index.html
struct ApplicationEvents {
    let state: PortalState
    let application: PortalApplication

    /// The application was added: its tokens go to the address of its first installation.
    func installed(by userID: Int, version: Int = 1) throws(PortalFailure) {
        let data: JSONObject = [
            "VERSION": .integer(Int64(version)), "ACTIVE": "Y", "INSTALLED": "Y", "LANGUAGE_ID": "en",
        ]
        try post("ONAPPINSTALL", data, to: [application.installPath].compactMap { $0 }, userID: userID)
    }

    /// A new version: the handlers of the old one are gone before it is told.
    func updated(by userID: Int, from previous: Int, to version: Int) throws(PortalFailure) {
        let handlers = try handlers(of: "ONAPPUPDATE")
        try EventBinding.deleteAll(of: application.clientID, in: state)
        let data: JSONObject = [
            "VERSION": .integer(Int64(version)), "PREVIOUS_VERSION": .integer(Int64(previous)), "LANGUAGE_ID": "en",
        ]
        try post("ONAPPUPDATE", data, to: handlers, userID: userID)
    }

    /// The application is gone, its handlers and tokens with it: only the proof of who calls is left.
    func uninstalled(clean: Bool) throws(PortalFailure) {
        let handlers = try handlers(of: "ONAPPUNINSTALL")
        try EventBinding.deleteAll(of: application.clientID, in: state)
        for handler in handlers {
            let auth: JSONObject = [
                "domain": .string(state.site.portal), "member_id": .string(state.memberID),
                "application_token": .string(application.applicationToken),
            ]
            send("ONAPPUNINSTALL", ["LANGUAGE_ID": "en", "CLEAN": clean ? "1" : "0"], auth, to: handler)
        }
    }

    private func handlers(of event: String) throws(PortalFailure) -> [String] {
        try state.events.known(in: state)
            .filter { $0.clientID == application.clientID && $0.event == event && !$0.isOffline }.map(\.handler)
    }

    private func post(
        _ event: String, _ data: JSONObject, to handlers: [String], userID: Int
    ) throws(PortalFailure) {
        for handler in handlers {
            let auth = try ApplicationAuthorization(state: state, application: application)
                .event(userID: userID, refreshes: true)
            send(event, data, auth, to: handler)
        }
    }

    private func send(_ event: String, _ data: JSONObject, _ auth: JSONObject, to handler: String) {
        state.events.post(
            event, to: handler, ["event": .string(event), "data": .object(data), "ts": 0, "auth": .object(auth)])
    }
}

extension PortalEngine {
    /// Adds an application. One without an interface is installed at once, and told so.
    func register(_ application: PortalApplication) throws(PortalFailure) {
        let isNew = state.applications[application.clientID] == nil
        try state.register(application)
        guard isNew, let added = state.applications[application.clientID], added.installation == .finished else {
            return
        }
        try happening(as: nil) { () throws(PortalFailure) in
            try ApplicationEvents(state: state, application: added).installed(by: state.signedInUserID)
        }
    }

    /// Brings an application to another step of its installation; `version` makes it an update.
    func install(
        _ application: PortalApplication, as wanted: PortalApplication.Installation, _ body: JSONObject
    ) throws(PortalFailure) -> JSONValue {
        let events = ApplicationEvents(state: state, application: application)
        let before = application.installation
        try happening(as: nil) { () throws(PortalFailure) in
            if wanted == .absent, before != .absent {
                try events.uninstalled(clean: body["clean"]?.isTruthy ?? false)
                try TokenStore(state: state).forget(clientID: application.clientID)
            } else if wanted == .finished, let version = body["version"]?.lenientInteger, before == .finished {
                try events.updated(by: state.signedInUserID, from: max(0, version - 1), to: version)
            } else if wanted == .finished, before != .finished {
                try events.installed(by: state.signedInUserID)
            }
        }
        state.applications.change(application.clientID) { $0.installation = wanted }
        return state.applications[application.clientID]?.card ?? .null
    }
}
