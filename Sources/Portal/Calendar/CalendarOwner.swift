internal import Wire

/// Whose calendar: `type` and `ownerId` of every calendar method.
struct CalendarOwner: Equatable {
    let type: String
    let id: Int

    static func user(_ id: Int) -> CalendarOwner { CalendarOwner(type: "user", id: id) }

    /// Under which events and sections are stored.
    var key: String { "\(type):\(id)" }

    /// Reads both parameters. The company's calendar has no owner: `""` and 0 both mean it.
    ///
    /// - Throws: the sentence for the missing one.
    static func required(_ call: MethodCall) throws(PortalFailure) -> CalendarOwner {
        guard let type = call.text("type"), !type.isEmpty else { throw CalendarFailure.required("type", call.name) }
        guard let value = call.parameter("ownerId"), let text = value.phpText else {
            throw CalendarFailure.required("ownerId", call.name)
        }
        if type == "user" || type == "group" {
            guard let id = value.lenientInteger, id > 0 else { throw CalendarFailure.required("ownerId", call.name) }
            return CalendarOwner(type: type, id: id)
        }
        return CalendarOwner(type: type, id: Int(text) ?? 0)
    }
}
