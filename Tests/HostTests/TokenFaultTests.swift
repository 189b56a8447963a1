import Portal
import Testing
import Wire

@testable import Bitrix24
@testable import Host

/// Each fault of the authorisation server with each kind of work, at the moment the access token has expired: a call
/// that the portal refused is done once when the token is renewed, else not at all, and nobody is left in doubt.
@Suite struct TokenFaultTests {
    private static let operations: [MatrixOperation] = [.get, .add, .batch, .many]

    @Test("The grant is kept or given up as it must be", arguments: TokenFault.all, operations)
    func cell(fault: TokenFault, operation: MatrixOperation) async throws {
        let other = FasterProcess()
        let clock: @Sendable () -> Int64 = { other.clock() }
        let world = try await FaultWorld(clock: clock) { $0.oauth.spentRefreshTokenWorks = fault.spentWorks }
        let portal = world.portal
        try world.fail(
            PortalFault(operation.request, .expireTokens, skip: operation.skip, count: 1),
            PortalFault("oauth.token", fault.kind, count: fault.count))
        if fault.isRotatedElsewhere { other.start(portal.portal, portal.store()) }
        let report = try await world.run(operation.lua(world.ids[0]))
        #expect(try world.endFaults() == (fault.count == nil ? 1 : 0), "the fault must have happened")

        let ending: FaultMatrixTests.Ending =
            switch fault.meaning {
            case .renewed: .done
            case .kept(let code): .failed(code, isUncertain: false, isWritten: false)
            case .refused: .failed("invalid_grant", isUncertain: false, isWritten: false)
            }
        if operation.isMany {
            // One request went through before the token expired; the others were under way by then.
            try FaultMatrixTests.checkItems(report, ending, world, failing: [70, 100])
        } else {
            try FaultMatrixTests.check(report, ending, operation, world)
            if case .refused(let hint) = fault.meaning { #expect(report.failure?.hint == hint) }
            if case .kept = fault.meaning { #expect(report.failure?.hint?.contains("the grant is kept") == true) }
        }
        try await checkGrant(fault, world)
    }

    /// What is stored, and what the next run meets.
    private func checkGrant(_ fault: TokenFault, _ world: FaultWorld) async throws {
        let portal = world.portal
        #expect(try portal.pairs() == fault.pairs)
        let asked = try portal.tokenRequests()
        let generation = try portal.store().grants().first?.generation
        let next = try await world.run(MatrixOperation.get.lua(world.ids[0]))
        switch fault.meaning {
        case .renewed:
            #expect(generation == 2 && next.reply == "row 0")
            #expect(try portal.tokenRequests() == asked)
        case .kept:
            #expect(generation == 1 && next.reply == "row 0")
            #expect(try portal.tokenRequests() == asked + 1 && portal.pairs() == fault.pairs + 1)
            #expect(try portal.store().grants().first?.generation == 2)
        case .refused:
            #expect(generation == 1 && next.failure?.fields["code"] == "INVALID_GRANT")
            #expect(try portal.tokenRequests() == asked, "nobody asks with a spent pair")
        }
    }
}
