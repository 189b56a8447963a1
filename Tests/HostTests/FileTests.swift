import Foundation
import Testing
import Wire

@testable import Bitrix24
@testable import Host

/// Files of recipes, to and from the Drive of the local portal.
@Suite struct FileTests {
    private static let drive = "local drive = b24.disk.storage.getlist()[1].ROOT_OBJECT_ID\n"

    private static func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }

    private func put(_ harness: RecipeHarness, _ name: String, _ bytes: [UInt8]) throws {
        let file = harness.folder.appendingPathComponent("files").appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    private func got(_ harness: RecipeHarness, _ name: String) -> [UInt8]? {
        (try? Data(contentsOf: harness.folder.appendingPathComponent("files/\(name)"))).map(Array.init)
    }

    @Test(
        "A file goes to Drive and comes back the same, in one request or, when it is large, in two",
        arguments: [
            (0, 1), (1, 1), (70_001, 1), (Upload.twoStepBytesMin - 1, 1), (Upload.twoStepBytesMin, 2), (9_000_000, 2),
        ])
    func there(size: Int, requests: Int) async throws {
        let harness = try RecipeHarness()
        let content = Self.pattern(size)
        try put(harness, "in/offer.pdf", content)
        let run = try await harness.run(
            Self.drive + """
                local offer = file.read "in/offer.pdf"
                local file = b24.upload("disk.folder.uploadFile", { id = drive, fileContent = offer })
                assert(file.NAME == "offer.pdf", file.NAME)
                local got = b24.download({ "disk.file.get", { id = file.ID } }, "out/deep/copy.pdf")
                print(got.path, got.bytes)
                """)
        #expect(run.failure == nil, "\(run.shown)")
        #expect(run.printed == "out/deep/copy.pdf\t\(size)\n")
        #expect(got(harness, "out/deep/copy.pdf") == content)
        // The storages, the upload, the method with the link, the link.
        #expect(run.requests == 3 + requests)
    }

    @Test("Bytes at hand are a file too, and a link of a record is enough to download from")
    func atHand() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.run(
            Self.drive + """
                local made = b24.upload("disk.folder.uploadFile",
                  { id = drive, data = { NAME = "b.bin" }, fileContent = file.from("a.bin", "\\0\\255x") })
                assert(made.NAME == "b.bin")
                b24.download(b24.disk.file.get { id = made.ID }, "b.bin")
                b24.download(b24.disk.file.get { id = made.ID }.DOWNLOAD_URL, "c.bin")
                """)
        #expect(run.failure == nil, "\(run.shown)")
        #expect(got(harness, "b.bin") == [0, 255, 0x78])
        #expect(got(harness, "c.bin") == [0, 255, 0x78])
        #expect(!run.shown.contains("token="))
    }

    @Test("A plan lists uploads and downloads, sends nothing and writes nothing")
    func planned() async throws {
        let harness = try RecipeHarness()
        try put(harness, "a.txt", Self.pattern(10))
        let run = try await harness.run(
            """
            local made = b24.upload("disk.folder.uploadFile", { id = 1, fileContent = file.read "a.txt" })
            local got = b24.download({ "disk.file.get", { id = 7 } }, "b.txt")
            b24.upload("disk.folder.uploadFile", { id = 1, fileContent = file.read(got.path) })
            """, mode: .plan)
        #expect(run.failure == nil, "\(run.shown)")
        #expect(
            run.report.plan.map(\.described) == [
                #"would write disk.folder.uploadFile {"fileContent":{"file":"a.txt"},"id":1}"#,
                #"would write b24.download {"from":"disk.file.get","path":"b.txt"}"#,
                #"would write disk.folder.uploadFile {"fileContent":{"file":"b.txt"},"id":1}"#,
            ])
        #expect(run.requests == 0)
        #expect(got(harness, "b.txt") == nil)
    }

    @Test("What cannot be sent or written is refused with its reason, and nothing is left behind")
    func refused() async throws {
        let harness = try RecipeHarness()
        try put(harness, "a.txt", Self.pattern(11))
        try FileManager.default.createSymbolicLink(
            atPath: harness.folder.appendingPathComponent("files/link.txt").path, withDestinationPath: "a.txt")
        try FileManager.default.createSymbolicLink(
            atPath: harness.folder.appendingPathComponent("files/up").path, withDestinationPath: "..")
        let upload = "b24.upload(\"disk.folder.uploadFile\", { id = 1, fileContent = file.read \"%\" })"
        let download = "b24.download({ \"disk.file.get\", { id = 1 } }, \"%\")"
        let cases: [(lua: String, message: String)] = [
            (upload.replacing("%", with: "missing.txt"), "No such file"),
            (upload.replacing("%", with: "../recipe.lua"), "no path inside"),
            (upload.replacing("%", with: "/etc/passwd"), "no path inside"),
            (upload.replacing("%", with: "up/recipe.lua"), "cannot open"),
            (upload.replacing("%", with: "link.txt"), "is a link"),
            (upload.replacing("%", with: "."), "no path inside"),
            (download.replacing("%", with: "../recipe.lua"), "no path inside"),
            (download.replacing("%", with: "up/x"), "cannot open"),
            (download.replacing("%", with: "a/b/c/d/e/f/g/h/i"), "no path inside"),
            ("b24.upload(\"disk.folder.uploadFile\", { id = 1 })", "0 files among the parameters"),
            ("b24.upload(\"disk.folder.uploadFil\", {})", "did you mean disk.folder.uploadFile"),
            ("b24.download({ \"user.current\" }, \"x\")", "no link"),
            ("b24.download(\"http://127.0.0.1:1/x\", \"x\")", "plain http"),
            ("b24.download(\"https://127.0.0.1:1/x\", \"x\")", "No connection"),
            ("b24.download(7, \"x\")", "there is no link in it"),
            ("b24.crm.item.add { fields = { a = file.read \"a.txt\" } }", "b24.upload"),
        ]
        for (lua, message) in cases {
            let run = try await harness.run("\n" + lua)
            let failure = try #require(run.failure, "\(lua)")
            #expect(failure.message.contains(message), "\(lua): \(failure.message)")
            #expect(failure.message.contains("recipe.lua:2: "), "\(failure.message)")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: harness.folder.path + "/files").sorted()
        #expect(names.filter { $0 != "a" } == ["a.txt", "link.txt", "up"])
    }

    @Test("One limit bounds each file, in both directions")
    func limited() async throws {
        let harness = try RecipeHarness()
        try put(harness, "a.txt", Self.pattern(11))
        let lua =
            Self.drive + """
                local made = b24.upload("disk.folder.uploadFile", { id = drive, fileContent = file.read "a.txt" })
                b24.download({ "disk.file.get", { id = made.ID } }, "b.txt")
                """
        #expect(try await harness.run(lua, limits: ["file": "11B"]).failure == nil)
        let sending = try await harness.run(lua, limits: ["file": "10B"])
        #expect(sending.failure?.message.contains("11 bytes, more than the 10 allowed") == true, "\(sending.shown)")
        let made = try await harness.run(Self.drive + "return b24.disk.folder.getchildren { id = drive }")
        #expect(made.failure == nil)
        let receiving = try await harness.run(
            Self.drive + """
                local made = b24.upload("disk.folder.uploadFile", { id = drive, fileContent = file.from("c", "x") })
                b24.download({ "disk.folder.getchildren", { id = drive } }, "d.txt", "0")
                """, limits: ["file": "10B"])
        #expect(receiving.failure?.message.contains("larger than 10 bytes") == true, "\(receiving.shown)")
        #expect(got(harness, "d.txt") == nil)
    }
}
