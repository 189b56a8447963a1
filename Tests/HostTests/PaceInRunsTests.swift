import Bitrix24
import Portal
import Testing

@testable import Host

@Suite struct PaceInRunsTests {
    @Test("Runs that share a connection share its pace: the portal never has to refuse")
    func sharedPace() async throws {
        // Sixty at once would be more than this portal takes.
        let harness = try RecipeHarness(clockStands: false) { settings in
            settings.drainPerSecond = 30
            settings.burst = 55
        }
        let budget = SpyBudget(Pace.Plan(drainPerSecond: 30, burst: 55))
        let connection = try PortalConnection(webhook: harness.address.webhook, budget: budget)
        defer { connection.close() }
        let path = try harness.file("recipe.lua", "for _ = 1, 15 do b24.call(\"server.time\") end").path
        let failures = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    guard let folder = try? RecipeFolder(path) else { return "no recipe" }
                    let environment = RunEnvironment(
                        portal: connection, store: KeyValueStore(.memory), output: { _ in }, log: { _ in })
                    return await RecipeRun.run(RunRequest(recipe: folder), in: environment).failure?.message
                }
            }
            return await group.reduce(into: [String]()) { if let message = $1 { $0.append(message) } }
        }
        #expect(failures.isEmpty)
        #expect(budget.refusals == 0)
        #expect(try harness.methodsRun().count == 60)
    }
}
