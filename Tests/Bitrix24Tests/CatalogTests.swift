import Foundation
import Testing

@testable import Bitrix24

struct CatalogTests {
    @Test func `holds every documented method, sorted`() {
        #expect(Catalog.count == 1693)
        let names = Catalog.all.map { ($0.name.lowercased(), $0.api == .v3 ? 1 : 0) }
        #expect(names.count == Catalog.count)
        #expect(zip(names, names.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `finds each of its own methods in any letter case`() {
        for facts in Catalog.all {
            #expect(Catalog.lookup(facts.name.uppercased(), api: facts.api)?.name == facts.name)
        }
    }

    @Test(arguments: [
        "", "a", "zzz", "crm.deal", "crm.deal.lis", "crm.deal.listt", "crm.deal.list\t", "\n", "crm.deal.list\t2",
    ])
    func `does not find`(name: String) {
        #expect(Catalog.lookup(name) == nil)
    }

    @Test func `prefers the classic form of a name that has both`() {
        #expect(Catalog.lookup("tasks.task.list")?.api == .classic)
        #expect(Catalog.lookup("tasks.task.list", api: .v3)?.paging == .pagination)
        #expect(Catalog.lookup("note.collection.list")?.api == .v3)
        #expect(Catalog.lookup("crm.deal.list", api: .v3) == nil)
    }

    @Test func `tells the facts of a method`() throws {
        let list = try #require(Catalog.lookup("crm.item.list"))
        #expect(list.scope == "crm")
        #expect(list.kind == .list)
        #expect(list.isPaged)
        #expect(list.resultKey == "items")
        #expect(
            list.keyset
                == KeysetFacts(filterField: "id", rowField: "id", orderTravelsAsWords: false, filtersBeside: false))
        #expect(list.parameters.first == ParameterFacts(column: "entityTypeId:integer!"))
        #expect(list.documentation == "https://apidocs.bitrix24.com/api-reference/crm/universal/crm-item-list.html")
        let deal = try #require(Catalog.lookup("crm.deal.add"))
        #expect(deal.isDeprecated && deal.replacedBy == "crm.item.add")
        #expect(Catalog.lookup("app.info")?.isAppOnly == true)
        #expect(Catalog.lookup("task.checklistitem.add")?.isPositional == true)
        #expect(Catalog.lookup("disk.folder.uploadfile")?.movesFiles == true)
        #expect(Catalog.lookup("crm.deal.add")?.movesFiles == false)
        #expect(Catalog.lookup("user.current")?.resultKey == nil)
        #expect(Catalog.lookup("im.notify.delete")?.alternatives == [["ID", "TAG", "SUB_TAG"]])
    }

    @Test(arguments: [
        "crm.deal.list", "crm.deal.get", "crm.deal.fields", "crm.duplicate.findbycomm", "user.access", "user.current",
        "user.search", "app.option.get", "profile", "methods", "scope", "server.time", "events", "crm.enum.ownertype",
        "im.dialog.messages.get", "im.dialog.messages.search", "telephony.externalCall.searchCrmEntities",
        "tasks.task.getaccess",
        "calendar.event.getbyid", "calendar.event.get.nearest", "disk.file.search", "bizproc.workflow.instances",
        "voximplant.statistic.get", "event.offline.list", "crm.status.entity.items", "task.item.getdata",
        "documentgenerator.api.document.getpdf", "timeman.status", "imconnector.status", "main.eventlog.tail",
    ])
    func `reads`(name: String) {
        #expect(Catalog.lookup(name)?.access == .read)
    }

    @Test(arguments: [
        "crm.deal.add", "crm.deal.update", "crm.deal.delete", "crm.deal.productrows.set", "batch", "im.dialog.read",
        "im.dialog.read.all", "im.dialog.unread", "im.notify", "im.notify.read", "im.notify.read.list",
        "im.message.add",
        "event.offline.get", "event.offline.clear", "imbot.v2.Event.get", "im.v2.Event.get", "event.bind", "event.test",
        "app.option.set", "telephony.externalCall.register", "telephony.externalCall.finish",
        "telephony.externalCall.attachRecord", "bizproc.event.send", "bizproc.workflow.start", "entity.rights",
        "disk.file.getExternalLink", "crm.entity.mergeBatch", "crm.item.import", "tasks.task.start", "timeman.open",
        "imopenlines.session.open", "crm.automation.trigger", "crm.deal.recurring.expose", "user.option.set",
    ])
    func `writes`(name: String) {
        #expect(Catalog.lookup(name)?.access == .write)
    }

    @Test func `no verb of change is taken for a read`() {
        let verbs = ["add", "update", "delete", "set", "remove", "send", "start", "bind", "register", "move", "create"]
        for facts in Catalog.all where facts.access == .read {
            let last = facts.name.split(separator: ".").last.map { $0.lowercased() } ?? ""
            #expect(!verbs.contains { last == $0 }, "\(facts.name)")
        }
    }

    @Test(arguments: [
        ("crm.deals.list", "crm.deal.list"), ("crm.deal.lsit", "crm.deal.list"), ("crm.list.deal", "crm.deal.list"),
        ("user.curent", "user.current"), ("CRM.CONTACT.ADDD", "crm.contact.add"), ("im.mesage.add", "im.message.add"),
    ])
    func `offers the nearest name`(wrong: String, right: String) {
        #expect(Catalog.nearest(to: wrong).contains(right))
    }

    @Test(arguments: ["", "qqqqqqqqqqqqqqqq", String(repeating: "x", count: 100_000)])
    func `offers nothing for nonsense`(name: String) {
        #expect(Catalog.nearest(to: name) == [])
    }

    @Test func `counts edits, a swap as one`() {
        #expect(Catalog.editDistance(Array("list".utf8), Array("lsit".utf8), atMost: 3) == 1)
        #expect(Catalog.editDistance(Array("kitten".utf8), Array("sitting".utf8), atMost: 3) == 3)
        #expect(Catalog.editDistance(Array("kitten".utf8), Array("sitting".utf8), atMost: 2) == nil)
        #expect(Catalog.editDistance([], [], atMost: 0) == 0)
    }

    @Test func `searches by word and by scope`() {
        #expect(Catalog.search("findByComm").map(\.name) == ["crm.duplicate.findbycomm"])
        #expect(Catalog.search("").count == Catalog.count)
        #expect(Catalog.search("department").contains { $0.name == "department.get" })
        #expect(Catalog.search("sonet_group").contains { $0.name == "sonet_group.get" })
        #expect(Catalog.search("no such word").isEmpty)
    }

    @Test func `the embedded rows are those of catalog/methods.tsv`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../catalog/methods.tsv").standardized
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        let names = lines.map { String($0.prefix { $0 != "\t" }) }
        #expect(Array(Catalog.all.map(\.name)) == names)
    }
}
