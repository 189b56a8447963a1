import Testing
import Wire

@testable import Host

@Suite struct VariableTemplateTests {
    @Test func `there are exactly the 19 names of the workflow document`() {
        #expect(
            Variable.all.map(\.name) == [
                "CONTACT_PHONE", "CONTACT_EMAIL", "CONTACT_NAME", "ASSIGNED_BY_ID", "ASSIGNED_BY_NAME", "DEAL_TITLE",
                "DEAL_ID", "DEAL_AMOUNT", "DEAL_CURRENCY", "LEAD_NAME", "LEAD_ID", "STAGE_NAME", "COMPANY_TITLE",
                "TASK_TITLE", "TASK_ID", "INVOICE_ID", "INVOICE_AMOUNT", "CURRENT_DATE", "CURRENT_DATETIME",
            ])
    }

    @Test(arguments: [
        ("", []), ("plain } text }} {", []), ("Hi {{CONTACT_NAME}}!", ["CONTACT_NAME"]),
        ("{{ DEAL_ID }}{{\n\tDEAL_ID}}{{LEAD_ID}}", ["DEAL_ID", "LEAD_ID"]), (#"\{{DEAL_ID}}"#, []),
        (#"\\{{DEAL_ID}}"#, ["DEAL_ID"]), (#"\{{{{DEAL_ID}}"#, ["DEAL_ID"]), (#"a\b {x} \}"#, []),
    ])
    func `a template lists the variables it names`(text: String, names: [String]) throws {
        #expect(try VariableTemplate(text).variables.map(\.name) == names)
    }

    @Test(arguments: [
        ("Hi {{CONTACT_NAME}}, {{CONTACT_NAM}}", VariableFailure.Code.unknown, 21, "CONTACT_NAME"),
        ("{{deal_id}}", .unknown, 0, "DEAL_ID"), ("é {{STAGE}}", .unknown, 3, "STAGE_NAME"),
        ("{{}}", .unknown, 0, "?"), ("{{CONTACT NAME}}", .unknown, 0, "CONTACT_NAME"),
        ("{{{DEAL_ID}}}", .unknown, 0, "DEAL_ID"),
        ("abc {{DEAL_ID", .unclosed, 4, "\\{{"), ("{{", .unclosed, 0, "\\{{"), ("{{DEAL_ID}", .unclosed, 0, "\\{{"),
        ("{{DEAL_ID {{LEAD_ID}}", .unclosed, 0, "\\{{"),
    ])
    func `what is wrong is named with its place and a hint`(
        text: String, code: VariableFailure.Code, offset: Int, hint: String
    ) {
        let failure = #expect(throws: VariableFailure.self) { try VariableTemplate(text) }
        #expect(failure?.code == code)
        #expect(failure?.offset == offset)
        #expect(failure?.message.contains(hint) == true, "\(failure?.message ?? "")")
    }

    @Test func `a text without end is refused`() {
        let failure = #expect(throws: VariableFailure.self) {
            try VariableTemplate(String(repeating: "x", count: VariableTemplate.bytesMax + 1))
        }
        #expect(failure?.code == .tooLong)
    }

    @Test(arguments: UInt64(0)..<100)
    func `escaping a text makes it plain, whatever it is`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let pieces = ["{", "{{", "}}", "\\", "DEAL_ID", "{{DEAL_ID}}", "é", " "]
        let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        // Whatever parses renders every part of the text in order.
        guard let template = try? VariableTemplate(text) else { return }
        let rendered = try template.rendered { _ in "<>" }
        #expect(
            rendered.split(separator: "<>", omittingEmptySubsequences: false).count == template.segments.filter {
                if case .variable = $0 { true } else { false }
            }.count + 1)
    }
}

@Suite struct VariablePlanTests {
    private static func context(
        deal: Int64? = nil, lead: Int64? = nil, invoice: Int64? = nil, task: Int64? = nil, contact: Int64? = nil
    ) throws -> VariableContext {
        VariableContext(
            deal: deal, lead: lead, invoice: invoice, task: task, contact: contact, now: 1_778_747_192,
            zone: try TimeZoneRules(name: "Europe/Berlin"))
    }

    private static func calls(_ text: String, _ context: VariableContext) throws -> [String] {
        try VariablePlan(VariableTemplate(text), context).calls.map { call in
            "\(call.key) \(call.method)?" + String(decoding: Form.encode(call.parameters), as: UTF8.self)
        }
    }

    @Test func `only what is named is read, in one batch`() throws {
        let deal = try Self.context(deal: 12)
        #expect(try Self.calls("{{DEAL_ID}} {{CURRENT_DATE}} {{CURRENT_DATETIME}}", deal) == [])
        #expect(try Self.calls("{{DEAL_TITLE}} {{ASSIGNED_BY_ID}}", deal) == ["deal crm.deal.get?id=12"])
        #expect(
            try Self.calls("{{CONTACT_NAME}}{{CONTACT_PHONE}}", deal) == [
                "deal crm.deal.get?id=12", "its_contact crm.contact.get?id[%24ref]=deal.CONTACT_ID",
            ])
        #expect(try Self.calls("{{CONTACT_NAME}}", Self.context(contact: 5)) == ["contact crm.contact.get?id=5"])
        #expect(
            try Self.calls(
                "{{STAGE_NAME}}{{ASSIGNED_BY_NAME}}{{COMPANY_TITLE}}{{INVOICE_AMOUNT}}", Self.context(invoice: 3))
                == [
                    "invoice crm.item.get?entityTypeId=31&id=3",
                    "its_company crm.company.get?id[%24ref]=invoice.item.companyId",
                    "its_assignee user.get?ID[%24ref]=invoice.item.assignedById",
                    "its_stage crm.status.list?filter[STATUS_ID][%24ref]=invoice.item.stageId",
                ])
    }

    @Test func `every variable can be had from some record, with at most five calls`() throws {
        let context = try Self.context(deal: 1, lead: 2, invoice: 3, task: 4)
        for variable in Variable.all {
            #expect(try Self.calls("{{\(variable.name)}}", context).count <= 2, "\(variable.name)")
        }
        #expect(try Self.calls(Variable.all.map { "{{\($0.name)}}" }.joined(), context).count == 8)
    }

    private static let replies: [String: PlannedReply] = [
        "deal": PlannedReply(result: [
            "ID": "12", "TITLE": "Flat {{DEAL_ID}}", "OPPORTUNITY": "1000000.00", "CURRENCY_ID": "EUR",
            "CONTACT_ID": "5",
            "COMPANY_ID": "0", "ASSIGNED_BY_ID": "7", "STAGE_ID": "NEW",
        ]),
        "its_contact": PlannedReply(result: [
            "NAME": "Anna", "LAST_NAME": "Bērziņa", "PHONE": [["VALUE": "+37120000000"], ["VALUE": "2"]],
        ]),
        "its_assignee": PlannedReply(result: [["ID": "7", "NAME": "Ivan", "LAST_NAME": nil]]),
        "its_stage": PlannedReply(result: [
            ["ENTITY_ID": "STATUS", "NAME": "Unassigned"], ["ENTITY_ID": "DEAL_STAGE", "NAME": "New deal"],
        ]),
    ]

    @Test(arguments: [
        ("Hi {{CONTACT_NAME}} ({{CONTACT_PHONE}}{{CONTACT_EMAIL}})", "Hi Anna Bērziņa (+37120000000)"),
        ("{{DEAL_TITLE}}: {{DEAL_AMOUNT}} {{DEAL_CURRENCY}} #{{DEAL_ID}}", "Flat {{DEAL_ID}}: 1000000.00 EUR #12"),
        ("{{ASSIGNED_BY_NAME}} {{ASSIGNED_BY_ID}} {{STAGE_NAME}} [{{COMPANY_TITLE}}]", "Ivan 7 New deal []"),
        ("{{CURRENT_DATE}} {{CURRENT_DATETIME}}", "2026-05-14 2026-05-14T10:26:32+02:00"),
        (#"\{{CONTACT_NAME}} }} "#, "{{CONTACT_NAME}} }} "),
    ])
    func `values stand in the text as they are`(text: String, expected: String) throws {
        let plan = try VariablePlan(VariableTemplate(text), Self.context(deal: 12))
        #expect(try plan.render(Self.replies) == expected)
    }

    @Test func `tasks, invoices and leads tell theirs`() throws {
        let task = try VariablePlan(
            VariableTemplate("{{TASK_TITLE}} {{TASK_ID}} {{ASSIGNED_BY_ID}}"), Self.context(task: 4))
        #expect(
            try task.render(["task": PlannedReply(result: ["task": ["title": "Call", "responsibleId": "9"]])])
                == "Call 4 9")
        let invoice = try VariablePlan(VariableTemplate("{{INVOICE_ID}} {{INVOICE_AMOUNT}}"), Self.context(invoice: 3))
        #expect(try invoice.render(["invoice": PlannedReply(result: ["item": ["opportunity": 12.5]])]) == "3 12.5")
        let lead = try VariablePlan(
            VariableTemplate("{{LEAD_NAME}} {{CONTACT_NAME}} {{CONTACT_EMAIL}} {{COMPANY_TITLE}}"),
            Self.context(lead: 2))
        let own: JSONValue = [
            "TITLE": "Web", "NAME": "Jo", "EMAIL": [["VALUE": "jo@x.lv"]], "COMPANY_TITLE": "X", "CONTACT_ID": nil,
        ]
        #expect(try lead.render(["lead": PlannedReply(result: own)]) == "Web Jo jo@x.lv X")
    }

    @Test func `a record that was not given is asked for by name`() throws {
        let failure = try #require(throws: VariableFailure.self) {
            try VariablePlan(VariableTemplate("{{DEAL_TITLE}}"), Self.context(lead: 2))
        }
        #expect(failure.code == .noRecord)
        #expect(failure.message == "{{DEAL_TITLE}} is the deal's name: give deal = ID")
        #expect(throws: VariableFailure.self) {
            try VariablePlan(VariableTemplate("{{CONTACT_NAME}}"), Self.context(task: 4))
        }
    }

    @Test func `a record that cannot be read is an error, a link that leads nowhere is not`() throws {
        let plan = try VariablePlan(VariableTemplate("{{CONTACT_NAME}}"), Self.context(deal: 12))
        for replies in [[:], ["deal": PlannedReply(result: ["CONTACT_ID": "5"])]] as [[String: PlannedReply]] {
            let failure = #expect(throws: VariableFailure.self) { try plan.render(replies) }
            #expect(failure?.code == .unread)
        }
        for nothing in ["0", "", nil] as [JSONValue] {
            #expect(try plan.render(["deal": PlannedReply(result: ["CONTACT_ID": nothing])]) == "")
        }
        let task = try VariablePlan(VariableTemplate("{{TASK_TITLE}}"), Self.context(task: 4))
        let failure = #expect(throws: VariableFailure.self) { try task.render(["task": PlannedReply(result: [])]) }
        #expect(failure?.message.contains("task 4") == true)
    }
}
