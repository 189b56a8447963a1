import Bitrix24
import Wire

/// The results of a batch that the host itself asks for, by the commands' names. Any failure fails all.
struct BatchResults {
    private var values: [String: JSONValue] = [:]
    private var totals: [String: Int] = [:]

    init(_ commands: [BatchCommand], _ run: RunContext) async throws(EffectFailure) {
        let requests: [BatchRequest]
        do throws(Failure) {
            requests = try Batch(commands).requests
        } catch {
            throw .portal(error)
        }
        for request in requests {
            guard case .batch(let reply) = try await run.result(of: Effect(.batch(request))) else { continue }
            for entry in reply.entries {
                switch entry.outcome {
                case .result(let range):
                    do throws(JSONFailure) {
                        values[entry.name] = try JSONValue(parsing: Array(reply.reply.bytes[range]))
                    } catch {
                        throw .host(
                            HostFailure(.machine, "the result of \(entry.name) cannot be read: \(error.message)"))
                    }
                    totals[entry.name] = entry.total
                case .failed(let failure): throw .portal(failure)
                case .notRun: break
                }
            }
        }
    }

    func value(_ name: String) -> JSONValue { values[name] ?? .null }
    func total(_ name: String) -> Int? { totals[name] }
}
