internal import Wire

/// `calendar.meeting.status.get` and `set`: whether the calling user comes.
enum MeetingStatus {
    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let event = try find(state, call)
        let own = event.attendees.first { $0.userID == call.userID }
        return MethodReply(own.map { .string($0.status) } ?? false)
    }

    static func set(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let event = try find(state, call)
        guard let value = call.text("status") else { throw CalendarFailure.required("status", call.name) }
        let status = value.uppercased()
        guard ["Y", "N", "Q"].contains(status) else { throw CalendarFailure.invalid("status") }
        guard event.attendees.contains(where: { $0.userID == call.userID }) else { throw CalendarFailure.accessDenied }
        try set(status, of: call.userID, on: event, in: state)
        return MethodReply(true)
    }

    /// Writes the answer into the organizer's event, which hands it to all copies. The organizer stays organizer.
    static func set(
        _ status: String, of userID: Int, on event: CalendarEvent, in state: PortalState
    ) throws(PortalFailure) {
        guard var parent = try CalendarEvent.find(event.parentID, in: state) else { return }
        parent.attendees = parent.attendees.map {
            $0.userID == userID && $0.status != "H" ? .init(userID: userID, status: status) : $0
        }
        try parent.save(in: state)
    }

    private static func find(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> CalendarEvent {
        guard let id = call.integer("eventId") else { throw CalendarFailure.required("eventId", call.name) }
        guard let event = try CalendarEvent.find(id, in: state) else { throw CalendarFailure.accessDenied }
        return event
    }
}
