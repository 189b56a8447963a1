internal import Wire

/// Employees as they are stored, and what other families want to know about one.
enum UserRecord {
    static let documents = Documents(kind: "user")

    static func find(_ id: Int, in state: PortalState) throws(PortalFailure) -> JSONObject? {
        try documents.get(id, in: state)
    }

    /// First and last name; empty for a number that nobody has.
    static func name(_ id: Int, in state: PortalState) throws(PortalFailure) -> String {
        guard let user = try find(id, in: state) else { return "" }
        return name(user)
    }

    static func name(_ user: JSONObject) -> String {
        let parts = [user["NAME"], user["LAST_NAME"]].compactMap { $0?.phpText }.filter { !$0.isEmpty }
        return parts.joined(separator: " ")
    }

    /// The user's own zone, or the portal's for who set none.
    static func clock(_ id: Int, in state: PortalState) throws(PortalFailure) -> WallClock {
        guard let zone = try find(id, in: state)?["TIME_ZONE"]?.stringValue, !zone.isEmpty else {
            return state.wallClock
        }
        return WallClock(zone) ?? state.wallClock
    }

    static func isActive(_ user: JSONObject) -> Bool { user["ACTIVE"]?.isTruthy ?? true }

    /// Stores a new employee with what every employee has.
    @discardableResult
    static func insert(_ given: JSONObject, id: Int? = nil, in state: PortalState) throws(PortalFailure) -> Int {
        var fields: JSONObject = [
            "ACTIVE": true, "NAME": "", "LAST_NAME": "", "EMAIL": "", "WORK_POSITION": "", "PERSONAL_GENDER": "",
            "TIME_ZONE": "", "UF_DEPARTMENT": [1], "USER_TYPE": "employee",
            "DATE_REGISTER": .string(state.now),
        ]
        for (key, value) in given { fields[key] = value }
        return try documents.insert(fields, id: id, in: state)
    }

    /// The first employee of a portal that has none.
    static func prepare(_ state: PortalState) throws(PortalFailure) {
        guard try documents.all(in: state).isEmpty else { return }
        try insert(["NAME": "Local", "LAST_NAME": "Administrator", "EMAIL": "admin@portal.example"], in: state)
        if try Department.documents.all(in: state).isEmpty {
            try Department.documents.insert(["NAME": "Company", "SORT": 500, "UF_HEAD": "1"], in: state)
        }
    }
}
