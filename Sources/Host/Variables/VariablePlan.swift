import Wire

/// Which reads the variables of a text need, as one batch, and the text made from their replies.
///
/// Only what is named is read: `{{DEAL_ID}}` and `{{CURRENT_DATE}}` need nothing, `{{CONTACT_NAME}}` of a deal needs
/// the deal and, by a reference inside the batch, its contact.
public struct VariablePlan: Sendable {
    private let template: VariableTemplate
    private let context: VariableContext
    /// What to send as one batch, in this order; empty when nothing has to be read.
    public let calls: [PlannedCall]

    /// - Throws: `.noRecord` when a variable speaks of a record that the context does not have.
    public init(_ template: VariableTemplate, _ context: VariableContext) throws(VariableFailure) {
        self.template = template
        self.context = context
        var bases: Set<BaseRecord> = []
        var links: [Link: BaseRecord] = [:]
        for variable in template.variables {
            let base = try VariablePlan.base(of: variable, context)
            guard let base else { continue }
            if let link = variable.source.link, !(link == .contact && base == .contact) {
                bases.insert(base)
                // The ID of the user in charge stands in the record itself.
                if !variable.fields.isEmpty { links[link] = base }
            } else if !variable.fields.isEmpty {
                bases.insert(base)
            }
        }
        let baseCalls = BaseRecord.allCases.filter(bases.contains).compactMap { base in
            context.id(of: base).map { base.call($0) }
        }
        let linkCalls = Link.allCases.compactMap { link in
            links[link].flatMap { base in
                base.field(of: link).map { link.call(VariablePlan.reference(to: $0, in: base)) }
            }
        }
        calls = baseCalls + linkCalls
    }

    /// The text with its values. A record that exists without a value, or a deal without a contact, gives nothing: "".
    ///
    /// - Throws: `.unread` when a call that was asked for has no reply although there is something to read.
    public func render(_ replies: [String: PlannedReply]) throws(VariableFailure) -> String {
        try template.rendered { (variable) throws(VariableFailure) in try value(of: variable, replies) }
    }

    private func value(
        of variable: Variable, _ replies: [String: PlannedReply]
    ) throws(VariableFailure) -> String {
        guard let base = try VariablePlan.base(of: variable, context) else { return clock(variable) }
        guard let link = variable.source.link, !(link == .contact && base == .contact) else {
            if variable.fields.isEmpty { return context.id(of: base).map { String($0) } ?? "" }
            return VariablePlan.text(variable.fields, in: try record(base, replies))
        }
        let record = try record(base, replies)
        let id = base.field(of: link).flatMap { record[$0] }.map(VariablePlan.text) ?? ""
        if variable.fields.isEmpty { return id }
        guard !id.isEmpty, id != "0" else {
            // A lead that is not converted yet holds the client's data itself.
            guard base == .lead, link == .contact || link == .company else { return "" }
            return VariablePlan.text(link == .company ? ["COMPANY_TITLE"] : variable.fields, in: record)
        }
        return VariablePlan.text(variable.fields, in: try linked(link, base, replies))
    }

    private func record(_ base: BaseRecord, _ replies: [String: PlannedReply]) throws(VariableFailure) -> JSONValue {
        let result = replies[base.rawValue]?.result
        let record = base.wrapper.map { result?[$0] } ?? result
        // A task that does not exist is an empty list, not an error.
        guard let record, record.objectValue != nil else {
            throw VariableFailure(
                .unread, "Bitrix24 did not give \(base.rawValue) \(context.id(of: base).map { String($0) } ?? "")")
        }
        return record
    }

    private func linked(
        _ link: Link, _ base: BaseRecord, _ replies: [String: PlannedReply]
    ) throws(VariableFailure) -> JSONValue {
        guard let result = replies["its_" + link.rawValue]?.result else {
            throw VariableFailure(
                .unread,
                "Bitrix24 did not give the \(link.rawValue) of \(base.rawValue) "
                    + "\(context.id(of: base).map { String($0) } ?? "")")
        }
        switch link {
        case .contact, .company: return result
        case .assignee: return result[0] ?? .null
        case .stage:
            let row = result.arrayValue?.first {
                $0["ENTITY_ID"]?.stringValue?.hasPrefix(base.stageListPrefix) ?? false
            }
            return row ?? .null
        }
    }

    private func clock(_ variable: Variable) -> String {
        let now = Timestamp(unixSeconds: context.now)
        let offset = context.zone.offsetSeconds(at: now.unixSeconds)
        let text = now.iso8601(offsetSeconds: offset)
        return variable.name == "CURRENT_DATE" ? String(text.prefix { $0 != "T" }) : text
    }
}

extension VariablePlan {
    /// The record that the variable's value is in, or that leads to it; nil for the clock.
    private static func base(
        of variable: Variable, _ context: VariableContext
    ) throws(VariableFailure) -> BaseRecord? {
        let candidates: [BaseRecord]
        switch variable.source {
        case .clock: return nil
        case .deal: candidates = [.deal]
        case .lead: candidates = [.lead]
        case .task: candidates = [.task]
        case .invoice: candidates = [.invoice]
        case .contact:
            // A contact that is named wins over the contact of another record.
            candidates = [.contact] + BaseRecord.allCases.filter { $0.field(of: .contact) != nil }
        case .assignee: candidates = BaseRecord.allCases.filter { $0.field(of: .assignee) != nil }
        case .company: candidates = BaseRecord.allCases.filter { $0.field(of: .company) != nil }
        case .stage: candidates = BaseRecord.allCases.filter { $0.field(of: .stage) != nil }
        }
        guard let base = candidates.first(where: { context.id(of: $0) != nil }) else {
            let names = candidates.map { "\($0.rawValue) = ID" }.joined(separator: " or ")
            throw VariableFailure(.noRecord, "{{\(variable.name)}} is \(variable.meaning): give \(names)")
        }
        return base
    }

    private static func reference(to field: String, in base: BaseRecord) -> JSONValue {
        let path = [base.rawValue, base.wrapper, field].compactMap { $0 }.joined(separator: ".")
        return .object(["$ref": .string(path)])
    }

    private static func text(_ fields: [String], in record: JSONValue) -> String {
        fields.compactMap { record[$0] }.map(text).filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// A field as text: numbers without a needless fraction, of several phone numbers or addresses the first.
    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .integer, .number, .bool: value.text
        case .array(let values): values.first?["VALUE"].map(text) ?? ""
        case .null, .object: ""
        }
    }
}

extension Variable.Source {
    var link: Link? {
        switch self {
        case .contact: .contact
        case .assignee: .assignee
        case .company: .company
        case .stage: .stage
        case .deal, .lead, .task, .invoice, .clock: nil
        }
    }
}
