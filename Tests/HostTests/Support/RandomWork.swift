import Portal
import Wire

@testable import Host

/// One piece of work of a random run, and what it would change on the portal.
struct RandomWork {
    enum Change {
        case add(title: String)
        case update(id: Int, title: String)
        case delete(id: Int)
    }

    /// What the recipe was told of one change.
    enum Told {
        /// - Parameter id: of the lead that was added.
        case done(id: Int?)
        case failed
        case uncertain
    }

    let lua: String
    let changes: [Change]
    /// What a run that did not fail replies, where it reads.
    let reply: JSONValue?

    /// - Parameters:
    ///   - name: unique; all titles begin with it.
    ///   - leads: titles on the portal, by their identifiers.
    init(_ name: String, on leads: [Int: String], using random: inout SplitMix) {
        let ids = leads.keys.sorted()
        let id = ids.randomElement(using: &random) ?? 0
        let isOnce = Bool.random(using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: self.init(listing: ids)
        case 2: self.init("return b24.crm.lead.get { id = \(id) }.TITLE", [], reply: leads[id].map(JSONValue.string))
        case 3:
            self.init(
                "return { b24.crm.lead.update { id = \(id), fields = { TITLE = \"\(name)\" } } }",
                [.update(id: id, title: name)])
        case 4: self.init("return { b24.crm.lead.delete { id = \(id) } }", [.delete(id: id)])
        case 5, 6:
            self.init(
                "return { b24.call(\"crm.lead.add\", { fields = { TITLE = \"\(name)\" } }, { once = \(isOnce) }) }",
                [.add(title: name)])
        case 7: self.init(batching: name)
        default: self.init(adding: Int.random(in: 1...120, using: &random), name, isOnce: isOnce)
        }
    }

    private init(_ lua: String, _ changes: [Change], reply: JSONValue? = nil) {
        self.lua = lua
        self.changes = changes
        self.reply = reply
    }

    private init(listing ids: [Int]) {
        self.init(
            """
            local ids = json.array {}
            for lead in b24.each("crm.lead.list", { select = { "ID" } }) do ids[#ids + 1] = tonumber(lead.ID) end
            table.sort(ids)
            return ids
            """, [], reply: .array(ids.map { .integer(Int64($0)) }))
    }

    private init(batching name: String) {
        let titles = (1...3).map { "\(name) \($0)" }
        let commands = titles.enumerated().map { place, title in
            "c\(place) = { \"crm.lead.add\", { fields = { TITLE = \"\(title)\" } } }"
        }
        self.init(
            "local r = b24.batch { \(commands.joined(separator: ", ")) } return { r.c0, r.c1, r.c2 }",
            titles.map { .add(title: $0) })
    }

    private init(adding count: Int, _ name: String, isOnce: Bool) {
        self.init(
            """
            local list, told = {}, {}
            for i = 1, \(count) do list[i] = { fields = { TITLE = "\(name) " .. i } } end
            local results, failures = b24.many("crm.lead.add", list, { once = \(isOnce), partial = true })
            for i = 1, \(count) do told[i] = results[i] or "" end
            for _, f in ipairs(failures) do told[f.item] = f.uncertain and "uncertain" or "failed" end
            return told
            """, (1...count).map { .add(title: "\(name) \($0)") })
    }

    /// What the recipe was told of each change; nil when that is nothing sensible.
    func told(_ report: RunReport) -> [Told]? {
        if let failure = report.failure {
            return changes.map { _ in failure.fields["uncertain"] == true ? .uncertain : .failed }
        }
        guard reply == nil else { return [] }
        let told = report.reply?.arrayValue?.compactMap { value -> Told? in
            switch value {
            case "uncertain": .uncertain
            case "failed": .failed
            case true: .done(id: nil)
            default: value.integerValue.map { .done(id: Int($0)) }
            }
        }
        return told?.count == changes.count ? told : nil
    }

    /// What the portal must have when this was told: of what is uncertain, what it has is right.
    func expected(_ told: [Told], from before: [Int: String], seeing after: [Int: String]) -> [Int: String] {
        var leads = before
        for (change, told) in zip(changes, told) {
            if case .failed = told { continue }
            switch (change, told) {
            case (.add(let title), .done(let id)): leads[id ?? 0] = title
            case (.add(let title), _):
                if let id = after.first(where: { $0.value == title })?.key { leads[id] = title }
            case (.update(let id, let title), .done): leads[id] = title
            case (.update(let id, let title), _): if after[id] == title { leads[id] = title }
            case (.delete(let id), .done): leads[id] = nil
            case (.delete(let id), _): if after[id] == nil { leads[id] = nil }
            }
        }
        return leads
    }
}
