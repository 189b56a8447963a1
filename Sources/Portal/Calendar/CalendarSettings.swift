internal import Wire

/// The company's working hours and holidays, and each user's own calendar settings.
enum CalendarSettings {
    /// Record 1 of this kind holds the company's.
    private static let company = Documents(kind: "calendar_settings")
    private static let users = Documents(kind: "calendar_user_settings")

    /// What a fresh portal has. Hours are texts of hours, `9.30` being half past nine; holidays are `D.MM` without
    /// a year.
    private static let fresh: JSONObject = [
        "work_time_start": "9", "work_time_end": "19", "year_holidays": "1.01", "year_workdays": "",
        "week_holidays": ["SA", "SU"], "week_start": "MO", "user_name_template": "#NAME# #LAST_NAME#",
        "sync_by_push": false, "user_show_login": true, "path_to_user": "/company/personal/user/#user_id#/",
        "path_to_user_calendar": "/company/personal/user/#user_id#/calendar/",
        "path_to_group": "/workgroups/group/#group_id#/",
        "path_to_group_calendar": "/workgroups/group/#group_id#/calendar/", "path_to_vr": "", "path_to_rm": "",
        "rm_iblock_type": "", "rm_iblock_id": "", "dep_manager_sub": true, "denied_superpose_types": [],
        "pathes_for_sites": "", "forum_id": "8", "rm_for_sites": true, "path_to_type_company_calendar": "",
        "path_to_type_location": "", "path_to_type_open_event": "",
    ]

    /// Members a seed may set.
    static let names = [
        "work_time_start", "work_time_end", "year_holidays", "year_workdays", "week_holidays", "week_start",
    ]

    static func current(in state: PortalState) throws(PortalFailure) -> JSONObject {
        var settings = fresh
        for (key, value) in try company.get(1, in: state) ?? JSONObject() { settings[key] = value }
        return settings
    }

    static func change(_ changes: JSONObject, in state: PortalState) throws(PortalFailure) {
        try store(changes, over: try company.get(1, in: state), id: 1, company, in: state)
    }

    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        MethodReply(.object(try current(in: state)))
    }

    static func userGet(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let company = try current(in: state)
        let clock = try UserRecord.clock(call.userID, in: state)
        let section = String(try CalendarSection.first(of: .user(call.userID), in: state))
        var settings: JSONObject = [
            "view": "month", "meetSection": .string(section), "crmSection": .string(section), "showDeclined": false,
            "denyBusyInvitation": false, "collapseOffHours": "Y", "showWeekNumbers": "N", "showTasks": "Y",
            "syncTasks": "N", "showCompletedTasks": "N", "lastUsedSection": "false", "sendFromEmail": "",
            "defaultSections": .object(JSONObject([("user\(call.userID)", .string(section))])),
            "syncPeriodPast": "3", "syncPeriodFuture": "12",
            "defaultReminders": ["fullDay": [], "withTime": [["type": "min", "count": 15]]],
            "timezoneName": .string(clock.name),
            "timezoneOffsetUTC": .integer(Int64(clock.offset(at: state.clock.unixSeconds))),
            "timezoneDefaultName": "",
            "work_time_start": .string(hours(company["work_time_start"])),
            "work_time_end": .string(hours(company["work_time_end"])),
        ]
        for (key, value) in try users.get(call.userID, in: state) ?? JSONObject() { settings[key] = value }
        return MethodReply(.object(settings))
    }

    static func userSet(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let changes = call.parameter("settings") else { throw CalendarFailure.required("settings", call.name) }
        guard let fields = changes.phpObject else { throw CalendarFailure.invalid("settings") }
        try store(fields, over: try users.get(call.userID, in: state), id: call.userID, users, in: state)
        return MethodReply(true)
    }

    private static func store(
        _ changes: JSONObject, over old: JSONObject?, id: Int, _ documents: Documents, in state: PortalState
    ) throws(PortalFailure) {
        var fields = old ?? JSONObject()
        for (key, value) in changes { fields[key] = value }
        if old == nil {
            try documents.insert(fields, id: id, in: state)
        } else {
            try documents.replace(id, with: fields, in: state)
        }
    }

    /// Company settings say `9`, a user's say `9.00`: the platform is of two minds.
    private static func hours(_ value: JSONValue?) -> String {
        let text = value?.phpText ?? ""
        return text.contains(".") ? text : text + ".00"
    }
}
