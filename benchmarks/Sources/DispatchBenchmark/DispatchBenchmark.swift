import Bitrix24
import Glibc
import Host
import Synchronization
import Wire

/// Many runs of one recipe in one process, all at once, and how long they took. Prints one JSON object.
///
///     DispatchBenchmark RECIPE EVENT RUNS [--spent]
///
/// `--spent` uses the portal's whole burst up before the clock starts. The webhook is in `BITRIX24_WEBHOOK_URL`, the
/// folder of the budget that processes share in `HOST_RUNTIME_DIR`.
@main
enum DispatchBenchmark {
    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count >= 4, let runs = Int(words[3]), let webhook = getenv("BITRIX24_WEBHOOK_URL"),
            let folder = getenv("HOST_RUNTIME_DIR")
        else {
            tell("usage: DispatchBenchmark RECIPE EVENT RUNS [--spent]")
            exit(2)
        }
        let budget = CountingBudget(in: String(cString: folder))
        let portal = try PortalConnection(webhook: String(cString: webhook), budget: budget)
        let recipe = try RecipeFolder(words[1])
        if words.dropFirst(4).contains("--spent") { _ = await isDone(recipe, "spend", 1, portal) }
        let clock = ContinuousClock()
        let began = clock.now
        let done = await withTaskGroup(of: Bool.self) { group in
            for run in 0..<runs { group.addTask { await isDone(recipe, words[2], run % 15 + 1, portal) } }
            var done = 0
            for await isDone in group where isDone { done += 1 }
            return done
        }
        let took = (clock.now - began).components
        await portal.finish()
        let seconds = Double(took.seconds) + Double(took.attoseconds) * 1e-18
        let result: JSONValue = [
            "seconds": .number(seconds), "done": .integer(Int64(done)), "refusals": .integer(Int64(budget.refusals)),
        ]
        print(result.text)
    }

    /// Whether the run returned what belongs to it.
    private static func isDone(_ recipe: RecipeFolder, _ event: String, _ id: Int, _ portal: PortalConnection) async
        -> Bool
    {
        var request = RunRequest(recipe: recipe)
        request.event = RunEvent(name: event, data: ["id": .integer(Int64(id))])
        let report = await RecipeRun.run(
            request,
            in: RunEnvironment(portal: portal, store: KeyValueStore(.memory), output: { _ in }, log: { _ in }))
        if let failure = report.failure { tell(failure.message) }
        return event == "call" ? report.reply == .string("\(id)") : report.reply != nil
    }

    /// On standard error, whose C stream Swift 6 takes for shared mutable state.
    static func tell(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}

/// The shared budget, and how often the portal refused what it had granted.
private final class CountingBudget: Budget {
    private let shared: SharedBudget
    private let refused = Mutex(0)

    var refusals: Int { refused.withLock { $0 } }

    init(in folder: String) { shared = SharedBudget(in: folder) { DispatchBenchmark.tell($0) } }

    func settle(_ report: BudgetReport, for portal: String) async -> BudgetAnswer {
        if report.isRefused { refused.withLock { $0 += 1 } }
        return shared.settle(report, for: portal)
    }
}
