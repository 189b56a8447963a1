internal import Wire

/// Data to begin with: a JSON file that describes a company and its work.
///
/// ```json
/// {
///   "about": "free text",
///   "company": { "name": "…", "zone": "America/New_York", "dates": "english", "work_time_start": "9", … },
///   "departments": [ { "ID": 1, "NAME": "…", "PARENT": 1, "UF_HEAD": 1 } ],
///   "users":       [ { "ID": 1, "NAME": "…", "WORK_POSITION": "…", "admin": true, "ACTIVE": true } ],
///   "funnels":     [ { "key": "offices", "name": "…" } ],
///   "companies": [ … ], "contacts": [ … ], "deals": [ … ], "leads": [ … ],
///   "calendar":    [ { "ownerId": 1, "name": "…", "from": "+1wd 10:00", "to": "+1wd 11:00" } ],
///   "applications": [ { "clientID": "local.1", "clientSecret": "…", "scopes": [ "crm" ], "redirectURI": "…" } ],
///   "tasks":       [ { "TITLE": "…", "RESPONSIBLE_ID": 2, "DEADLINE": "+2d 18:00", "checklist": [ "…" ] } ]
/// }
/// ```
///
/// Records are written with the fields of the methods that add them (`crm.deal.add`, `calendar.event.add` …) and go
/// through those methods. A record may have a `key`; fields whose names end in `_ID` or `_IDS`, and lists of CRM links,
/// then name it as `@key`: `"CONTACT_ID": "@emma"`, `"crm_fields": ["C_@emma"]`. Times are ISO 8601 or relative to
/// the day the portal starts: `+1d 10:00`, `-3d`, and in working days of the company `+2wd 09:30`.
public struct PortalSeed: Sendable {
    private static let sections: Set<String> = [
        "about", "company", "departments", "users", "funnels", "companies", "contacts", "deals", "leads", "calendar",
        "tasks", "applications",
    ]
    private static let companyNames: Set<String> = Set(CalendarSettings.names).union(["name", "zone", "dates"])
    /// Entries of one section.
    static let entriesMax = 100_000

    private let file: JSONObject
    private let applications: [PortalApplication]

    /// - Throws: for bytes that are no JSON object, and for sections the format does not have.
    public init(parsing bytes: [UInt8]) throws(SeedFailure) {
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch { throw SeedFailure("", "This is not JSON: \(error)") }
        guard case .object(let file) = value else { throw SeedFailure("", "Expected a JSON object.") }
        for key in file.keys where !Self.sections.contains(key) {
            throw SeedFailure(
                key, "There is no such section; known are \(Self.sections.sorted().joined(separator: ", ")).")
        }
        self.file = file
        applications = try Self.applications(file)
        try checkCompany()
    }

    /// What must be known before a portal starts: its zone, its date format and who its administrators are.
    public func configure(_ settings: inout PortalSettings) {
        if let zone = file["company"]?["zone"]?.stringValue { settings.timeZoneName = zone }
        if let dates = file["company"]?["dates"]?.stringValue.flatMap(SiteDateFormat.init(rawValue:)) {
            settings.office.dateFormat = dates
        }
        let users = file["users"]?.arrayValue ?? []
        let administrators = users.filter { $0["admin"] == true }.compactMap { $0["ID"]?.lenientInteger }
        if !administrators.isEmpty { settings.administratorIDs = Set(administrators) }
        settings.applications += applications
    }

    private static func applications(_ file: JSONObject) throws(SeedFailure) -> [PortalApplication] {
        var applications: [PortalApplication] = []
        for (index, value) in (file["applications"]?.arrayValue ?? []).enumerated() {
            do throws(PortalFailure) {
                applications.append(try PortalApplication(json: value.objectValue ?? JSONObject()))
            } catch {
                throw SeedFailure("applications[\(index)]", error.description)
            }
        }
        return applications
    }

    /// Puts everything into a portal, all of it or nothing.
    ///
    /// - Returns: false for a portal that was seeded before: its data stays as it is.
    @discardableResult
    public func load(into state: PortalState) throws(SeedFailure) -> Bool {
        let mark = Documents(kind: "seed")
        var refusal: SeedFailure?
        var isNew = false
        do {
            try state.transaction { () throws(PortalFailure) in
                guard try mark.all(in: state).isEmpty else { return }
                try mark.insert(["date": .string(state.now)], in: state)
                var loading = SeedLoading(file: file, state: state)
                try state.events.silently { () throws(PortalFailure) in
                    do throws(SeedFailure) {
                        try loading.run()
                    } catch {
                        refusal = error
                        // Takes back what was written so far.
                        throw PortalFailure("", error.description)
                    }
                }
                isNew = true
            }
        } catch {
            throw refusal ?? SeedFailure("", error.description)
        }
        return isNew
    }

    private func checkCompany() throws(SeedFailure) {
        guard let value = file["company"] else { return }
        guard let company = value.objectValue else { throw SeedFailure("company", "Expected an object.") }
        for (key, value) in company {
            guard Self.companyNames.contains(key) else {
                throw SeedFailure(
                    "company.\(key)",
                    "There is no such setting; known are \(Self.companyNames.sorted().joined(separator: ", ")).")
            }
            if key == "week_holidays" {
                guard let days = value.arrayValue, days.allSatisfy({ Weekday(rawValue: $0.stringValue ?? "") != nil })
                else { throw SeedFailure("company.week_holidays", "Expected a list of days such as [\"SA\", \"SU\"].") }
            } else if value.stringValue == nil {
                throw SeedFailure("company.\(key)", "Expected a text.")
            }
        }
        if let zone = company["zone"]?.stringValue, WallClock(zone) == nil {
            throw SeedFailure("company.zone", "There is no zone \(zone); expected a name such as America/New_York.")
        }
        if let dates = company["dates"]?.stringValue, SiteDateFormat(rawValue: dates) == nil {
            let known = SiteDateFormat.allCases.map(\.rawValue).joined(separator: " or ")
            throw SeedFailure("company.dates", "Expected \(known).")
        }
    }
}
