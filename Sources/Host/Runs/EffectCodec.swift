import Bitrix24
import Wire

/// Results of effects as bytes: what a journal keeps, and a replay gives to the recipe again.
///
/// A head of JSON, its length first as four bytes, then the bytes of replies, one after another.
enum EffectCodec {
    private static let lengthBytes = 4

    /// Nil for failures that end the run: they are no answer to the recipe.
    static func encode(_ result: Result<EffectResult, EffectFailure>) -> [UInt8]? {
        var head = JSONObject()
        var bodies: [[UInt8]] = []
        switch result {
        case .success(let result): encode(result, &head, &bodies)
        case .failure(let failure):
            guard let record = record(of: failure) else { return nil }
            head = record
        }
        let text = JSONValue.object(head).encoded()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lengthBytes + text.count + bodies.reduce(0) { $0 + $1.count })
        withUnsafeBytes(of: UInt32(clamping: text.count).bigEndian) { bytes += $0 }
        bytes += text
        for body in bodies { bytes += body }
        return bytes
    }

    /// Nil for bytes that are no result of this effect.
    static func decode(_ bytes: [UInt8], for effect: Effect) -> Result<EffectResult, EffectFailure>? {
        guard bytes.count >= lengthBytes else { return nil }
        let length = bytes[..<lengthBytes].reduce(0) { $0 << 8 | Int($1) }
        guard lengthBytes + length <= bytes.count else { return nil }
        var rest = bytes[(lengthBytes + length)...]
        let text = Array(bytes[lengthBytes..<lengthBytes + length])
        guard let head = (try? JSONValue(parsing: text))?.objectValue, let kind = head["kind"]?.stringValue
        else { return nil }
        switch kind {
        case "nothing": return .success(.nothing)
        case "json": return .success(.json(Array(rest)))
        case "reply": return reply(head, &rest).map { .success(.reply($0)) }
        case "replies":
            var replies: [Reply] = []
            for item in head["items"]?.arrayValue ?? [] {
                guard let reply = reply(item.objectValue ?? [:], &rest) else { return nil }
                replies.append(reply)
            }
            return .success(.replies(replies))
        case "batch":
            guard case .batch(let request) = effect.request, let batch = batch(head, request, &rest) else { return nil }
            return .success(.batch(batch))
        case "batches":
            guard case .batches(let requests) = effect.request else { return nil }
            return batches(head, requests, &rest).map { .success(.batches($0)) }
        default: return failure(head, kind).map { .failure($0) }
        }
    }

    // -- Replies ------------------------------------------------------------------------------------------------------

    private static func encode(_ result: EffectResult, _ head: inout JSONObject, _ bodies: inout [[UInt8]]) {
        switch result {
        case .nothing: head["kind"] = "nothing"
        case .json(let json):
            head["kind"] = "json"
            bodies = [json]
        case .reply(let reply): head = record(of: reply, "reply", &bodies)
        case .batch(let batch): head = record(of: batch.reply, "batch", &bodies)
        case .replies(let replies):
            head["kind"] = "replies"
            head["items"] = .array(replies.map { .object(record(of: $0, "reply", &bodies)) })
        case .batches(let answers):
            head["kind"] = "batches"
            head["items"] = .array(
                answers.map { answer in
                    switch answer {
                    case .reply(let batch): .object(record(of: batch.reply, "batch", &bodies))
                    case .failed(let failure): .object(["failure": .object(failure.record)])
                    }
                })
        }
    }

    private static func record(of reply: Reply, _ kind: String, _ bodies: inout [[UInt8]]) -> JSONObject {
        var record = reply.record
        record["kind"] = .string(kind)
        record["bytes"] = .integer(Int64(reply.bytes.count))
        bodies.append(reply.bytes)
        return record
    }

    private static func reply(_ record: JSONObject, _ rest: inout ArraySlice<UInt8>) -> Reply? {
        guard let count = record["bytes"]?.integerValue, count >= 0, count <= rest.count else { return nil }
        let bytes = Array(rest.prefix(Int(count)))
        rest = rest.dropFirst(Int(count))
        return Reply(record: record, bytes: bytes)
    }

    private static func batch(
        _ record: JSONObject, _ request: BatchRequest, _ rest: inout ArraySlice<UInt8>
    ) -> BatchReply? {
        reply(record, &rest).flatMap { try? BatchReply($0, to: request) }
    }

    private static func batches(
        _ head: JSONObject, _ requests: [BatchRequest], _ rest: inout ArraySlice<UInt8>
    ) -> [BatchAnswer]? {
        let items = head["items"]?.arrayValue ?? []
        guard items.count == requests.count else { return nil }
        var answers: [BatchAnswer] = []
        for (item, request) in zip(items, requests) {
            if let record = item["failure"]?.objectValue {
                guard let failure = Failure(record: record) else { return nil }
                answers.append(.failed(failure))
            } else {
                guard let batch = batch(item.objectValue ?? [:], request, &rest) else { return nil }
                answers.append(.reply(batch))
            }
        }
        return answers
    }

    // -- Failures -----------------------------------------------------------------------------------------------------

    private static func record(of failure: EffectFailure) -> JSONObject? {
        switch failure {
        case .portal(let portal): return ["kind": "portal", "failure": .object(portal.record)]
        case .host(let host):
            var record: JSONObject = [
                "kind": "host", "reason": .string(host.kind.rawValue), "message": .string(host.message),
            ]
            record["hint"] = host.hint.map(JSONValue.string)
            return record
        case .limit, .cancelled, .parked, .suspended, .diverged, .ended: return nil
        }
    }

    private static func failure(_ head: JSONObject, _ kind: String) -> EffectFailure? {
        switch kind {
        case "portal": return head["failure"]?.objectValue.flatMap(Failure.init(record:)).map { .portal($0) }
        case "host":
            guard let message = head["message"]?.stringValue,
                let reason = head["reason"]?.stringValue.flatMap(HostFailure.Kind.init(rawValue:))
            else { return nil }
            return .host(HostFailure(reason, message, hint: head["hint"]?.stringValue))
        default: return nil
        }
    }
}
