import Bridge
import Wire

/// What a recipe has said of itself by now: its declaration, who handles which event, and what is due when.
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
        let spec: CronExpression
        let zone: TimeZoneRules
        let title: String?
        let function: LuaReference
        /// Its place among the recipe's schedules, from 1.
        let index: Int
    }

    static let handlersMax = 200
    static let schedulesMax = 100
    /// `every:1` is the event that wakes the first schedule.
    static let schedulePrefix = "every:"

    private(set) var handlers: [Handler] = []
    private(set) var schedules: [Schedule] = []
    /// What `recipe{…}` said; its name alone, of the file, before that.
    private(set) var head: RecipeHead
    /// Values of the settings, in the order they were declared; nil before `recipe{…}`.
    private(set) var settings: JSONObject?
    /// The bounds of the run: the defaults, over them what the recipe asks for, over that what the operator set.
    private(set) var limits: RunLimits
    /// What is wrong with the settings that were given. Empty in a run, which ends at the first.
    private(set) var problems: [FieldFailure] = []

    private let given: [GivenSetting]
    private let operatorLimits: RunLimits
    private let keepsProblems: Bool

    /// - Parameters:
    ///   - name: for a recipe that declares none.
    ///   - limits: the operator's.
    ///   - loadingLimits: for a recipe that is only loaded, whatever it asks for. It goes on when a setting is missing
    ///     or wrong, to find all that are.
    init(given: [GivenSetting], name: String, limits: RunLimits, loadingLimits: RunLimits? = nil) {
        self.given = given
        self.limits = loadingLimits ?? limits
        operatorLimits = limits
        keepsProblems = loadingLimits != nil
        head = RecipeHead(name: name)
    }

    /// The rows of the store belong to this name: the declared one, before that the file's.
    var name: String { head.name }
    /// What the recipe says it needs of the webhook.
    var scopes: [String] { head.scopes }
    /// All declared names, those without a value too.
    var settingNames: [String] { head.settings.map(\.name) }

    /// Takes what a recipe declares; throws a sentence when a setting is missing or no declared one was meant.
    func declare(_ head: RecipeHead) throws(FieldFailure) {
        self.head = head
        for setting in given where !settingNames.contains(setting.name) {
            let known = settingNames.joined(separator: ", ")
            try refuse(
                FieldFailure(
                    "the recipe has no setting '\(setting.name)'"
                        + (known.isEmpty ? "" : "; its settings are \(known)")))
        }
        var values = JSONObject()
        for field in head.settings {
            do throws(FieldFailure) {
                if let value = try value(of: field) { values[field.name] = value }
            } catch {
                try refuse(error)
            }
        }
        settings = values
        do throws(HostFailure) {
            var asked = operatorLimits
            try asked.set(asked: head.limits)
            if !keepsProblems { limits = asked }
        } catch {
            try refuse(FieldFailure("limits: \(error.message)"))
        }
    }

    private func value(of field: FieldDeclaration) throws(FieldFailure) -> JSONValue? {
        if let given = given.last(where: { $0.name == field.name }) { return try given.value(of: field) }
        if field.defaultValue == nil, field.isRequired {
            let help = field.help.map { " (\($0))" } ?? ""
            let advice = keepsProblems ? "" : ": give --set \(field.name)=VALUE"
            throw FieldFailure("the setting '\(field.name)'\(help) is missing\(advice)")
        }
        return field.defaultValue
    }

    private func refuse(_ problem: FieldFailure) throws(FieldFailure) {
        guard keepsProblems else { throw problem }
        problems.append(problem)
    }

    /// Texts of settings that no log may show.
    var secrets: [String] {
        head.settings.filter { field in
            field.type == .secret || given.contains { $0.name == field.name && $0.isSecret }
        }.flatMap { settings?[$0.name]?.texts ?? [] }
    }

    /// Settings that were given although the recipe declares none.
    var strayGiven: String? { settings == nil ? given.first?.name : nil }

    /// The events it answers, sorted, then its schedules, for a sentence.
    var eventNames: String {
        (Set(handlers.map(\.event)).sorted() + schedules.map { "\(Self.schedulePrefix)\($0.index)" })
            .joined(separator: ", ")
    }

    func add(_ handler: Handler) { handlers.append(handler) }

    func add(_ schedule: Schedule) { schedules.append(schedule) }

    func handlers(of event: String) -> [Handler] { handlers.filter { $0.event == event } }

    /// The schedule that `every:N` wakes.
    func schedule(of event: String) -> Schedule? {
        guard event.hasPrefix(Self.schedulePrefix) else { return nil }
        return schedules.first { "\(Self.schedulePrefix)\($0.index)" == event }
    }
}
