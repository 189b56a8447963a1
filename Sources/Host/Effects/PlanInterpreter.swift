import Bitrix24
import Wire

/// Answers reads and lists writes, doing none of them. The recipe gets a plausible answer to each write, and reads of
/// its own store see what it stored.
final class PlanInterpreter: Interpreter {
    private let live: any Interpreter
    private var records = PlannedRecords()
    private var stored: [String: [UInt8]?] = [:]
    private(set) var writes: [PlannedWrite] = []
    private let files: FileFolder
    private let fileBytesMax: () -> Int
    /// Files that would be there by now.
    private var downloaded: Set<String> = []

    init(_ live: any Interpreter, files: FileFolder, fileBytesMax: @escaping () -> Int) {
        self.live = live
        self.files = files
        self.fileBytesMax = fileBytesMax
    }

    func result(of effect: Effect) async throws(EffectFailure) -> EffectResult {
        switch effect.request {
        case .call(let call) where call.access == .write:
            let value = try await plan(call.method, call.api, call.facts, Self.parameters(of: call))
            return .reply(try Self.reply(.object(["result": value]), to: call))
        case .call(let call):
            guard let value = records.found(call.method, call.facts, Self.parameters(of: call)) else {
                return try await live.result(of: effect)
            }
            return .reply(try Self.reply(.object(["result": value]), to: call))
        case .batch(let request) where request.access == .write || reads(planned: request):
            return try await plan(request)
        case .upload(let upload): return try plan(upload)
        case .download(let source, let path): return try plan(source, path)
        case .storeGet(let key):
            guard let value = stored[key] else { return try await live.result(of: effect) }
            return value.map(EffectResult.json) ?? .nothing
        case .storeKeys(let prefix): return try await keys(prefix, effect)
        case .storeSet(let key, let value): return try await store(key, value)
        case .storeDelete(let key): return try await store(key, nil)
        case .storeSwap(let key, let expected, let value): return try await swap(key, expected, value)
        case .emit(let name, let data, let afterMS):
            let value = (try? JSONValue(parsing: data)) ?? .null
            writes.append(
                PlannedWrite(
                    name: "emit \(name)", arguments: ["data": value, "after_ms": .integer(Int64(afterMS))],
                    before: nil))
            return .nothing
        case .sleep(let milliseconds):
            writes.append(
                PlannedWrite(name: "sleep", arguments: ["ms": .integer(Int64(milliseconds))], before: nil))
            return .nothing
        case .batch, .reads: return try await live.result(of: effect)
        case .batches(let requests): return .batches(try await answers(to: requests))
        }
    }

    /// One after another, so that the list of writes is in order.
    private func answers(to requests: [BatchRequest]) async throws(EffectFailure) -> [BatchAnswer] {
        var answers: [BatchAnswer] = []
        for request in requests {
            do throws(EffectFailure) {
                guard case .batch(let reply) = try await result(of: Effect(.batch(request))) else { continue }
                answers.append(.reply(reply))
            } catch {
                guard case .portal(let failure) = error else { throw error }
                answers.append(.failed(failure))
            }
        }
        return answers
    }

    private func reads(planned request: BatchRequest) -> Bool {
        request.commands.contains { records.found($0.method, $0.facts, $0.parameters) != nil }
    }

    private static func parameters(of call: Call) -> JSONObject {
        (try? JSONValue(parsing: call.body))?.objectValue ?? JSONObject()
    }

    // -- REST methods -------------------------------------------------------------------------------------------------

    /// Lists the write and invents its result.
    private func plan(
        _ method: String, _ api: RESTVersion, _ facts: MethodFacts?, _ parameters: JSONObject
    ) async throws(EffectFailure) -> JSONValue {
        let before = try await before(method, api, parameters)
        writes.append(PlannedWrite(name: method, arguments: .object(parameters), before: before))
        return records.answer(method, facts, parameters)
    }

    /// The record that an update or a deletion is about, read by the method's sibling `….get`.
    private func before(
        _ method: String, _ api: RESTVersion, _ parameters: JSONObject
    ) async throws(EffectFailure) -> JSONValue? {
        let parts = method.split(separator: ".")
        guard let verb = parts.last?.lowercased(), verb == "update" || verb == "delete" else { return nil }
        let sibling = (parts.dropLast() + ["get"]).joined(separator: ".")
        guard let facts = Catalog.lookup(sibling, api: api), facts.access == .read else { return nil }
        var key = parameters
        for name in parameters.keys where name.lowercased() == "fields" { key.remove(name) }
        if let value = records.found(sibling, facts, key) {
            return facts.resultKey.flatMap { value[$0] } ?? value
        }
        do throws(EffectFailure) {
            let call = try Self.call(sibling, api, key)
            guard case .reply(let reply) = try await live.result(of: Effect(.call(call))) else { return nil }
            return try? JSONValue(parsing: Array(reply.bytes[reply.part(facts.resultKey)]))
        } catch {
            // A record that is not there, or may not be read, has no "before"; trouble on the way is trouble.
            guard case .portal(let failure) = error,
                [.invalid, .notFound, .permission].contains(failure.category)
            else { throw error }
            return nil
        }
    }

    // -- Files --------------------------------------------------------------------------------------------------------

    private func plan(_ upload: Upload) throws(EffectFailure) -> EffectResult {
        try EffectFailure.wrapping { () throws(HostFailure) in
            _ = try files.contents(of: upload, bytesMax: fileBytesMax(), except: downloaded)
        }
        writes.append(PlannedWrite(name: upload.method, arguments: .object(upload.described), before: nil))
        let value = records.answer(upload.method, upload.facts, upload.described)
        let call = try EffectFailure.wrapping { () throws(Failure) in
            try Call(upload.method, api: upload.api, parameters: upload.described)
        }
        return .reply(try Self.reply(.object(["result": value]), to: call))
    }

    private func plan(_ source: DownloadSource, _ path: String) throws(EffectFailure) -> EffectResult {
        try EffectFailure.wrapping { () throws(HostFailure) in _ = try files.check(path) }
        downloaded.insert(path)
        let arguments: JSONValue = ["from": .string(Download.name(of: source)), "path": .string(path)]
        writes.append(PlannedWrite(name: "b24.download", arguments: arguments, before: nil))
        let file: JSONValue = ["path": .string(path), "bytes": 0]
        return .json(file.encoded())
    }

    // -- Batches ------------------------------------------------------------------------------------------------------

    /// Does the reads of a batch one by one and plans its writes, so that each command sees what came before it.
    private func plan(_ request: BatchRequest) async throws(EffectFailure) -> EffectResult {
        let planned = writes.count
        var results = JSONObject()
        var errors = JSONObject()
        for (place, command) in request.commands.enumerated() {
            let key = BatchRequest.key(place)
            let parameters = Self.resolved(.object(command.parameters), results, request).objectValue ?? JSONObject()
            do throws(EffectFailure) {
                results[key] =
                    command.access == .write
                    ? try await plan(command.method, request.api, command.facts, parameters)
                    : try await read(command.method, request.api, command.facts, parameters)
            } catch {
                if request.api == .v3 { writes.removeLast(writes.count - planned) }
                guard case .portal(let failure) = error, failure.outcome == .nothingDone, request.api == .classic
                else { throw error }
                errors[key] = ["error": .string(failure.code), "error_description": .string(failure.message)]
                if request.halt { break }
            }
        }
        let envelope: JSONValue =
            request.api == .v3
            ? ["result": .array(results.map(\.value))]
            : ["result": ["result": .object(results), "result_error": .object(errors)]]
        let reply = try Self.reply(envelope, to: request.call)
        do throws(Failure) {
            return .batch(try BatchReply(reply, to: request))
        } catch {
            throw .portal(error)
        }
    }

    private func read(
        _ method: String, _ api: RESTVersion, _ facts: MethodFacts?, _ parameters: JSONObject
    ) async throws(EffectFailure) -> JSONValue {
        if let value = records.found(method, facts, parameters) { return value }
        let call = try Self.call(method, api, parameters)
        guard case .reply(let reply) = try await live.result(of: Effect(.call(call))) else { return .null }
        return (try? JSONValue(parsing: Array(reply.bytes[reply.resultRange]))) ?? .null
    }

    /// Replaces references by parts of earlier results, as the portal would; what is not there becomes empty.
    private static func resolved(_ value: JSONValue, _ results: JSONObject, _ request: BatchRequest) -> JSONValue {
        switch value {
        case .object(let object):
            if let reference = BatchReference(object) {
                guard let place = request.commands.firstIndex(where: { $0.name == reference.command }) else {
                    return ""
                }
                return reference.value(in: results[BatchRequest.key(place)] ?? .null)
            }
            return .object(JSONObject(object.map { ($0.key, resolved($0.value, results, request)) }))
        case .array(let elements): return .array(elements.map { resolved($0, results, request) })
        default: return value
        }
    }

    private static func call(
        _ method: String, _ api: RESTVersion, _ parameters: JSONObject
    ) throws(EffectFailure) -> Call {
        do throws(Failure) {
            return try Call(method, api: api, parameters: parameters)
        } catch {
            throw .portal(error)
        }
    }

    private static func reply(_ envelope: JSONValue, to call: Call) throws(EffectFailure) -> Reply {
        switch Answer(RawAnswer(status: 200, contentType: "application/json", bytes: envelope.encoded()), to: call) {
        case .reply(let reply): return reply
        case .failed(let failure): throw .portal(failure)
        case .moved:
            throw .host(HostFailure(.machine, "a planned reply cannot be read back"))
        }
    }

    // -- The store ----------------------------------------------------------------------------------------------------

    private func store(_ key: String, _ value: [UInt8]?) async throws(EffectFailure) -> EffectResult {
        let before = try await storedValue(key)
        writes.append(
            PlannedWrite(
                name: value == nil ? "store.delete" : "store.set",
                arguments: ["key": .string(key), "value": Self.tree(value)], before: before.map { Self.tree($0) }))
        stored[key] = .some(value)
        return .nothing
    }

    private func swap(
        _ key: String, _ expected: [UInt8]?, _ value: [UInt8]?
    ) async throws(EffectFailure) -> EffectResult {
        guard try await storedValue(key) == expected else { return .json(Array("false".utf8)) }
        _ = try await store(key, value)
        return .json(Array("true".utf8))
    }

    private func keys(_ prefix: String, _ effect: Effect) async throws(EffectFailure) -> EffectResult {
        guard case .json(let bytes) = try await live.result(of: effect) else { return .nothing }
        var names = Set((try? JSONValue(parsing: bytes))?.arrayValue?.compactMap(\.stringValue) ?? [])
        for (key, value) in stored where key.hasPrefix(prefix) {
            if value == nil { names.remove(key) } else { names.insert(key) }
        }
        return .json(
            JSONValue.array(names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map(JSONValue.string)).encoded()
        )
    }

    private func storedValue(_ key: String) async throws(EffectFailure) -> [UInt8]? {
        if let value = stored[key] { return value }
        guard case .json(let bytes) = try await live.result(of: Effect(.storeGet(key: key))) else { return nil }
        return bytes
    }

    private static func tree(_ bytes: [UInt8]?) -> JSONValue {
        bytes.flatMap { try? JSONValue(parsing: $0) } ?? .null
    }
}
