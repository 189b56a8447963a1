/// The calendar's refusals: HTTP 400, an empty code and a sentence.
///
/// https://apidocs.bitrix24.com/api-reference/calendar/calendar-event/calendar-event-add.html
enum CalendarFailure {
    static func required(_ parameter: String, _ method: String) -> PortalFailure {
        PortalFailure("", "The required parameter \"\(parameter)\" for the method \"\(method)\" is not set")
    }

    static func invalid(_ parameter: String) -> PortalFailure {
        PortalFailure("", "Invalid value for the parameter \"\(parameter)\"")
    }

    static let accessDenied = PortalFailure("", "Access denied")
    static let section = PortalFailure(
        "", "You specified an invalid calendar section ID or the user does not have access to it")
    static let crmLinks = PortalFailure("", "The list of event links to CRM must be an array")
    static let creating = PortalFailure("", "An error occurred while creating the event")
    static let modifying = PortalFailure("", "An error occurred while modifying the event")
    static let deleting = PortalFailure("", "An error occurred while deleting the event")
    static let idMissing = PortalFailure("", "Event id not specified")
    static let recurrenceMode = PortalFailure("", "An invalid editing type for the recurring event is specified")
}
