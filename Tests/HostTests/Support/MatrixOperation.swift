import Testing
import Wire

/// One piece of work of the matrix, and what the portal has when all went well.
enum MatrixOperation: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case each = "read a list"
    case get = "read a record"
    case add, update, delete
    case addOnce = "add once"
    case batch
    case manyOnce = "many once"
    case many
    /// An add whose first sending meets an expired token.
    case refresh

    static let itemCount = 120

    var testDescription: String { rawValue }
    var isRead: Bool { self == .each || self == .get }
    /// Lost answers are settled by looking.
    var isSettled: Bool { self == .addOnce || self == .manyOnce }
    var isMany: Bool { self == .many || self == .manyOnce }

    /// Leads that the portal has at first. A list takes three requests: one page, fifty, and the rest.
    var rows: Int { self == .each ? 2_700 : 3 }

    /// What the request is called whose answer is spoilt.
    var request: String {
        switch self {
        case .each, .addOnce, .batch, .manyOnce, .many: "batch"
        case .get: "crm.lead.get"
        case .add, .refresh: "crm.lead.add"
        case .update: "crm.lead.update"
        case .delete: "crm.lead.delete"
        }
    }

    /// Requests of that name before it.
    var skip: Int { [.each, .manyOnce, .many, .refresh].contains(self) ? 1 : 0 }

    /// - Parameter id: of the first lead.
    func lua(_ id: Int) -> String {
        switch self {
        case .each:
            "local ids = {} for lead in b24.each(\"crm.lead.list\", { select = { \"ID\" } }) do "
                + "ids[#ids + 1] = tonumber(lead.ID) end return ids"
        case .get: "return b24.crm.lead.get { id = \(id) }.TITLE"
        case .add, .refresh: "return b24.crm.lead.add { fields = { TITLE = \"new 1\" } }"
        case .addOnce: "return b24.call(\"crm.lead.add\", { fields = { TITLE = \"new 1\" } }, { once = true })"
        case .update: "return b24.crm.lead.update { id = \(id), fields = { TITLE = \"new 1\" } }"
        case .delete: "return b24.crm.lead.delete { id = \(id) }"
        case .batch:
            "local r = b24.batch { a = { \"crm.lead.add\", { fields = { TITLE = \"new 1\" } } }, "
                + "b = { \"crm.lead.get\", { id = ref \"a\" } } } return { r.a, r.b.TITLE }"
        case .manyOnce, .many:
            """
            local list, failed = {}, json.array {}
            for i = 1, \(Self.itemCount) do list[i] = { fields = { TITLE = "new " .. i } } end
            local results, failures = b24.many("crm.lead.add", list, { once = \(self == .manyOnce), partial = true })
            for i, f in ipairs(failures) do failed[i] = { f.item, f.code, f.uncertain, f.retryable } end
            return { results, failed }
            """
        }
    }

    /// The titles on the portal when it was done, or was not.
    func titles(_ leads: [String], isDone: Bool) -> [String] {
        guard isDone else { return leads }
        return switch self {
        case .each, .get: leads
        case .add, .addOnce, .refresh, .batch: leads + ["new 1"]
        case .update: leads.dropFirst() + ["new 1"]
        case .delete: Array(leads.dropFirst())
        case .manyOnce, .many: leads + (1...Self.itemCount).map { "new \($0)" }
        }
    }
}
