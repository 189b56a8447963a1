import Portal
import Testing
import Wire

@testable import Host

/// Each fault with each kind of work: what the recipe is told is true of the portal, to the record.
@Suite struct FaultMatrixTests {
    enum Ending: Equatable {
        case done
        /// - Parameter isWritten: whether the portal did it all the same.
        case failed(String, isUncertain: Bool, isWritten: Bool)
    }

    static func ending(_ fault: MatrixFault, _ operation: MatrixOperation) -> Ending {
        // A token that is refused right after it was renewed is not renewed again.
        if case .expireTokens = fault.kind, operation == .refresh {
            return .failed("expired_token", isUncertain: false, isWritten: false)
        }
        switch fault.meaning {
        case .passing: return .done
        case .refused(let code): return .failed(code, isUncertain: false, isWritten: false)
        case .lost(let code, let wasDone):
            guard !operation.isRead, !operation.isSettled else { return .done }
            return .failed(code, isUncertain: true, isWritten: wasDone)
        case .lostForReadsToo(let code):
            // A list is asked for in smaller pieces then.
            guard !operation.isSettled, operation != .each else { return .done }
            return .failed(code, isUncertain: !operation.isRead, isWritten: false)
        }
    }

    @Test("What the recipe is told is what the portal has", arguments: MatrixFault.all, MatrixOperation.allCases)
    func cell(fault: MatrixFault, operation: MatrixOperation) async throws {
        let world = try await FaultWorld(rows: operation.rows)
        if operation == .refresh { try world.portal.expire() }
        try world.fail(PortalFault(operation.request, fault.kind, skip: operation.skip, count: 1))
        let report = try await world.run(operation.lua(world.ids[0]))
        #expect(try world.endFaults() == 0, "the fault must have happened")
        let ending = Self.ending(fault, operation)
        if operation.isMany {
            try Self.checkItems(report, ending, world)
        } else {
            try Self.check(report, ending, operation, world)
        }
    }

    /// One call, batch or list.
    static func check(
        _ report: RunReport, _ ending: Ending, _ operation: MatrixOperation, _ world: FaultWorld
    ) throws {
        let leads = try world.leads()
        let isDone: Bool
        switch ending {
        case .done:
            isDone = true
            #expect(report.failure == nil, "\(report.failure?.message ?? "")")
            let reply = report.reply ?? .null
            switch operation {
            case .each: #expect(reply.arrayValue?.compactMap(\.integerValue).sorted() == world.ids.map(Int64.init))
            case .get: #expect(reply == "row 0")
            case .update, .delete: #expect(reply == true)
            case .batch:
                #expect(reply[0]?.integerValue.flatMap { leads[Int($0)] } == "new 1" && reply[1] == "new 1")
            default: #expect(reply.integerValue.flatMap { leads[Int($0)] } == "new 1")
            }
        case .failed(let code, let isUncertain, let isWritten):
            isDone = isWritten
            let failure = try #require(report.failure)
            #expect(failure.fields["code"] == .string(code), "\(failure.message)")
            #expect(failure.fields["uncertain"] == .bool(isUncertain), "\(failure.message)")
            #expect(failure.fields["retryable"] == false, "\(failure.message)")
            #expect(failure.hint?.isEmpty == false)
        }
        let rows = world.ids.indices.map { "row \($0)" }
        #expect(leads.values.sorted() == operation.titles(rows, isDone: isDone).sorted())
    }

    /// `b24.many`: the items of the request that was hit have the fault's ending, all others are done.
    ///
    /// - Parameter counts: how many items the requests that were hit may have together.
    static func checkItems(
        _ report: RunReport, _ ending: Ending, _ world: FaultWorld, failing counts: [Int] = [50, 20]
    ) throws {
        #expect(report.failure == nil, "\(report.failure?.message ?? "")")
        let results = try #require(report.reply?[0]?.arrayValue)
        let failures = try #require(report.reply?[1]?.arrayValue)
        let leads = try world.leads()
        let failed = Set(failures.compactMap { $0[0]?.integerValue }.map(Int.init))
        var titles = world.ids.indices.map { "row \($0)" }
        switch ending {
        case .done: #expect(failures.isEmpty, "\(failures.first?.text ?? "")")
        case .failed(let code, let isUncertain, let isWritten):
            #expect(counts.contains(failed.count), "\(failed.count) items")
            for failure in failures {
                #expect(failure[1] == .string(code) && failure[2] == .bool(isUncertain) && failure[3] == false)
            }
            if isWritten { titles += failed.map { "new \($0)" } }
        }
        #expect(results.count == MatrixOperation.itemCount)
        for (place, result) in results.enumerated() where !failed.contains(place + 1) {
            let title = "new \(place + 1)"
            #expect(result.integerValue.flatMap { leads[Int($0)] } == title)
            titles.append(title)
        }
        #expect(leads.values.sorted() == titles.sorted())
    }

    @Test(
        "An answer that never comes ends the run at its wall time, with what had been done before",
        arguments: MatrixOperation.allCases)
    func silence(operation: MatrixOperation) async throws {
        let world = try await FaultWorld(rows: operation.rows)
        if operation == .refresh { try world.portal.expire() }
        try world.fail(PortalFault(operation.request, .never, skip: operation.skip, count: 1))
        let report = try await world.run(operation.lua(world.ids[0]), limits: ["wall": "500ms"])
        #expect(report.failure?.kind == .limit)
        // Of many, two requests go out beside; each is done whole or not at all.
        let added = Set(try world.leads().values).subtracting(world.ids.indices.map { "row \($0)" })
        #expect(operation.isMany ? [0, 20, 50, 70, 100].contains(added.count) : added.isEmpty)
        #expect(try world.leads().count == world.ids.count + added.count)
    }
}
