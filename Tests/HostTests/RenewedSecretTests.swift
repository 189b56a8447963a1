import Foundation
import Portal
import Testing
import Wire

@testable import Bitrix24
@testable import Host

@Suite("Tokens that a run renews")
struct RenewedSecretTests {
    /// What people get to see of a run that meets its own secrets after a renewal.
    private struct Seen {
        var shown = ""
        var failure: RunFailure?
        var secrets: [String] = []
    }

    @Test("are shown neither printed nor logged nor in an error, whatever brings them")
    func hidden() async throws {
        let cases: [(what: String, lua: String)] = [
            ("what is printed and logged", "print(t) print('x' .. t .. 'y') log.info('it is ' .. t, { token = t })"),
            ("the recipe's own error", "error('broken: ' .. t)"),
            ("the recipe's own failure", "error({ code = t, message = t })"),
            ("what the portal says", "b24.user.get { ID = 1 }"),
            (
                "what the portal says of a batch",
                "local _, e = b24.batch({ a = { 'user.get', {} } }, { partial = true }) log.warn('no', { e = e.a })"
            ),
            (
                "what the portal says of many",
                "local _, e = b24.many('user.get', { { ID = 1 } }, { partial = true }) log.warn('no', { e = e })"
            ),
        ]
        for (what, lua) in cases {
            let seen = try await run(lua)
            #expect(seen.secrets.count == 5)
            for secret in seen.secrets { #expect(!seen.shown.contains(secret), "\(what): \(seen.shown)") }
            #expect(seen.shown.contains("[secret]"), "\(what): \(seen.shown)")
        }
    }

    /// Lets the token expire while the recipe runs, and gives the recipe the new ones in the fields of a deal, as a
    /// portal might in a download's address.
    private func run(_ lua: String) async throws -> Seen {
        let harness = try GrantHarness()
        let before = try await harness.authorize()
        let connection = try harness.connection()
        var seen = Seen()
        seen.secrets = [before.accessToken.exposed, before.refreshToken.exposed]
        let code = """
            print('expire')
            b24.user.current{}
            print('renewed')
            for _, field in ipairs { 'TITLE', 'COMMENTS', 'ADDITIONAL_INFO' } do
              local t = b24.crm.deal.list { order = { ID = 'DESC' } }[1][field]
              \(lua)
            end
            """
        let file = harness.folder.appendingPathComponent("recipe.lua")
        try Data(code.utf8).write(to: file)
        var trouble: (any Error)?
        let environment = RunEnvironment(
            portal: connection, store: KeyValueStore(.memory),
            output: { bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                do {
                    if text == "expire\n" { try harness.expire() }
                    if text == "renewed\n" { seen.secrets += try tell(harness) }
                } catch {
                    trouble = error
                }
                seen.shown += text
            }, log: { seen.shown += $0 + "\n" })
        let report = await RecipeRun.run(RunRequest(recipe: try RecipeFolder(file.path)), in: environment)
        if let trouble { throw trouble }
        if let failure = report.failure {
            seen.shown +=
                report.json.text + failure.message + (failure.hint ?? "") + JSONValue.object(failure.fields).text
        }
        return seen
    }

    /// Puts the new secrets where the recipe finds them. Returns them.
    private func tell(_ harness: GrantHarness) throws -> [String] {
        let grant = try #require(try harness.store().grants().first?.grant)
        let secrets = [grant.accessToken, grant.refreshToken, grant.application.clientSecret].map(\.exposed)
        try harness.portal.withEngine { (engine) throws(PortalFailure) in
            let deal: JSONValue = [
                "fields": [
                    "TITLE": .string(secrets[0]), "COMMENTS": .string(secrets[1]),
                    "ADDITIONAL_INFO": .string(secrets[2]),
                ]
            ]
            _ = engine.handle(
                PortalRequest(
                    "POST", "/rest/1/\(RecipeHarness.secret)/crm.deal.add",
                    headers: [(name: "Content-Type", value: "application/json")], body: deal.encoded()))
            for isInBatch in [false, true] {
                engine.faults.add(
                    PortalFault(
                        isInBatch ? "*" : "user.get",
                        .errorBefore(status: 400, code: "ODD", description: "auth=\(secrets.joined(separator: "&"))"),
                        isInBatch: isInBatch))
            }
        }
        return secrets
    }
}
