import Bitrix24
import Testing
import Wire

@Suite struct UploadTests {
    private struct Content: FileContent { let byteCount: Int }

    private static let offer: JSONValue = .object(FileValue(path: "2026/offer.pdf").marked)
    private static let photo: JSONValue = .object(FileValue(name: "photo.jpg", base64: "AAEC").marked)

    /// The body as it is sent, each content written as `<0>`, `<1>` … in the order of their places.
    private func body(_ call: Call) -> String {
        var text = ""
        var copied = 0
        for (index, attachment) in call.attachments.enumerated() {
            text += String(decoding: call.body[copied..<attachment.offset], as: UTF8.self) + "<\(index)>"
            copied = attachment.offset
        }
        return text + String(decoding: call.body[copied...], as: UTF8.self)
    }

    @Test(
        arguments: [
            (
                "crm.item.update", ["entityTypeId": 2, "fields": ["ufCrm_1": offer, "title": "é"]],
                #"{"entityTypeId":2,"fields":{"ufCrm_1":["offer.pdf","<0>"],"title":"é"}}"#
            ),
            (
                "crm.item.update", ["fields": ["ufCrm_1": [["id": 7], offer, photo]]],
                #"{"fields":{"ufCrm_1":[{"id":7},["offer.pdf","<0>"],["photo.jpg","<1>"]]}}"#
            ),
            (
                "crm.deal.update", ["id": 1, "fields": ["UF_CRM_1": offer]],
                #"{"id":1,"fields":{"UF_CRM_1":{"fileData":["offer.pdf","<0>"]}}}"#
            ),
            (
                "crm.activity.add", ["fields": ["FILES": [offer, photo]]],
                #"{"fields":{"FILES":[{"fileData":["offer.pdf","<0>"]},{"fileData":["photo.jpg","<1>"]}]}}"#
            ),
            (
                "crm.timeline.comment.add", ["fields": ["COMMENT": "x", "FILES": [offer]]],
                #"{"fields":{"COMMENT":"x","FILES":[["offer.pdf","<0>"]]}}"#
            ),
            (
                "disk.folder.uploadFile", ["id": 12, "fileContent": offer],
                #"{"id":12,"fileContent":["offer.pdf","<0>"],"data":{"NAME":"offer.pdf"}}"#
            ),
            (
                "disk.storage.uploadfile", ["id": 1, "data": ["NAME": "other.pdf"], "fileContent": offer],
                #"{"id":1,"data":{"NAME":"other.pdf"},"fileContent":["offer.pdf","<0>"]}"#
            ),
            (
                "telephony.externalCall.attachRecord", ["CALL_ID": "c", "FILE_CONTENT": offer],
                #"{"CALL_ID":"c","FILE_CONTENT":"<0>","FILENAME":"offer.pdf"}"#
            ),
            (
                "im.v2.File.upload", ["dialogId": "chat5", "fields": ["content": photo, "message": "hi"]],
                #"{"dialogId":"chat5","fields":{"content":"<0>","message":"hi","name":"photo.jpg"}}"#
            ),
            (
                "imbot.v2.File.upload", ["botId": 1, "fields": ["name": "mine.jpg", "content": photo]],
                #"{"botId":1,"fields":{"name":"mine.jpg","content":"<0>"}}"#
            ),
            (
                "bizproc.workflow.template.add", ["TEMPLATE_DATA": offer],
                #"{"TEMPLATE_DATA":["offer.pdf","<0>"]}"#
            ),
        ] as [(String, JSONObject, String)])
    func `a file is written in the shape its method wants`(
        method: String, parameters: JSONObject, body expected: String
    ) throws {
        let upload = try Upload(method, parameters: parameters)
        let call = try upload.call(upload.files.map { _ in Content(byteCount: 3) })
        #expect(body(call) == expected)
        #expect(call.attachments.count == upload.files.count)
    }

    @Test func `contents stay in their places when a token joins the body`() throws {
        let upload = try Upload("crm.item.add", parameters: ["fields": ["ufCrm_1": Self.offer]])
        let call = try upload.call([Content(byteCount: 1)])
        let credential = Credential.token(
            try AccessToken(
                portal: "https://a.bitrix24.com", memberID: "m", clientID: "app.1", userID: 1, token: "t0k3n"))
        let request = call.request(as: credential)
        let at = try #require(request.attachments.first?.offset)
        #expect(String(decoding: request.body[..<at], as: UTF8.self) == #"{"fields":{"ufCrm_1":["offer.pdf",""#)
        #expect(String(decoding: request.body[at...], as: UTF8.self) == #""]},"auth":"t0k3n"}"#)
    }

    @Test(
        arguments: [
            ("disk.folder.uploadFile", ["id": 12, "fileContent": offer], #"{"id":12,"data":{"NAME":"offer.pdf"}}"#),
            (
                "telephony.externalCall.attachRecord", ["CALL_ID": "c", "FILE_CONTENT": offer],
                #"{"CALL_ID":"c","FILENAME":"offer.pdf"}"#
            ),
            ("crm.item.add", ["fields": ["ufCrm_1": offer]], nil),
        ] as [(String, JSONObject, String?)])
    func `some methods give an address to upload to`(
        method: String, parameters: JSONObject, body expected: String?
    ) throws {
        let call = try Upload(method, parameters: parameters).addressCall()
        #expect(call.map { String(decoding: $0.body, as: UTF8.self) } == expected)
        // It writes nothing yet.
        #expect(call?.isRepeatable != false)
    }

    @Test(arguments: [
        #"{"result":{"field":"file","uploadUrl":"https://a/rest/upload.json?token=x"}}"#,
        #"{"result":{"fieldName":"file","UploadUrl":"https://a/rest/upload.json?token=x"}}"#,
    ])
    func `the address is found however it is spelled, and is not shown`(json: String) throws {
        let upload = try Upload("disk.folder.uploadFile", parameters: ["fileContent": Self.offer])
        let call = try #require(try upload.addressCall())
        guard case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: Array(json.utf8)), to: call) else {
            return #expect(Bool(false), "no reply")
        }
        let address = try upload.address(in: reply)
        #expect(address.url == "https://a/rest/upload.json?token=x" && address.field == "file")
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!"\(address)\(dumped)".contains("token"))
    }

    @Test(
        arguments: [
            ("crm.item.add", ["fields": ["a": "b"]]),
            ("tasks.task.add", ["fields": ["UF_TASK_WEBDAV_FILES": [offer]]]),
            ("crm.item.add", ["ufCrm_1": .object(FileValue(path: "").marked)]),
            (
                "crm.item.add",
                ["ufCrm_1": .object(FileValue(path: "a", name: String(repeating: "n", count: 256)).marked)]
            ),
            ("crm.item.add", ["ufCrm_1": offer, "b": "\u{1}file 0\u{1}"]),
            ("crm.item.add", ["ufCrm_1": .array(Array(repeating: offer, count: 101))]),
        ] as [(String, JSONObject)])
    func `what cannot be sent is refused before anything is`(method: String, parameters: JSONObject) {
        let failure = #expect(throws: Failure.self) {
            let upload = try Upload(method, parameters: parameters)
            _ = try upload.call(upload.files.map { _ in Content(byteCount: 3) })
        }
        #expect(failure?.category == .invalid)
    }

    @Test(
        arguments: [
            ("crm.lead.add", ["fields": ["TITLE": offer]], "fields[TITLE]"),
            ("crm.lead.add", ["fields": ["UF_CRM_1": offer]], nil),
            ("crm.contact.update", ["id": 1, "fields": ["PHOTO": offer]], nil),
            ("crm.item.add", ["entityTypeId": 2, "fields": ["title": offer]], "fields[title]"),
            ("crm.deal.list", ["select": [offer]], "select"),
            ("tasks.task.add", ["fields": ["DESCRIPTION": offer]], "fields[DESCRIPTION]"),
            ("lists.element.add", ["FIELDS": ["PROPERTY_107": offer]], nil),
            ("catalog.product.add", ["fields": ["property45": ["value": offer]]], nil),
            ("bizproc.workflow.start", ["PARAMETERS": ["Contract": offer]], nil),
            ("acme.own.method", ["a": offer], nil),
        ] as [(String, JSONObject, String?)])
    func `a file goes only where the method may take one`(
        method: String, parameters: JSONObject, refusedAt place: String?
    ) {
        var refusal: Failure?
        do throws(Failure) { _ = try Upload(method, parameters: parameters) } catch { refusal = error }
        #expect(refusal?.argument == place)
        #expect(refusal == nil || refusal?.code == Upload.notTakenCode)
    }

    @Test func `a listing names files and holds no content`() throws {
        let upload = try Upload("crm.item.add", parameters: ["fields": ["files": [Self.offer, Self.photo], "b": 1]])
        #expect(
            JSONValue.object(upload.described).text
                == #"{"fields":{"files":[{"file":"offer.pdf"},{"file":"photo.jpg"}],"b":1}}"#)
    }
}
