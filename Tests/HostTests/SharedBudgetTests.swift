import Bitrix24
import Foundation
import Storage
import Synchronization
import Testing

@testable import Host

/// What several processes share; here several budgets over one folder.
@Suite struct SharedBudgetTests {
    private static let portal = "https://acme.bitrix24.com"

    /// A folder that is gone after the test.
    private final class Folder {
        let path: String

        init() throws {
            let url = FileManager.default.temporaryDirectory.appendingPathComponent("budget-\(UUID())")
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            path = url.path
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private final class Warnings: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private func budget(in folder: Folder, _ warnings: Warnings = Warnings()) -> SharedBudget {
        SharedBudget(in: folder.path) { warnings.add($0) }
    }

    private func isSent(_ answer: BudgetAnswer) -> Bool {
        guard case .send = answer.decision else { return false }
        return true
    }

    @Test("Two processes send together what one could send alone")
    func together() throws {
        let folder = try Folder()
        let warnings = Warnings()
        let budgets = [budget(in: folder, warnings), budget(in: folder, warnings)]
        let nowNS = MonotonicClock.nowNS()
        let sent = (0..<100).map { isSent(budgets[$0 % 2].settle(BudgetReport(.now), for: Self.portal, nowNS: nowNS)) }
        #expect(sent.filter(\.self).count == 46)
        #expect(isSent(budgets[0].settle(BudgetReport(.now), for: "https://other.bitrix24.com")))
        #expect(warnings.all.isEmpty)
    }

    @Test("A refusal of one process holds the others")
    func hold() throws {
        let folder = try Folder()
        let (one, other) = (budget(in: folder), budget(in: folder))
        var report = BudgetReport()
        report.isRefused = true
        let nowNS = MonotonicClock.nowNS()
        #expect(one.settle(report, for: Self.portal, nowNS: nowNS).decision == nil)
        guard case .wait = other.settle(BudgetReport(.now), for: Self.portal, nowNS: nowNS).decision else {
            Issue.record("sends into a refusal")
            return
        }
        #expect(try SharedBudget.standings(in: folder.path, nowNS: nowNS).first?.holdSeconds ?? 0 > 0)
    }

    @Test("A blocked method is blocked for the others, and told once")
    func operating() throws {
        let folder = try Folder()
        let (one, other) = (budget(in: folder), budget(in: folder))
        var ledger = OperatingLedger()
        let key = OperatingLedger.Key(holder: "webhook 1a2b of user 1", method: "crm.lead.list")
        // As seen in a minute from now, so that it still holds when the test was kept waiting.
        ledger.refused(key, nowNS: MonotonicClock.nowNS() + 60_000_000_000)
        var report = BudgetReport()
        report.operating = ledger.takeChanges()
        _ = one.settle(report, for: Self.portal)
        #expect(other.settle(BudgetReport(.now), for: Self.portal).operating.map(\.key) == [key])
        #expect(other.settle(BudgetReport(.now), for: Self.portal).operating.isEmpty)
        let methods = try SharedBudget.standings(in: folder.path).first?.methods
        #expect(methods?.map(\.key) == [key])
        #expect(methods?.first?.blockedSeconds ?? 0 > 0)
    }

    @Test("A folder or a file that cannot be used is said once, and calls go on")
    func unusable() throws {
        let open = try Folder()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: open.path)
        let damaged = try Folder()
        try Data("this is no database, however long one looks at it".utf8)
            .write(to: URL(fileURLWithPath: damaged.path + "/budget.db"))
        let taken = try Folder()
        try FileManager.default.createDirectory(atPath: taken.path + "/budget.db", withIntermediateDirectories: false)
        let cases = [open.path, damaged.path, damaged.path + "/budget.db", taken.path, "/proc/none/host"]
        for path in cases {
            let warnings = Warnings()
            let budget = SharedBudget(in: path) { warnings.add($0) }
            #expect(isSent(budget.settle(BudgetReport(.now), for: Self.portal)), "\(path)")
            #expect(isSent(budget.settle(BudgetReport(.now), for: Self.portal)), "\(path)")
            #expect(warnings.all.count == 1, "\(path): \(warnings.all)")
        }
    }

    /// What a budget still grants at one moment.
    private func granted(_ budget: SharedBudget, nowNS: UInt64) -> Int {
        (0..<100).prefix { _ in isSent(budget.settle(BudgetReport(.now), for: Self.portal, nowNS: nowNS)) }.count
    }

    @Test("While the file is locked a process goes on from what it last saw; afterwards the others hear of what it did")
    func locked() throws {
        let folder = try Folder()
        let warnings = Warnings()
        let (one, other) = (budget(in: folder, warnings), budget(in: folder))
        let startNS = MonotonicClock.nowNS()
        for _ in 0..<40 { #expect(isSent(other.settle(BudgetReport(.now), for: Self.portal, nowNS: startNS))) }
        #expect(isSent(one.settle(BudgetReport(.now), for: Self.portal, nowNS: startNS)))
        do {
            let holder = try Database(.file(BudgetFile.path(in: folder.path)))
            try holder.executeScript("BEGIN EXCLUSIVE")
            #expect(granted(one, nowNS: startNS) == 5, "41 of 46 are used up")
            #expect(warnings.all.count == 1 && warnings.all[0].contains(folder.path), "\(warnings.all)")
            #expect(granted(one, nowNS: startNS + SharedBudget.failedWaitNS - 1) == 46, "it is not looked at again")
            try holder.executeScript("ROLLBACK")
        }
        let laterNS = startNS + SharedBudget.failedWaitNS
        #expect(granted(one, nowNS: laterNS) == 0)
        #expect(granted(other, nowNS: laterNS) == 0, "the bucket that one filled alone")
        #expect(warnings.all.count == 1)
    }

    @Test("A file that is damaged under way is said once, and calls go on in a pace of their own")
    func damaged() throws {
        let folder = try Folder()
        let warnings = Warnings()
        let one = budget(in: folder, warnings)
        let startNS = MonotonicClock.nowNS()
        for _ in 0..<40 { #expect(isSent(one.settle(BudgetReport(.now), for: Self.portal, nowNS: startNS))) }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let url = URL(fileURLWithPath: "\(folder.path)/\(name)")
            try Data(repeating: 0x78, count: 1 << 16).write(to: url)
        }
        #expect(granted(one, nowNS: startNS) == 6)
        #expect(granted(one, nowNS: startNS + 2 * SharedBudget.failedWaitNS) == 46)
        #expect(warnings.all.count == 1, "\(warnings.all)")
    }

    @Test("Looking makes no file")
    func looking() throws {
        let folder = try Folder()
        #expect(try SharedBudget.standings(in: folder.path).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test("The runtime folder is the one that was named, or the user's own")
    func folders() {
        let named = ["HOST_RUNTIME_DIR": "/a", "XDG_RUNTIME_DIR": "/b"]
        #expect(RuntimeDirectory.path { named[$0] } == "/a")
        #expect(RuntimeDirectory.path { ["XDG_RUNTIME_DIR": "/b"][$0] } == "/b/host")
        #expect(RuntimeDirectory.path { _ in nil } == "/tmp/host-\(getuid())")
    }
}
