internal import Wire

extension PortalEvents {
    /// Events of the calendar: the number is `id`, in lower case.
    ///
    /// https://apidocs.bitrix24.com/api-reference/calendar/events/index.html
    func emitCalendar(_ change: String, id: Int) {
        emit("ONCALENDAR\(change)", ["id": .integer(Int64(id))])
    }
}
