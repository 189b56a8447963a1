import Bitrix24
import Glibc
import Host
import Wire

/// Many runs of one recipe at once in one process, each through the entry that `host run` uses: what a server does, and
/// what one `host run` cannot show.
///
///     RunsTogether STORE KEY-FILE PORTAL RECIPE RUNS
///
/// Says `ready`, waits for a line, then runs. Prints one JSON object: runs, failed, reads, failures.
@main
struct RunsTogether {
    private static let runsMax = 1_000
    /// More would say the same.
    private static let failuresShownMax = 3
    /// So many that the portal's pace is not what is measured.
    private static let plan = Pace.Plan(drainPerSecond: 10_000, burst: 10_000)

    private struct Usage: Error {}

    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 6, let runs = Int(words[5]), (1...runsMax).contains(runs) else { throw Usage() }
        let store = GrantStore(words[1], key: .file(words[2]))
        guard let grant = try store.grants(named: words[3]).first else { throw Usage() }
        let connection = PortalConnection(grant: grant, in: store, plan: plan)
        let recipe = try RecipeFolder(words[4])
        print("ready")
        // A pipe's reader waits for it.
        fflush(nil)
        guard readLine() != nil else { return }
        let reports = await withTaskGroup(of: RunReport.self) { group in
            for _ in 0..<runs { group.addTask { await report(of: recipe, on: connection) } }
            var reports: [RunReport] = []
            for await report in group { reports.append(report) }
            return reports
        }
        await connection.finish()
        let failures = reports.compactMap(\.failure)
        let said: JSONObject = [
            "runs": .integer(Int64(reports.count)), "failed": .integer(Int64(failures.count)),
            "reads": .integer(Int64(reports.reduce(0) { $0 + $1.reads })),
            "failures": .array(failures.prefix(failuresShownMax).map { .string($0.message) }),
        ]
        print(JSONValue.object(said).text)
    }

    private static func report(of recipe: RecipeFolder, on connection: PortalConnection) async -> RunReport {
        let environment = RunEnvironment(
            portal: connection, store: KeyValueStore(.memory), output: { _ in }, log: { _ in })
        return await RecipeRun.run(RunRequest(recipe: recipe), in: environment)
    }
}
