import Bitrix24
import Storage
import Wire

/// `/metrics`, in Prometheus' text format.
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
struct MetricsPage {
    private let service: HostService
    private var text = ""

    init(_ service: HostService) { self.service = service }

    func reply() async -> ServerReply {
        var page = self
        await page.write()
        return ServerReply(
            headers: [(name: "Content-Type", value: "text/plain; version=0.0.4; charset=utf-8")],
            body: Array(page.text.utf8))
    }

    private mutating func write() async {
        let metrics = service.metrics
        family("host_events_total", "counter", "Events that came, by what became of them.")
        for event in Metrics.Event.allCases {
            sample("host_events_total", ["outcome": "\(event)"], Double(metrics.number(of: event)))
        }
        family("host_inbox_depth", "gauge", "Events that wait for their runs, or are handled.")
        sample("host_inbox_depth", [:], Double(service.inbox.depth))
        family("host_store_queue", "gauge", "Changes that wait for the next commit.")
        sample("host_store_queue", [:], Double(service.store.thread.depth))
        writeRuns(metrics)
        family("host_effects_total", "counter", "What recipes asked of the world, by kind.")
        for (name, count) in metrics.effects.sorted(by: { $0.key < $1.key }) {
            sample("host_effects_total", ["effect": name], Double(count))
        }
        family("host_calls_total", "counter", "Calls to portals, by method and outcome.")
        for (key, count) in metrics.calls.sorted(by: { $0.key < $1.key }) {
            let parts = key.split(separator: " ", maxSplits: 1).map(String.init)
            sample("host_calls_total", ["method": parts[0], "outcome": parts.last ?? ""], Double(count))
        }
        await writeStore()
        writePortals()
    }

    private mutating func writeRuns(_ metrics: Metrics) {
        let runs = metrics.runs.sorted { $0.key < $1.key }
        family("host_runs_total", "counter", "Runs that ended, by recipe and state.")
        for (recipe, numbers) in runs {
            for (state, count) in numbers.ended.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                sample("host_runs_total", ["recipe": recipe, "state": state.word], Double(count))
            }
        }
        family("host_run_seconds", "histogram", "Time a run was in memory.")
        for (recipe, numbers) in runs {
            var sum = 0
            for (place, end) in Metrics.secondsMax.enumerated() {
                sum += numbers.buckets[place]
                sample("host_run_seconds_bucket", ["recipe": recipe, "le": "\(end)"], Double(sum))
            }
            sample("host_run_seconds_bucket", ["recipe": recipe, "le": "+Inf"], Double(numbers.count))
            sample("host_run_seconds_sum", ["recipe": recipe], numbers.seconds)
            sample("host_run_seconds_count", ["recipe": recipe], Double(numbers.count))
        }
    }

    private mutating func writeStore() async {
        let counts: [(Int64, Int)]
        do throws(HostFailure) {
            counts = try await service.store.result { (database) throws(DatabaseFailure) in
                try database.query("SELECT state, COUNT(*) FROM run WHERE state IN (0, 1, 2, 5, 6) GROUP BY state") {
                    (row) throws(DatabaseFailure) in (row.integer(0), row.int(1))
                }
            }
        } catch {
            return service.log.say(.error, error.message)
        }
        family("host_runs", "gauge", "Runs in the store that are not over, or are dead, by state.")
        for (state, count) in counts {
            sample("host_runs", ["state": RunRecord.State(rawValue: state)?.word ?? "unknown"], Double(count))
        }
    }

    private mutating func writePortals() {
        family("host_portal_renewals_total", "counter", "Access tokens renewed by this process.")
        for portal in service.portals.values.sorted(by: { $0.name < $1.name }) {
            sample("host_portal_renewals_total", ["portal": portal.name], Double(portal.connection.renewals))
        }
        let standings: [PortalStanding]
        do throws(HostFailure) {
            standings =
                try service.budgets.map { (folder) throws(HostFailure) in
                    try SharedBudget.standings(in: folder)
                } ?? []
        } catch {
            return service.log.say(.error, error.message)
        }
        family("host_portal_requests_free", "gauge", "Requests that the portal takes at once now.")
        for standing in standings {
            sample("host_portal_requests_free", ["portal": standing.portal], max(0, standing.capacity - standing.level))
        }
        family("host_method_operating_seconds", "gauge", "Operating time used up in ten minutes, of 480 s.")
        for standing in standings {
            for method in standing.methods.prefix(Metrics.seriesMax) {
                sample(
                    "host_method_operating_seconds", ["portal": standing.portal, "method": method.key.method],
                    method.seconds)
            }
        }
    }

    // -- Text ---------------------------------------------------------------------------------------------------------

    private mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: Double) {
        let written = labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        let number = value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : String(value)
        text += "\(name)\(written.isEmpty ? "" : "{\(written)}") \(number)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
