import Foundation
import Net
import Testing

/// Files to and from a server, without being whole in memory anywhere.
@Suite struct FileTransferTests {
    private static func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }

    // -- Uploads ------------------------------------------------------------------------------------------------------

    @Test(arguments: [0, 1, 2, 3, 4, 300, 49_151, 49_152, 49_153, 1_000_003])
    func `a body of pieces arrives as one`(count: Int) async throws {
        let content = Self.pattern(count)
        let exchange = try Exchange()
        let file = try exchange.source("upload.bin", content)
        let upload = HTTPUpload([
            .bytes(Array("{\"a\":\"".utf8)), .base64(file), .bytes([]), .bytes(Array("\",\"b\":\"".utf8)), .file(file),
            .base64(FileSource(bytes: content)), .bytes(Array("\"}".utf8)),
        ])
        let text = Data(content).base64EncodedString()
        var request = HTTPRequest(url: exchange.url)
        request.upload = upload
        let response = try await exchange.client.send(request)
        let expected = Array("{\"a\":\"\(text)\",\"b\":\"".utf8) + content + Array("\(text)\"}".utf8)
        #expect(response.body == expected)
        #expect(response.header("X-Length") == String(expected.count))
        #expect(upload.byteCount == expected.count)
    }

    @Test func `a form with a file is multipart/form-data, its names kept from breaking out`() async throws {
        let exchange = try Exchange()
        let file = try exchange.source("upload.bin", Array("content\r\n".utf8))
        let form = MultipartForm(field: "file", fileName: "a \"b\"\r\nX: y.pdf", file: file)
        var request = HTTPRequest(url: exchange.url, headers: [("Content-Type", form.contentType)])
        request.upload = form.upload
        let response = try await exchange.client.send(request)
        let boundary = try #require(form.contentType.split(separator: "=").last)
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; "
                + "filename=\"a %22b%22%0D%0AX: y.pdf\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                + "content\r\n\r\n--\(boundary)--\r\n")
        #expect(MultipartForm(field: "file", fileName: "a", file: file).contentType != form.contentType)
    }

    @Test func `a handle that sent a file sends ordinary bodies again`() async throws {
        let exchange = try Exchange()
        var request = HTTPRequest(url: exchange.url)
        request.upload = HTTPUpload([.bytes(Array("piece".utf8))])
        #expect(try await exchange.client.send(request).body == Array("piece".utf8))
        for body in ["whole", ""] {
            #expect(
                try await exchange.client.send(HTTPRequest(url: exchange.url, body: Array(body.utf8))).body
                    == Array(body.utf8))
        }
    }

    @Test func `a file that became shorter ends the request`() async throws {
        let exchange = try Exchange()
        let file = try exchange.source("upload.bin", Self.pattern(400_000))
        try Data([1]).write(to: exchange.folder.appendingPathComponent("upload.bin"), options: [])
        truncate(exchange.folder.appendingPathComponent("upload.bin").path, 10)
        var request = HTTPRequest(url: exchange.url)
        request.upload = HTTPUpload([.file(file)])
        #expect(await failureOf(exchange.client, request)?.kind == .file)
    }

    @Test(arguments: [[UInt8](repeating: 7, count: 400_000), pattern(400_001)])
    func `a file that was written to since it was opened is not sent`(content: [UInt8]) async throws {
        let exchange = try Exchange()
        let file = try exchange.source("upload.bin", Self.pattern(400_000))
        let path = exchange.folder.appendingPathComponent("upload.bin").path
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.write(contentsOf: content)
        try handle.close()
        // The file system's clock may not have moved on between the two.
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: 60)], ofItemAtPath: path)
        var request = HTTPRequest(url: exchange.url)
        request.upload = HTTPUpload([.base64(file)])
        #expect(await failureOf(exchange.client, request)?.kind == .file)
        #expect(exchange.requestCount == 0)
    }

    @Test func `only a regular file of a bounded size is sent`() throws {
        let exchange = try Exchange()
        let path = exchange.folder.appendingPathComponent("f").path
        #expect(throws: FileFailure.self) { try FileSource(path: path, bytesMax: 10) }
        try Data(Self.pattern(11)).write(to: URL(fileURLWithPath: path))
        let large = #expect(throws: FileFailure.self) { try FileSource(path: path, bytesMax: 10) }
        #expect(large?.kind == .tooLarge)
        let folder = #expect(throws: FileFailure.self) { try FileSource(path: exchange.folder.path, bytesMax: 10) }
        #expect(folder?.kind == .notRegular)
        mkfifo(path + ".pipe", 0o600)
        let pipe = #expect(throws: FileFailure.self) { try FileSource(path: path + ".pipe", bytesMax: 10) }
        #expect(pipe?.kind == .notRegular)
    }

    // -- Downloads ----------------------------------------------------------------------------------------------------

    @Test(arguments: [0, 1, 5_000_000])
    func `a file is there once it is committed, and nothing before`(count: Int) async throws {
        let content = Self.pattern(count)
        let exchange = try Exchange(answer: content)
        try exchange.write("got.bin", "before")
        let response = try await exchange.download("got.bin", bytesMax: count) {
            let before = try exchange.text("got.bin")
            #expect(before == "before")
        }
        #expect(response.status == 200 && response.body.isEmpty)
        #expect(try Array(Data(contentsOf: exchange.folder.appendingPathComponent("got.bin"))) == content)
        #expect(try exchange.names() == ["got.bin"])
    }

    @Test(arguments: [true, false])
    func `a file beyond the bound leaves nothing behind`(isAnnounced: Bool) async throws {
        let exchange = try Exchange(answer: Self.pattern(200_000), isAnnounced: isAnnounced)
        let failure = await #expect(throws: HTTPFailure.self) {
            try await exchange.download("got.bin", bytesMax: 199_999)
        }
        #expect(failure?.kind == .tooLarge)
        #expect(failure?.message.contains("199999") == true)
        #expect(try exchange.names().isEmpty)
    }

    @Test func `an answer that breaks off leaves nothing behind`() async throws {
        let server = try RawServer { _ in Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".utf8) }
        let exchange = try Exchange(url: "http://127.0.0.1:\(server.port)/")
        let failure = await #expect(throws: HTTPFailure.self) { try await exchange.download("got.bin") }
        #expect(failure?.kind == .truncated)
        #expect(try exchange.names().isEmpty)
    }

    @Test func `what is no success comes in memory, and the file stays as it was`() async throws {
        let exchange = try Exchange(answer: Array("gone".utf8), status: 404)
        try exchange.write("got.bin", "before")
        let target = try FileTarget(path: exchange.folder.appendingPathComponent("got.bin").path, bytesMax: 1)
        var request = HTTPRequest(method: "GET", url: exchange.url)
        request.target = target
        let response = try await exchange.client.send(request)
        #expect(response.status == 404 && response.body == Array("gone".utf8) && target.bytesWritten == 0)
        #expect(try exchange.text("got.bin") == "before")
    }

    @Test func `a cancelled download leaves nothing behind`() async throws {
        let exchange = try Exchange(status: nil)
        let task = Task { try await exchange.download("got.bin") }
        await exchange.arrival()
        task.cancel()
        await #expect(throws: HTTPFailure.self) { try await task.value }
        #expect(try exchange.names().isEmpty)
    }

    @Test func `a link in the target's place is replaced and not followed`() async throws {
        let exchange = try Exchange(answer: Array("new".utf8))
        try exchange.write("victim", "untouched")
        let link = exchange.folder.appendingPathComponent("got.bin")
        try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "victim")
        _ = try await exchange.download("got.bin")
        #expect(try exchange.text("victim") == "untouched")
        #expect(try exchange.text("got.bin") == "new")
    }

    @Test(arguments: ["", ".", "..", "a\0b", "folder", String(repeating: "x", count: 201)])
    func `a name that is none for a file is refused`(name: String) throws {
        let exchange = try Exchange()
        try FileManager.default.createDirectory(
            at: exchange.folder.appendingPathComponent("folder"), withIntermediateDirectories: true)
        #expect(throws: FileFailure.self) { try FileTarget(path: exchange.folder.path + "/" + name, bytesMax: 1) }
        #expect(throws: FileFailure.self) { try FileTarget(path: exchange.folder.path + "/missing/a", bytesMax: 1) }
    }

    @Test func `a pipe or a device is not replaced by a file`() throws {
        let exchange = try Exchange()
        let pipe = exchange.folder.appendingPathComponent("pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        for path in [pipe, "/dev/null"] {
            let failure = #expect(throws: FileFailure.self) { try FileTarget(path: path, bytesMax: 1) }
            #expect(failure?.kind == .notRegular)
        }
    }

    // -- Where to -----------------------------------------------------------------------------------------------------

    @Test func `a stranger's address does not lead to this machine`() async throws {
        let exchange = try Exchange(answer: Array("secret".utf8))
        for url in [exchange.url, exchange.url.replacingOccurrences(of: "127.0.0.1", with: "localhost")] {
            var request = HTTPRequest(method: "GET", url: url)
            request.refusesPrivateAddresses = true
            let failure = await failureOf(exchange.client, request)
            #expect(failure?.kind == .forbiddenAddress)
            #expect(failure?.mayHaveBeenSent == false)
        }
        #expect(exchange.requestCount == 0)
    }
}
