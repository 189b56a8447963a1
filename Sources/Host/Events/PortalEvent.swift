import Bitrix24
import Wire

/// An event as a portal posts it, a form in PHP's nesting:
///
///     event=ONCRMDEALADD&data[FIELDS][ID]=7&ts=1766047124&auth[member_id]=…&auth[application_token]=…
///
/// Tokens in it are not kept. Source: https://apidocs.bitrix24.com/api-reference/events/index.html
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
        guard let event = form["event"]?.stringValue, Self.isName(event) else { return nil }
        name = event.uppercased()
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
