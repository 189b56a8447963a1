import Bridge
import Wire

/// What a recipe has said of itself by now: its declaration, and who handles which event.
final class RecipeSession {
    /// A handler given to `on`.
    struct Handler {
        let event: String
        let input: [FieldDeclaration]
        let function: LuaReference
    }

    static let handlersMax = 200

    private(set) var handlers: [Handler] = []
    /// Values of the settings, in the order they were declared.
    private(set) var settings: JSONObject?

    /// The rows of the store belong to this name: the declared one, before that the file's.
    private(set) var name: String
    /// All declared names, those without a value too.
    private(set) var settingNames: [String] = []
    /// What the recipe says it needs of the webhook.
    private(set) var scopes: [String] = []

    private let given: [(name: String, value: String)]

    /// - Parameters:
    ///   - given: settings as text, from the command line.
    ///   - name: for a recipe that declares none.
    init(given: [(name: String, value: String)], name: String) {
        self.given = given
        self.name = name
    }

    /// Takes the settings a recipe declares; throws a sentence when one is missing or no declared one was meant.
    func declare(name: String, scopes: [String], settings fields: [FieldDeclaration]) throws(FieldFailure) {
        self.name = name
        self.scopes = scopes
        settingNames = fields.map(\.name)
        for (name, _) in given where !fields.contains(where: { $0.name == name }) {
            let known = fields.map(\.name).joined(separator: ", ")
            throw FieldFailure(
                "the recipe has no setting '\(name)'" + (known.isEmpty ? "" : "; its settings are \(known)"))
        }
        var values = JSONObject()
        for field in fields {
            if let text = given.last(where: { $0.name == field.name })?.value {
                values[field.name] = try field.value(parsing: text)
            } else if let value = field.defaultValue {
                values[field.name] = value
            } else if field.isRequired {
                let help = field.help.map { " (\($0))" } ?? ""
                throw FieldFailure("the setting '\(field.name)'\(help) is missing: give --set \(field.name)=VALUE")
            }
        }
        settings = values
    }

    /// Settings that were given although the recipe declares none.
    var strayGiven: String? { settings == nil ? given.first?.name : nil }

    /// The events it answers, sorted, for a sentence.
    var eventNames: String { Set(handlers.map(\.event)).sorted().joined(separator: ", ") }

    func add(_ handler: Handler) { handlers.append(handler) }

    func handlers(of event: String) -> [Handler] { handlers.filter { $0.event == event } }
}
