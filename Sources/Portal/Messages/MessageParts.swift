internal import Wire

/// Behaviour of chats and bots that the documentation leaves open.
public struct ChatSettings: Sendable {
    /// Whether a keyboard may hold rows, each a list of buttons, as clients in the wild send it. The page knows a flat
    /// list with `{"TYPE":"NEWLINE"}` in it.
    public var keyboardsHaveRows = true
    /// Whether events of the first generation tell a message's files in `PARAMS[FILES]`, which no page shows.
    public var firstGenerationTellsFiles = false

    public init() {}
}

/// What a message shows beside its text: attachment, keyboard and menu, each JSON or a text of it.
///
/// https://apidocs.bitrix24.com/api-reference/chats/messages/keyboards.html
struct MessageParts {
    static let names = ["ATTACH", "KEYBOARD", "MENU"]
    /// Of each, as JSON.
    static let bytesMax = 30 << 10

    let settings: ChatSettings

    /// - Throws: `KEYBOARD_ERROR`, `KEYBOARD_OVERSIZE` and so on.
    func check(_ given: (String) -> JSONValue?) throws(PortalFailure) {
        for name in Self.names {
            guard let value = given(name), !Self.isNone(value) else { continue }
            guard let part = Self.parsed(value), isFit(part, name) else {
                throw PortalFailure("\(name)_ERROR", "Incorrect \(name.lowercased()) params")
            }
            guard part.text.utf8.count <= Self.bytesMax else {
                throw PortalFailure(
                    "\(name)_OVERSIZE", "You have exceeded the maximum allowable size of \(name.lowercased())")
            }
        }
    }

    /// `N` and nothing take a part away.
    static func isNone(_ value: JSONValue) -> Bool { value.isNull || value == "N" || value == "" }

    private static func parsed(_ value: JSONValue) -> JSONValue? {
        guard let text = value.stringValue else { return value }
        return try? JSONValue(parsing: text)
    }

    private func isFit(_ part: JSONValue, _ name: String) -> Bool {
        guard part.phpObject != nil else { return false }
        guard name == "KEYBOARD" else { return true }
        let rows = part.objectValue?["BUTTONS"]?.phpList ?? part.phpList
        let buttons = settings.keyboardsHaveRows ? rows.flatMap { $0.arrayValue ?? [$0] } : rows
        return !buttons.isEmpty && buttons.allSatisfy { $0["TEXT"] != nil || $0["TYPE"] == "NEWLINE" }
    }
}
