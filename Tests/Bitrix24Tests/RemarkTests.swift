import Bitrix24
import Testing

@Suite struct RemarkTests {
    @Test(
        arguments: [
            ("crm.deal.list", "selct", "crm.deal.list knows no parameter 'selct'; did you mean select?"),
            (
                "crm.deal.list", "colour",
                "crm.deal.list knows no parameter 'colour'; it takes select, filter, order, start"
            ),
            ("crm.lead.add", "fieds", "crm.lead.add knows no parameter 'fieds'; did you mean fields?"),
            ("crm.lead.add", "FIELDS", nil), ("crm.deal.list", "start", nil), ("crm.deal.list", "auth", nil),
            // A name with a star stands for many.
            ("log.blogpost.add", "UF_MINE", nil),
            // Conditions may stand beside the parameters.
            ("user.get", "NAME", nil),
            // What is told nothing of, or goes by position.
            ("task.checklistitem.add", "anything", nil),
        ] as [(String, String, String?)])
    func `a parameter that the documentation does not have is remarked on`(
        method: String, parameter: String, remark: String?
    ) throws {
        let facts = try #require(Catalog.lookup(method))
        #expect(facts.remark(onParameter: parameter) == remark)
    }

    @Test func `REST 3.0 says itself what it does not know`() throws {
        let facts = try #require(Catalog.lookup("tasks.task.get", api: .v3))
        #expect(facts.remark(onParameter: "idd") == nil)
    }

    @Test func `methods without documented parameters take any`() throws {
        let facts = try #require(Catalog.all.first { $0.parameters.isEmpty && $0.api == .classic })
        #expect(facts.remark(onParameter: "anything") == nil)
    }
}
