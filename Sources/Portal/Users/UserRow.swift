internal import Wire

/// A user on the wire: a string id, a JSON boolean, numbers for departments and two dates that print as `{}`.
///
/// https://apidocs.bitrix24.com/api-reference/user/user-get.html
enum UserRow {
    /// Printed for everybody, empty or not.
    private static let always = [
        "NAME", "LAST_NAME", "SECOND_NAME", "EMAIL", "LAST_LOGIN", "DATE_REGISTER", "TIME_ZONE", "IS_ONLINE",
        "TIMESTAMP_X", "LAST_ACTIVITY_DATE", "PERSONAL_GENDER", "PERSONAL_BIRTHDAY", "WORK_POSITION",
        "UF_EMPLOYMENT_DATE", "UF_DEPARTMENT", "USER_TYPE",
    ]

    /// All fields a user may have, with the labels of `user.fields`; those not in `always` print when set.
    static let labels: [(name: String, label: String)] = [
        ("ID", "ID"), ("XML_ID", "External code"), ("ACTIVE", "Active"), ("NAME", "First name"),
        ("LAST_NAME", "Last name"), ("SECOND_NAME", "Second name"), ("TITLE", "Title"), ("EMAIL", "E-Mail"),
        ("LAST_LOGIN", "Last login"), ("DATE_REGISTER", "Registration date"), ("TIME_ZONE", "Time zone"),
        ("IS_ONLINE", "Is online"), ("TIMESTAMP_X", "Modified"), ("LAST_ACTIVITY_DATE", "Last activity"),
        ("PERSONAL_GENDER", "Gender"), ("PERSONAL_PROFESSION", "Profession"), ("PERSONAL_WWW", "Home page"),
        ("PERSONAL_BIRTHDAY", "Birthdate"), ("PERSONAL_PHOTO", "Photo"), ("PERSONAL_ICQ", "ICQ"),
        ("PERSONAL_PHONE", "Personal phone"), ("PERSONAL_FAX", "Personal fax"), ("PERSONAL_MOBILE", "Mobile"),
        ("PERSONAL_PAGER", "Personal pager"), ("PERSONAL_STREET", "Street"), ("PERSONAL_CITY", "City"),
        ("PERSONAL_STATE", "State"), ("PERSONAL_ZIP", "ZIP code"), ("PERSONAL_COUNTRY", "Country"),
        ("PERSONAL_MAILBOX", "Mailbox"), ("PERSONAL_NOTES", "Notes"), ("WORK_PHONE", "Company phone"),
        ("WORK_COMPANY", "Company"), ("WORK_POSITION", "Position"), ("WORK_DEPARTMENT", "Department"),
        ("WORK_WWW", "Company page"), ("WORK_FAX", "Company fax"), ("WORK_PAGER", "Company pager"),
        ("WORK_STREET", "Company street"), ("WORK_MAILBOX", "Company mailbox"), ("WORK_CITY", "Company city"),
        ("WORK_STATE", "Company state"), ("WORK_ZIP", "Company ZIP code"), ("WORK_COUNTRY", "Company country"),
        ("WORK_PROFILE", "Company profile"), ("WORK_LOGO", "Company logo"), ("WORK_NOTES", "Company notes"),
        ("UF_SKYPE", "Skype"), ("UF_DISTRICT", "District"), ("UF_TWITTER", "Twitter"), ("UF_LINKEDIN", "LinkedIn"),
        ("UF_XING", "Xing"), ("UF_WEB_SITES", "Sites"), ("UF_PHONE_INNER", "Extension number"),
        ("UF_EMPLOYMENT_DATE", "Employment date"), ("UF_TIMEMAN", "Work time"), ("UF_SKILLS", "Skills"),
        ("UF_INTERESTS", "Interests"), ("UF_DEPARTMENT", "Departments"), ("USER_TYPE", "User type"),
    ]

    static let names = Set(labels.map(\.name))

    /// - Parameter allowed: the fields the credential's scope shows; nil shows all.
    static func row(_ id: Int, _ user: JSONObject, allowed: Set<String>?) -> JSONObject {
        var row: JSONObject = ["ID": .string(String(id))]
        // The order of the documentation's sample.
        for (name, _) in labels where name != "ID" {
            guard allowed?.contains(name) ?? true else { continue }
            if let value = value(name, user) { row[name] = value }
        }
        return row
    }

    /// What a field prints as; nil leaves the key away.
    static func value(_ name: String, _ user: JSONObject) -> JSONValue? {
        switch name {
        case "ACTIVE": return .bool(UserRecord.isActive(user))
        // Date objects of PHP that nobody taught to print themselves.
        case "TIMESTAMP_X", "LAST_ACTIVITY_DATE": return .object(JSONObject())
        case "IS_ONLINE": return user[name] ?? "N"
        case "UF_DEPARTMENT":
            return .array((user[name]?.phpList ?? []).compactMap { $0.lenientInteger.map { .integer(Int64($0)) } })
        default:
            guard let value = user[name] else { return always.contains(name) ? "" : nil }
            return value.phpText.map { .string($0) } ?? value
        }
    }
}

/// Which fields the three user scopes show.
///
/// https://apidocs.bitrix24.com/api-reference/user/user-scope.html
enum UserScope {
    static let narrower: Set<String> = ["user_basic", "user_brief"]

    /// Nil shows every field.
    static func allowed(_ call: MethodCall) -> Set<String>? {
        guard let scopes = call.scopes, !scopes.contains("user") else { return nil }
        return scopes.contains("user_basic") ? basic : brief
    }

    private static let brief: Set<String> = [
        "ID", "XML_ID", "ACTIVE", "NAME", "LAST_NAME", "SECOND_NAME", "TITLE", "IS_ONLINE", "TIME_ZONE",
        "PERSONAL_PHOTO", "TIMESTAMP_X", "DATE_REGISTER", "PERSONAL_PROFESSION", "PERSONAL_GENDER",
        "PERSONAL_BIRTHDAY", "PERSONAL_CITY", "PERSONAL_STATE", "PERSONAL_COUNTRY", "WORK_POSITION", "WORK_CITY",
        "WORK_STATE", "WORK_COUNTRY", "LAST_ACTIVITY_DATE", "UF_EMPLOYMENT_DATE", "UF_TIMEMAN", "UF_SKILLS",
        "UF_INTERESTS", "UF_DEPARTMENT", "UF_PHONE_INNER",
    ]

    private static let basic: Set<String> = UserRow.names.subtracting([
        "LAST_LOGIN", "PERSONAL_WWW", "PERSONAL_ICQ", "USER_TYPE",
    ])
}
