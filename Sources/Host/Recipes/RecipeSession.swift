import Bridge
public import Wire

/// What a recipe has said of itself by now: its declaration, and who handles which event.
final class RecipeSession {
    /// A handler given to `on`.
    struct Handler {
        let event: String
        let title: String?
        let input: [FieldDeclaration]
        let function: LuaReference
    }

    /// A function given to `every`.
    struct Schedule {
        let spec: String
        let zone: String
        let title: String?
        let schedule: CronSchedule
        let function: LuaReference
    }

    /// What `recipe{…}` says besides its name.
    struct Declared {
        var title: String?
        var scopes: [String] = []
        var hosts: [String] = []
        var limits: [(name: String, value: String)] = []
        var retry = RetryRule()
        /// Whether it wants to be told of what it changed itself.
        var echoes = true
    }

    static let handlersMax = 200
    static let schedulesMax = 50

    private(set) var handlers: [Handler] = []
    private(set) var schedules: [Schedule] = []
    private(set) var declared = Declared()
    /// Values of the settings, in the order they were declared.
    private(set) var settings: JSONObject?

    /// The rows of the store belong to this name: the declared one, before that the file's.
    private(set) var name: String
    /// All declared names, those without a value too.
    private(set) var settingNames: [String] = []
    /// What the recipe says it needs of the portal.
    var scopes: [String] { declared.scopes }

    private let given: [(name: String, value: GivenSetting)]

    /// - Parameters:
    ///   - given: settings, from the command line or the configuration.
    ///   - name: for a recipe that declares none.
    init(given: [(name: String, value: GivenSetting)], name: String) {
        self.given = given
        self.name = name
    }

    /// Takes the settings a recipe declares; throws a sentence when one is missing or no declared one was meant.
    func declare(
        name: String, _ declared: Declared, settings fields: [FieldDeclaration]
    ) throws(FieldFailure) {
        self.name = name
        self.declared = declared
        settingNames = fields.map(\.name)
        for (name, _) in given where !fields.contains(where: { $0.name == name }) {
            let known = fields.map(\.name).joined(separator: ", ")
            throw FieldFailure(
                "the recipe has no setting '\(name)'" + (known.isEmpty ? "" : "; its settings are \(known)"))
        }
        var values = JSONObject()
        for field in fields {
            if let value = given.last(where: { $0.name == field.name })?.value {
                values[field.name] = try value.value(of: field)
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

    func add(_ schedule: Schedule) { schedules.append(schedule) }

    func handlers(of event: String) -> [Handler] {
        guard let place = Self.place(ofSchedule: event), schedules.indices.contains(place - 1) else {
            return handlers.filter { $0.event == event }
        }
        let schedule = schedules[place - 1]
        return [Handler(event: event, title: schedule.title, input: [], function: schedule.function)]
    }

    /// `every:2` wakes the second schedule.
    static func event(ofSchedule place: Int) -> String { "every:\(place)" }

    private static func place(ofSchedule event: String) -> Int? {
        event.hasPrefix("every:") ? Int(event.dropFirst("every:".count)) : nil
    }
}

/// A setting's value as somebody gave it.
public enum GivenSetting: Sendable {
    /// From a command line.
    case text(String)
    /// From the configuration.
    case value(JSONValue)

    func value(of field: FieldDeclaration) throws(FieldFailure) -> JSONValue {
        switch self {
        case .text(let text): return try field.value(parsing: text)
        case .value(let value):
            try field.check(value, what: "'\(field.name)'")
            return value
        }
    }
}
