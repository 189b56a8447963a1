import Testing
import Wire

@testable import Portal

/// Every method that the programs this portal stands in for call.
@Suite struct SeedMethodTests {
    /// Named by the booking integration, the extraction streams, the workflow builder, the command-line agent and the
    /// chat bot that the project began from.
    static let named = """
        app.info batch bizproc.activity.add bizproc.event.send bizproc.robot.add bizproc.robot.list
        bizproc.task.complete bizproc.task.list bizproc.workflow.instances bizproc.workflow.start
        bizproc.workflow.template.add bizproc.workflow.template.delete bizproc.workflow.template.list
        bizproc.workflow.template.update bizproc.workflow.terminate calendar.accessibility.get calendar.event.add
        calendar.event.delete calendar.event.get calendar.event.getbyid calendar.event.update calendar.section.get
        calendar.settings.get catalog.product.list crm.activity.add crm.activity.fields crm.activity.list
        crm.activity.todo.add crm.automation.trigger crm.automation.trigger.add crm.automation.trigger.execute
        crm.category.list crm.company.add crm.company.contact.items.get crm.company.fields crm.company.list
        crm.company.update crm.contact.add crm.contact.fields crm.contact.list crm.contact.update
        crm.contact.company.items.get crm.deal.add crm.deal.contact.items.get crm.deal.fields crm.deal.get
        crm.deal.list crm.deal.productrows.get crm.deal.update crm.duplicate.findbycomm crm.invoice.add
        crm.item.add crm.item.fields crm.item.list crm.item.update crm.lead.add crm.lead.fields crm.lead.list
        crm.lead.update crm.product.fields crm.product.list crm.quote.add crm.stagehistory.list crm.status.list
        crm.timeline.comment.add crm.timeline.comment.list crm.timeline.logmessage.add crm.timeline.note.save
        crm.type.list department.get disk.file.get disk.folder.getchildren disk.folder.uploadfile
        disk.storage.getlist event.bind event.get event.offline.get event.unbind im.chat.add im.dialog.messages.get
        im.message.add im.notify.personal.add im.notify.system.add imbot.command.answer imbot.command.register
        imbot.message.add imbot.message.update imbot.register imbot.unregister imbot.update imbot.v2.Bot.register
        imbot.v2.Chat.Message.send imbot.v2.Event.get imbot.v2.File.download imbot.v2.File.upload
        imopenlines.bot.session.finish imopenlines.bot.session.message.send imopenlines.bot.session.operator
        imopenlines.bot.session.transfer imopenlines.config.list.get imopenlines.crm.chat.get
        imopenlines.crm.message.add imopenlines.operator.transfer imopenlines.session.history.get
        messageservice.message.status.update messageservice.sender.add task.checklistitem.add task.commentitem.add
        tasks.task.add tasks.task.complete tasks.task.get tasks.task.list tasks.task.renew tasks.task.update
        telephony.externalCall.finish telephony.externalCall.register user.current user.get user.search
        voximplant.statistic.get
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    @Test(arguments: named)
    func isPlayed(_ method: String) throws {
        #expect(try PortalHarness().call(method).status != 501)
        // Not by a refusal alone: a webhook may not call all of them. The engine plays batches itself.
        #expect(method == "batch" || PortalMethods.lookup(method.lowercased(), api: .classic) != nil)
    }

    /// Names that one of those programs has and the platform does not: the portal says so as the platform would.
    @Test(arguments: ["imopenlines.session.transfer", "imopenlines.bot.session.message", "iblock.element.list"])
    func isNoMethodOfThePlatform(_ method: String) throws {
        let reply = try PortalHarness().call(method)
        #expect(reply.error == "ERROR_METHOD_NOT_FOUND")
        #expect(reply.status == 404)
    }

    @Test func whatIsNotPlayedSaysSo() throws {
        #expect(try PortalHarness().call("sale.order.list").error == "LOCAL_PORTAL_NOT_PLAYED")
    }

    @Test func theContactsOfACompanyAreTheCompaniesOfItsContacts() throws {
        let harness = try PortalHarness()
        for title in ["One", "Two"] { try harness.form("crm.company.add", "fields[TITLE]=\(title)") }
        for name in ["Ann", "Bob"] { try harness.form("crm.contact.add", "fields[NAME]=\(name)") }
        func contacts(_ company: Int) throws -> [JSONValue?] {
            try harness.form("crm.company.contact.items.get", "id=\(company)").result.phpList.map { $0["CONTACT_ID"] }
        }
        #expect(try harness.form("crm.company.contact.add", "id=1&fields[CONTACT_ID]=2").result == true)
        #expect(try harness.form("crm.contact.get", "id=2").result["COMPANY_ID"] == "1")
        try harness.form("crm.company.contact.items.set", "id=2&items[0][CONTACT_ID]=1&items[1][CONTACT_ID]=2")
        #expect(try contacts(2) == [1, 2])
        #expect(try harness.form("crm.contact.company.items.get", "id=2").result.phpList.count == 2)
        try harness.form("crm.company.contact.delete", "id=2&fields[CONTACT_ID]=2")
        #expect(try contacts(2) == [1])
        try harness.form("crm.company.contact.items.delete", "id=1")
        #expect(try contacts(1) == [])
        #expect(try harness.form("crm.company.contact.add", "id=9&fields[CONTACT_ID]=2").status == 400)
    }
}
