import Testing
import Wire

@testable import Portal

@Suite("Drive and files")
struct DiskTests {
    private static let text = Array("Hello, Drive".utf8)
    private static let content: JSONValue = ["hello.txt", .string(Base64.encode(text))]

    private func portal() throws -> (PortalHarness, folder: JSONValue) {
        let harness = try PortalHarness()
        let storages = try harness.call("disk.storage.getlist", ["filter": ["ENTITY_TYPE": "common"]]).result
        return (harness, try #require(storages[0]?["ROOT_OBJECT_ID"]))
    }

    /// The bytes behind a link of the portal.
    private func bytes(_ harness: PortalHarness, _ link: JSONValue?) throws -> PortalAnswer {
        let url = try URLParts(try #require(link?.stringValue))
        return harness.engine.handle(PortalRequest("GET", url.path, query: url.query ?? ""))
    }

    @Test func `everybody has a drive, and the company too`() throws {
        let (harness, _) = try portal()
        let all = try harness.call("disk.storage.getlist").result
        #expect(all.arrayValue?.compactMap { $0["ENTITY_TYPE"]?.stringValue } == ["common", "user"])
        #expect(try harness.call("disk.storage.getlist").json["total"] == 2)
        #expect(try harness.call("disk.storage.get", ["id": 2]).result["ENTITY_ID"] == "1")
        #expect(try harness.call("disk.storage.get", ["id": 99]).error == "ERROR_NOT_FOUND")
        #expect(try harness.call("disk.storage.getforapp").error == "ACCESS_DENIED")
    }

    @Test func `a file goes up in Base64 and comes down by its link`() throws {
        let (harness, folder) = try portal()
        let file = try harness.call(
            "disk.folder.uploadfile", ["id": folder, "data": ["NAME": "a.txt"], "fileContent": Self.content]
        ).result
        #expect(file["NAME"] == "a.txt")
        #expect(file["SIZE"] == "12")
        let answer = try bytes(harness, file["DOWNLOAD_URL"])
        #expect(answer.status == 200)
        #expect(answer.body == Self.text)
        #expect(answer.headers.contains { $0.name == "Content-Disposition" && $0.value.contains("a.txt") })
        // The link holds the webhook: every look gives one, and old ones keep working.
        let again = try harness.call("disk.file.get", ["id": file["ID"] ?? .null]).result
        #expect(try bytes(harness, again["DOWNLOAD_URL"]).body == Self.text)
        #expect(try bytes(harness, file["DOWNLOAD_URL"]).body == Self.text)
    }

    @Test func `a link with another token leads nowhere`() throws {
        let (harness, _) = try portal()
        let answer = harness.engine.handle(
            PortalRequest("GET", "/rest/1/local0portal0secret/download.json", query: "token=disk%7Cno"))
        #expect(answer.status == 404)
    }

    @Test func `without content the method says where to put it`() throws {
        let (harness, folder) = try portal()
        let first = try harness.call("disk.folder.uploadfile", ["id": folder, "data": ["NAME": "big.bin"]]).result
        #expect(first["field"] == "file")
        let url = try URLParts(try #require(first["uploadUrl"]?.stringValue))
        let body = Self.multipart([("note", nil, Array("x".utf8)), ("file", "local.bin", [0, 13, 10, 255, 45, 45])])
        let second = try harness.send(
            PortalRequest(
                "POST", url.path, query: url.query ?? "",
                headers: [(name: "Content-Type", value: "multipart/form-data; boundary=XyZ")], body: body))
        #expect(second.result["NAME"] == "big.bin")
        #expect(try bytes(harness, second.result["DOWNLOAD_URL"]).body == [0, 13, 10, 255, 45, 45])
    }

    @Test(arguments: [
        ("file", "--XyZ\r\n", 400), ("file", "no boundary", 400), ("other", nil, 400), ("file", "", 400),
    ])
    func `an upload that is none is refused`(field: String, body: String?, status: Int) throws {
        let (harness, folder) = try portal()
        let first = try harness.call("disk.folder.uploadfile", ["id": folder, "data": ["NAME": "a"]]).result
        let url = try URLParts(try #require(first["uploadUrl"]?.stringValue))
        let reply = try harness.send(
            PortalRequest(
                "POST", url.path, query: url.query ?? "",
                headers: [(name: "Content-Type", value: "multipart/form-data; boundary=XyZ")],
                body: body.map { Array($0.utf8) } ?? Self.multipart([(field, "a", [1])])))
        #expect(reply.status == status)
        #expect(try harness.call("disk.folder.getchildren", ["id": folder]).result == [])
    }

    @Test func `any method takes a multipart body`() throws {
        let harness = try PortalHarness()
        let reply = try harness.send(
            PortalRequest(
                "POST", "/rest/1/local0portal0secret/crm.lead.add",
                headers: [(name: "Content-Type", value: "multipart/form-data; boundary=\"XyZ\"")],
                body: Self.multipart([("fields[TITLE]", nil, Array("Ünïcode & more".utf8))])))
        #expect(reply.result == 1)
        #expect(try harness.call("crm.lead.get", ["id": 1]).result["TITLE"] == "Ünïcode & more")
    }

    @Test func `names are unique in a folder`() throws {
        let (harness, folder) = try portal()
        let file: JSONValue = ["id": folder, "data": ["NAME": "a.txt"], "fileContent": Self.content]
        _ = try harness.call("disk.folder.uploadfile", file)
        #expect(try harness.call("disk.folder.uploadfile", file).error == "DISK_OBJ_22000")
        var unique = try #require(file.objectValue)
        unique["generateUniqueName"] = true
        #expect(try harness.call("disk.folder.uploadfile", .object(unique)).result["NAME"] == "a (1).txt")
        #expect(try harness.call("disk.folder.uploadfile", .object(unique)).result["NAME"] == "a (2).txt")
        #expect(try harness.call("disk.folder.addsubfolder", ["id": folder, "data": ["NAME": "A.TXT"]]).status == 400)
    }

    @Test func `folders are listed, filtered, moved, copied and deleted with what is in them`() throws {
        let (harness, root) = try portal()
        func folder(_ name: String, in parent: JSONValue) throws -> JSONValue {
            let made = try harness.call("disk.folder.addsubfolder", ["id": parent, "data": ["NAME": .string(name)]])
            return try #require(made.result["ID"])
        }
        let one = try folder("one", in: root)
        let two = try folder("two", in: root)
        let file = try harness.call(
            "disk.folder.uploadfile", ["id": one, "data": ["NAME": "a.txt"], "fileContent": Self.content]
        ).result["ID"]
        func names(_ parameters: JSONValue) throws -> [String] {
            let rows = try harness.call("disk.folder.getchildren", parameters).result.arrayValue ?? []
            return rows.compactMap { $0["NAME"]?.stringValue }
        }
        #expect(try names(["id": root, "order": ["NAME": "DESC"]]) == ["two", "one"])
        #expect(try names(["id": root, "filter": ["NAME": "one"]]) == ["one"])
        #expect(try names(["id": root, "filter": ["TYPE": "file"]]) == [])
        let copied = try harness.call("disk.folder.copyto", ["id": one, "targetFolderId": two]).result["ID"]
        #expect(try names(["id": copied ?? .null]) == ["a.txt"])
        #expect(try harness.call("disk.folder.moveto", ["id": two, "targetFolderId": copied ?? .null]).status == 400)
        _ = try harness.call("disk.file.moveto", ["id": file ?? .null, "targetFolderId": two])
        #expect(try names(["id": one]) == [])
        #expect(try names(["id": two, "order": ["ID": "ASC"]]).sorted() == ["a.txt", "one"])
        _ = try harness.call("disk.file.markdeleted", ["id": file ?? .null])
        #expect(try names(["id": two]) == ["one"])
        _ = try harness.call("disk.file.restore", ["id": file ?? .null])
        #expect(try harness.call("disk.folder.deletetree", ["id": two]).result == true)
        #expect(try harness.call("disk.file.get", ["id": file ?? .null]).error == "ERROR_NOT_FOUND")
        #expect(try harness.call("disk.folder.deletetree", ["id": root]).status == 403)
    }

    @Test(arguments: ["disk.folder.uploadfile?id=1", "download?token=x", "batch?halt=0"])
    func `a batch moves no files`(command: String) throws {
        let (harness, _) = try portal()
        let reply = try harness.call("batch", ["cmd": ["a": .string(command)]]).result
        #expect(reply["result_error"]?["a"]?["error"] == "ERROR_BATCH_METHOD_NOT_ALLOWED")
    }

    @Test func `a new version has the old number`() throws {
        let (harness, folder) = try portal()
        let id = try harness.call(
            "disk.folder.uploadfile", ["id": folder, "data": ["NAME": "a.txt"], "fileContent": Self.content]
        ).result["ID"]
        let next: JSONValue = ["a.txt", .string(Base64.encode([1, 2, 3]))]
        let row = try harness.call("disk.file.uploadversion", ["id": id ?? .null, "fileContent": next]).result
        #expect(row["ID"] == id)
        #expect(row["GLOBAL_CONTENT_VERSION"] == "2")
        #expect(try bytes(harness, row["DOWNLOAD_URL"]).body == [1, 2, 3])
    }

    private static func multipart(_ parts: [(name: String, file: String?, bytes: [UInt8])]) -> [UInt8] {
        var body: [UInt8] = Array("preamble\r\n".utf8)
        for part in parts {
            let file = part.file.map { "; filename=\"\($0)\"\r\nContent-Type: application/octet-stream" } ?? ""
            body += Array("--XyZ\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n".utf8)
            body += part.bytes + Array("\r\n".utf8)
        }
        return body + Array("--XyZ--\r\n".utf8)
    }
}
