import Bitrix24
import Wire

/// An event as a portal posts it, a form in PHP's nesting:
///
///     event=ONCRMDEALADD&data[FIELDS][ID]=7&ts=1766047124&auth[member_id]=…&auth[application_token]=…
///
/// A robot or an activity of a business process posts a form without `event`; it is the event `robot:CODE`, its data
/// what the form holds: `properties`, `document_id`, `event_token` to answer with. Tokens of `auth` are not kept.
/// Sources: https://apidocs.bitrix24.com/api-reference/events/index.html,
/// https://apidocs.bitrix24.com/api-reference/bizproc/bizproc-robot/index.html
struct PortalEvent: Sendable {
    /// In upper case; portals compare without it.
    let name: String
    /// JSON.
    let data: [UInt8]
    let lane: Int64
    /// Of all that tells one event from another: name, data and the second in which the portal sent it.
    let digest: UInt64
    let applicationToken: Secret?
    let memberID: String?

    static let formLimits = FormLimits(pairsMax: 5_000, depthMax: 16, bytesMax: 4 << 20)

    /// Nil for a form that is no event.
    init?(_ form: JSONObject, portal: String) {
        guard let name = Self.name(of: form) else { return nil }
        self.name = name
        let value = Self.value(of: form)
        data = value.encoded()
        lane = RecordLane.of(portal: portal, event: name, data: value)
        var print = EffectPrint()
        print.add(portal)
        print.add(name)
        print.add(form["ts"]?.stringValue ?? "")
        print.add(data)
        digest = print.value
        let auth = form["auth"]?.objectValue
        applicationToken = auth?["application_token"]?.stringValue.flatMap(Secret.init)
        memberID = auth?["member_id"]?.stringValue
    }

    private static func name(of form: JSONObject) -> String? {
        if let event = form["event"]?.stringValue { return isName(event) ? event.uppercased() : nil }
        guard let code = form["code"]?.stringValue, form["event_token"] != nil, isName(code) else { return nil }
        return "robot:\(code)"
    }

    /// What recipes see. Robots, business processes and old bots post members of their own beside `data`; they are told
    /// all but who we are.
    private static func value(of form: JSONObject) -> JSONValue {
        if let data = form["data"] { return data }
        var rest = form
        for name in ["event", "event_handler_id", "ts", "auth", "event_id"] { rest.remove(name) }
        return .object(rest)
    }

    private static func isName(_ name: String) -> Bool {
        (1...EventModule.nameBytesMax).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
