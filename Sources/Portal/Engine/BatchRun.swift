internal import Wire

/// One `batch`: its commands run one after another with the outer credential.
///
/// https://apidocs.bitrix24.com/api-reference/how-to-call-rest-api/batch.html
struct BatchRun {
    private let engine: PortalEngine
    private var results = PHPArrayWriter()
    private var errors = PHPArrayWriter()
    private var totals = PHPArrayWriter()
    private var nexts = PHPArrayWriter()
    private var times = PHPArrayWriter()
    private var references: BatchReference

    init(engine: PortalEngine) {
        self.engine = engine
        let settings = engine.state.settings
        references = BatchReference(
            missing: settings.batchMissingReference, array: settings.batchArrayReference)
    }

    /// The bytes of the batch's `result`.
    mutating func run(_ call: MethodCall) throws(PortalFailure) -> [UInt8] {
        guard let commands = call.parameter("cmd")?.phpObject else {
            throw PortalFailure("100", "Could not find value for parameter {cmd}")
        }
        let halts = call.parameter("halt")?.isTruthy ?? false
        var position = 0
        for (key, command) in commands {
            position += 1
            guard run(command, key: key, position: position, outer: call) || !halts else { break }
        }
        return result()
    }

    /// Runs one command. False when it failed.
    private mutating func run(
        _ command: JSONValue, key: String, position: Int, outer: MethodCall
    ) -> Bool {
        do throws(PortalFailure) {
            guard position <= engine.state.settings.batchCommandsMax else {
                throw PortalFailure("ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded")
            }
            let (name, query) = BatchRun.split(command.phpText ?? "")
            guard name != "batch", !FileFamily.movesFiles(name) else {
                throw PortalFailure(
                    "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage", status: 405)
            }
            let parameters = references.resolve(try RequestParameters.form(query))
            let call = MethodCall(name: name, credential: outer.credential, parameters: parameters)
            let (reply, time) = try engine.perform(call, isInBatch: true)
            keep(reply, time, key: key)
            return true
        } catch {
            var json: [UInt8] = []
            Envelope.append(classic: error, to: &json)
            errors.append(key, json)
            return false
        }
    }

    private mutating func keep(_ reply: MethodReply, _ time: CallTime, key: String) {
        let bytes = reply.resultBytes
        results.append(key, bytes)
        references.results[key] = bytes
        if let total = reply.total { totals.append(key, Array(String(total).utf8)) }
        if let next = reply.next { nexts.append(key, Array(String(next).utf8)) }
        var json: [UInt8] = []
        Envelope.append(time, to: &json, state: engine.state)
        times.append(key, json)
    }

    /// `crm.deal.get?id=1` → name in lower case and query bytes.
    private static func split(_ command: String) -> (name: String, query: [UInt8]) {
        let bytes = Array(command.utf8)
        let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
        let name = String(decoding: bytes[..<mark], as: UTF8.self).lowercased()
        return (name, Array(bytes[min(mark + 1, bytes.count)...]))
    }

    private func result() -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(results.byteCount + times.byteCount + errors.byteCount + 256)
        json.append("{\"result\":")
        results.write(to: &json)
        json.append(",\"result_error\":")
        errors.write(to: &json)
        json.append(",\"result_total\":")
        totals.write(to: &json)
        json.append(",\"result_next\":")
        nexts.write(to: &json)
        json.append(",\"result_time\":")
        times.write(to: &json)
        json.append("}")
        return json
    }
}
