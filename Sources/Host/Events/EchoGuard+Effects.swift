import Bitrix24
import Wire

extension EchoGuard {
    /// Notes what an effect has written.
    func note(_ effect: Effect, _ result: EffectResult, portal: String, nowMS: Int64) {
        guard effect.access == .write else { return }
        switch (effect.request, result) {
        case (.call(let call), .reply(let reply)):
            let parameters = (try? JSONValue(parsing: call.body))?.objectValue ?? JSONObject()
            let value = reply.withResult { try? JSONValue(parsing: UnsafeRawBufferPointer($0)) }
            wrote([(call.method, parameters, value)], portal: portal, nowMS: nowMS)
        case (.batch(let request), .batch(let batch)):
            wrote(Self.writes(request, batch), portal: portal, nowMS: nowMS)
        case (.batches(let requests), .batches(let answers)):
            for (request, answer) in zip(requests, answers) {
                guard case .reply(let batch) = answer else { continue }
                wrote(Self.writes(request, batch), portal: portal, nowMS: nowMS)
            }
        default: break
        }
    }

    private static func writes(
        _ request: BatchRequest, _ batch: BatchReply
    ) -> [(method: String, parameters: JSONObject, result: JSONValue?)] {
        zip(request.commands, batch.entries).compactMap { command, entry in
            guard command.access == .write, case .result(let range) = entry.outcome else { return nil }
            return (command.method, command.parameters, try? JSONValue(parsing: Array(batch.reply.bytes[range])))
        }
    }
}
