import Bitrix24
import Wire

/// Makes a portal's subscriptions follow what the recipes listen to: shows what would change, then changes it.
///
/// Only handlers at this host's own address are looked at; others of the application stay as they are.
/// Source: https://apidocs.bitrix24.com/api-reference/events/index.html
public struct Publication: Sendable {
    /// What differs between a portal and the recipes.
    public struct Difference: Sendable, Equatable {
        /// Events that recipes listen to, and the portal does not tell yet.
        public var toBind: [String] = []
        /// Events that the portal tells, and nobody listens to.
        public var toUnbind: [String] = []
        public var bound: [String] = []
        /// Names that recipes listen to and the portal does not know as events: they are raised by others.
        public var foreign: [String] = []

        public var isEmpty: Bool { toBind.isEmpty && toUnbind.isEmpty }
    }

    public let portal: String
    /// Where the portal has to post: `https://hooks.example.com/bitrix/acme`.
    public let handler: String
    private let connection: PortalConnection
    private let ticket = RunTicket()

    init(_ portal: ServedPortal, url: String) {
        self.portal = portal.name
        handler = "\(url)/bitrix/\(portal.name)"
        connection = portal.connection
    }

    /// What recipes of the portal listen to.
    ///
    /// - Parameters:
    ///   - wanted: names of events.
    ///   - known: the events that the portal has.
    ///   - handlers: what `event.get` answered.
    static func difference(
        wanted: [String], known: [String], handlers: [JSONValue], handler: String
    ) -> Difference {
        let names = Set(known.map { $0.uppercased() })
        let mine = handlers.filter { row in
            row["handler"]?.stringValue == handler && row["offline"]?.integerValue ?? 0 == 0
        }.compactMap { $0["event"]?.stringValue?.uppercased() }
        var difference = Difference()
        var seen: Set<String> = []
        for event in wanted where seen.insert(event).inserted {
            if !names.contains(event) {
                difference.foreign.append(event)
            } else if mine.contains(event) {
                difference.bound.append(event)
            } else {
                difference.toBind.append(event)
            }
        }
        difference.toUnbind = Set(mine).subtracting(seen).sorted()
        return difference
    }

    func difference(wanted: [String]) async throws(EffectFailure) -> Difference {
        let known = try await call("events", ["FULL": true])
        let handlers = try await call("event.get", JSONObject())
        return Self.difference(
            wanted: wanted, known: known.arrayValue?.compactMap(\.stringValue) ?? [],
            handlers: handlers.arrayValue ?? [], handler: handler)
    }

    /// Binds and unbinds; what fails stops it, and a second try goes on from there.
    func apply(_ difference: Difference) async throws(EffectFailure) {
        for event in difference.toBind {
            _ = try await call("event.bind", ["event": .string(event), "handler": .string(handler)])
        }
        for event in difference.toUnbind {
            _ = try await call("event.unbind", ["event": .string(event), "handler": .string(handler)])
        }
    }

    private func call(_ method: String, _ parameters: JSONObject) async throws(EffectFailure) -> JSONValue {
        let made = try EffectFailure.wrapping { () throws(Failure) in try Call(method, parameters: parameters) }
        let reply = try await connection.reply(to: made, for: ticket)
        return reply.withResult { (try? JSONValue(parsing: UnsafeRawBufferPointer($0))) ?? .null }
    }
}

/// `host publish` and its companions: what recipes listen to, for people.
public struct Publisher: Sendable {
    private let configuration: HostConfiguration
    private let portals: [ServedPortal]

    public init(_ configuration: HostConfiguration, portals: [ServedPortal]) {
        self.configuration = configuration
        self.portals = portals
    }

    /// One portal's difference, ready to be shown and applied.
    public struct Plan: Sendable {
        public let portal: String
        public let handler: String
        public let difference: Publication.Difference
        /// Nothing can be bound through a webhook: a person does it.
        public let isByHand: Bool
        let publication: Publication?
    }

    /// The recipes, loaded without doing anything.
    func recipes() async throws(HostFailure) -> [ServedRecipe] {
        var recipes: [ServedRecipe] = []
        for configured in configuration.recipes {
            recipes.append(try await RecipeLibrary.served(configured))
        }
        return recipes
    }

    /// A line for each event, who listens to it.
    public func eventLines() async throws(HostFailure) -> [String] {
        var lines: [String] = []
        for recipe in try await recipes() {
            let place = recipe.portal.map { " on \($0)" } ?? ""
            for event in recipe.events {
                let tool = recipe.tools.first { $0.event == event }
                let input = tool.map { " { \($0.input.map(\.name).joined(separator: ", ")) }" } ?? ""
                lines.append("\(event)\(input)  \(recipe.name)\(place)")
            }
            for schedule in recipe.schedules {
                lines.append(
                    "\(schedule.event)  \(recipe.name), \"\(schedule.schedule.expression.text)\" "
                        + schedule.schedule.zone.name
                )
            }
        }
        return lines
    }

    public func plans() async throws(EffectFailure) -> [Plan] {
        guard let url = configuration.url else {
            throw .host(
                HostFailure(
                    .configuration, "nobody has said how portals reach this host",
                    hint: "set url in host.lua: url = \"https://hooks.example.com\""))
        }
        let served = try await EffectFailure.wrapping { () async throws(HostFailure) in try await self.recipes() }
        var plans: [Plan] = []
        for portal in portals {
            var wanted: [String] = []
            for recipe in served where recipe.portal == portal.name { wanted += recipe.events.map { $0.uppercased() } }
            let publication = Publication(portal, url: url)
            guard portal.authorization == nil else {
                plans.append(
                    Plan(
                        portal: portal.name, handler: publication.handler,
                        difference: try await publication.difference(wanted: wanted), isByHand: false,
                        publication: publication))
                continue
            }
            var difference = Publication.Difference()
            difference.toBind = Array(Set(wanted.filter { $0.hasPrefix("ON") })).sorted()
            plans.append(
                Plan(
                    portal: portal.name, handler: publication.handler, difference: difference, isByHand: true,
                    publication: nil))
        }
        return plans
    }

    public func apply(_ plan: Plan) async throws(EffectFailure) {
        try await plan.publication?.apply(plan.difference)
    }
}
