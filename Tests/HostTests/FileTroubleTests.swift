import Bitrix24
import Foundation
import Portal
import Synchronization
import Testing
import Wire

@testable import Host

/// Files on their way to and from a portal that misbehaves: whole or not at all, and never twice.
@Suite struct FileTroubleTests {
    private static let throttled = PortalFault.Kind.errorBefore(
        status: 503, code: "QUERY_LIMIT_EXCEEDED", description: "Too many requests")
    private static let tooMany = PortalFault.Kind.errorBefore(status: 429, code: "", description: "")
    private static let expired = PortalFault.Kind.errorBefore(
        status: 401, code: "expired_token", description: "The access token provided has expired.")
    private static let gone = PortalFault.Kind.errorBefore(status: 404, code: "ERROR_NOT_FOUND", description: "")

    private static let upload = """
        local drive = b24.disk.storage.getlist()[1].ROOT_OBJECT_ID
        local content = file.from("a.bin", ("x"):rep(\(Upload.twoStepBytesMin)))
        return b24.upload("disk.folder.uploadFile", { id = drive, fileContent = content }).NAME
        """

    private static let download = """
        local drive = b24.disk.storage.getlist()[1].ROOT_OBJECT_ID
        local content = file.from("a.bin", ("x"):rep(100000))
        local made = b24.upload("disk.folder.uploadFile", { id = drive, fileContent = content })
        return b24.download({ "disk.file.get", { id = made.ID } }, "got.bin").bytes
        """

    private func filesOnDrive(_ harness: RecipeHarness) throws -> Int {
        let drive = try harness.ask("disk.storage.getlist").arrayValue?.first?["ROOT_OBJECT_ID"] ?? .null
        return try harness.ask("disk.folder.getchildren", ["id": drive]).arrayValue?
            .count { $0["NAME"]?.stringValue == "a.bin" } ?? -1
    }

    private func left(_ harness: RecipeHarness) throws -> [String] {
        let folder = harness.folder.appendingPathComponent("files").path
        return FileManager.default.fileExists(atPath: folder)
            ? try FileManager.default.contentsOfDirectory(atPath: folder) : []
    }

    @Test(
        "An upload that the portal did not take is sent again",
        arguments: [
            ("upload", throttled, 2), ("upload", tooMany, 2), ("upload", expired, 1), ("upload", gone, 1),
            ("disk.folder.uploadfile", throttled, 2), ("disk.folder.uploadfile", .dropAfter, 2),
            ("disk.folder.uploadfile", .html, 1), ("disk.folder.uploadfile", .truncated, 1),
        ] as [(String, PortalFault.Kind, Int)])
    func uploadedAgain(method: String, kind: PortalFault.Kind, count: Int) async throws {
        let harness = try RecipeHarness()
        try harness.fail(method, kind, count: count)
        let run = try await harness.handler(Self.upload, limits: ["memory": "128MB", "size": "32MB"])
        #expect(run.failure == nil, "\(kind): \(run.shown)")
        #expect(run.reply == "a.bin")
        #expect(try filesOnDrive(harness) == 1)
    }

    @Test(
        "An upload of unknown outcome is uncertain and not repeated",
        arguments: [
            (.dropAfter, 1), (.dropBefore, 0), (.truncated, 1), (.cutJSON, 1), (.html, 0),
            (.errorAfter(status: 500, code: "INTERNAL_SERVER_ERROR", description: ""), 1),
            (.errorAfter(status: 502, code: "", description: ""), 1),
        ] as [(PortalFault.Kind, Int)])
    func uncertain(kind: PortalFault.Kind, written: Int) async throws {
        let harness = try RecipeHarness()
        try harness.fail("upload", kind, count: 1)
        let run = try await harness.handler(Self.upload, limits: ["memory": "128MB", "size": "32MB"])
        #expect(run.failure?.fields["uncertain"] == true, "\(kind): \(run.shown)")
        #expect(run.failure?.fields["retryable"] == false, "\(kind)")
        #expect(!run.shown.contains("token="), "\(run.shown)")
        #expect(try filesOnDrive(harness) == written, "\(kind)")
        // The storages, the address, the file.
        #expect(run.requests == 3, "\(kind)")
    }

    @Test(
        "A download goes on after trouble, with a new link when the old one has expired meanwhile",
        arguments: [
            [(.truncated, 1)], [(throttled, 1)], [(tooMany, 1)], [(expired, 1)], [(gone, 2)], [(.dropBefore, 1)],
            [(.truncated, 1), (expired, 1)],
        ] as [[(PortalFault.Kind, Int)]])
    func downloadedAgain(faults: [(kind: PortalFault.Kind, count: Int)]) async throws {
        let harness = try RecipeHarness()
        for (kind, count) in faults { try harness.fail("download", kind, count: count) }
        let run = try await harness.handler(Self.download)
        #expect(run.failure == nil, "\(faults): \(run.shown)")
        #expect(run.reply == 100_000)
        #expect(try left(harness) == ["got.bin"])
    }

    @Test(
        "A download that never comes whole leaves nothing behind",
        arguments: [
            (.truncated, "broke off"), (gone, "ERROR_NOT_FOUND"),
            (.redirect(to: "http://evil.example/x"), "plain http"),
            (.redirect(to: "https://127.0.0.1:1/x"), "No connection"), (.large(bytes: 2_000_000), "larger than"),
        ] as [(PortalFault.Kind, String)])
    func never(kind: PortalFault.Kind, words: String) async throws {
        let harness = try RecipeHarness()
        try harness.fail("download", kind)
        let run = try await harness.handler(Self.download, limits: ["file": "1MB"])
        #expect(run.failure?.message.contains(words) == true, "\(kind): \(run.shown)")
        #expect(!run.shown.contains("token="), "\(run.shown)")
        #expect(try left(harness).isEmpty)
    }

    @Test("Links count at the portal as calls do, and wait for its pace")
    func paced() async throws {
        let harness = try RecipeHarness(clockStands: false) { settings in
            settings.drainPerSecond = 50
            settings.burst = 5
        }
        let budget = SpyBudget(Pace.Plan(drainPerSecond: 50, burst: 5))
        let connection = try PortalConnection(webhook: harness.address.webhook, budget: budget)
        defer { connection.close() }
        let run = try await harness.handler(
            """
            local drive = b24.disk.storage.getlist()[1].ROOT_OBJECT_ID
            local made = b24.upload("disk.folder.uploadFile", { id = drive, fileContent = file.from("a.bin", "x") })
            for n = 1, 20 do b24.download({ "disk.file.get", { id = made.ID } }, n .. ".bin") end
            """, on: connection)
        #expect(run.failure == nil, "\(run.shown)")
        #expect(run.requests == 42)
        #expect(budget.refusals == 0)
        #expect(try left(harness).count == 20)
    }

    @Test("So many files are on their way at once, and a cancelled one leaves the queue")
    func semaphore() async throws {
        let semaphore = AsyncSemaphore(2)
        let (inside, entered) = AsyncStream.makeStream(of: Void.self)
        let (door, open) = AsyncStream.makeStream(of: Void.self)
        let most = Mutex((now: 0, most: 0))
        let body = { @Sendable () async throws(EffectFailure) in
            most.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            entered.yield()
            for await _ in door { break }
            most.withLock { $0.now -= 1 }
        }
        var arrivals = inside.makeAsyncIterator()
        let first = [Task { try await semaphore.withPermit(body) }, Task { try await semaphore.withPermit(body) }]
        await arrivals.next()
        await arrivals.next()
        let cancelled = Task { try await semaphore.withPermit(body) }
        cancelled.cancel()
        await #expect(throws: EffectFailure.self) { try await cancelled.value }
        let last = Task { try await semaphore.withPermit(body) }
        for _ in 0..<3 { open.yield() }
        for task in first + [last] { try await task.value }
        #expect(most.withLock { $0 == (0, 2) })
    }
}
