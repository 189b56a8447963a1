import Portal
import Testing
import Wire

@testable import Bitrix24
@testable import Host

/// What goes wrong between people, not machines: each says what to do, in one sentence.
@Suite struct FaultAdviceTests {
    private func advice(_ report: RunReport, _ what: String) throws -> String {
        let failure = try #require(report.failure, "\(what)")
        let hint = try #require(failure.hint, "\(what)")
        #expect(!hint.contains("\n") && !hint.contains(". "), "\(what): one sentence: \(hint)")
        #expect(failure.fields["retryable"] == false && failure.fields["uncertain"] == false, "\(what)")
        return hint
    }

    @Test(
        "A grant that is refused",
        arguments: [
            ("tokens/revoke", "The grant is revoked, spent or older than 180 days: run 'host auth PORTAL' again."),
            ("applications/payment", "The subscription has ended: renew it on the portal."),
            ("applications/installation", "Install the application on the portal again."),
        ])
    func grant(control: String, sentence: String) async throws {
        let world = try await FaultWorld()
        try world.portal.expire()
        let clientID = JSONValue.string(GrantHarness.clientID)
        try world.portal.control(
            "POST", "/__portal/\(control)", ["clientID": clientID, "isExpired": true, "installation": "absent"])
        let report = try await world.run(MatrixOperation.add.lua(0))
        #expect(try advice(report, control) == sentence)
        #expect(try world.leads().count == 3)
    }

    @Test(
        "A portal that is closed",
        arguments: [
            ("deleted", "The portal no longer exists: remove it from the configuration."),
            (
                "commercialPlan",
                "REST needs a paid plan with a Market subscription: the portal's administrator can renew it."
            ),
            ("overloaded", "Bitrix24 has blocked REST on this portal by hand: only its support lifts that."),
        ])
    func closure(reason: String, sentence: String) async throws {
        let world = try await FaultWorld()
        try world.portal.control("POST", "/__portal/closure", ["reason": .string(reason)])
        for operation in MatrixOperation.allCases where !operation.isMany {
            let report = try await world.run(operation.lua(world.ids[0]))
            #expect(try advice(report, operation.rawValue) == sentence)
        }
        #expect(try world.leads().values.sorted() == ["row 0", "row 1", "row 2"])
    }

    @Test("A permission that the application lacks is named")
    func scope() async throws {
        let world = try await FaultWorld()
        let report = try await world.run("return b24.im.notify.system.add { USER_ID = 1, MESSAGE = \"hello\" }")
        #expect(try advice(report, "scope") == "Add the permission 'im' to the webhook or the application.")
    }

    @Test("A webhook used for what only applications may", arguments: PortalSettings.ApplicationOnly.allCases)
    func applicationOnly(refusal: PortalSettings.ApplicationOnly) async throws {
        let harness = try RecipeHarness { $0.applicationOnly = refusal }
        let report = try await harness.handler("return b24.app.info()").report
        #expect(
            try advice(report, "webhook")
                == "The method works for applications only, not for webhooks: authorise one with 'host auth PORTAL'.")
    }
}
