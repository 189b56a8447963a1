import Wire

/// A call as a command of a `batch`, where that says exactly the same as the call alone.
///
/// A command's parameters are a form, which knows texts only. Numbers and texts survive it; true, false, null and what
/// is empty do not, and neither do texts in which a portal would look for references.
enum CallText {
    /// Larger bodies go alone; so do those of more values than PHP reads from a query (`max_input_vars` is 1000).
    static let bodyBytesMax = 16 << 10
    static let valuesMax = 200
    static let depthMax = 16

    /// Whether the method may be in a batch at all. Cheap; `text` looks at the body.
    static func mayBePacked(_ call: Call) -> Bool {
        guard call.api == .classic, let facts = call.facts, call.body.count <= bodyBytesMax else { return false }
        guard !facts.movesFiles, !facts.answersBytes, !facts.hasNoEnvelope, call.attachments.isEmpty else {
            return false
        }
        // The answers of imconnector.* have the failure inside, and are read as such only when they come alone.
        let name = call.method.asciiLowercased()
        return name != "batch" && !name.hasPrefix("imconnector.")
    }

    /// `crm.deal.get?id=7`; nil where a form would not say exactly what the body says.
    static func text(of call: Call) -> String? {
        let query = call.body.withUnsafeBufferPointer { body -> [UInt8]? in
            do throws(JSONFailure) {
                guard try isExact(body) else { return nil }
                return try Form.encode(json: body)
            } catch {
                return nil  // Alone, the portal or the client says what is wrong with it.
            }
        }
        guard let query else { return nil }
        return query.isEmpty ? call.method : "\(call.method)?\(String(decoding: query, as: UTF8.self))"
    }

    private static func isExact(_ body: UnsafeBufferPointer<UInt8>) throws(JSONFailure) -> Bool {
        var scanner = try JSONScanner(body)
        guard case .beginObject = try scanner.next() else { return false }
        var values = 0
        var isEmpty = false
        while true {
            let depth = scanner.depth
            guard depth <= depthMax, values <= valuesMax else { return false }
            switch try scanner.next() {
            case .key(let key):
                guard isExact(key: key.string, isRoot: depth == 1) else { return false }
                isEmpty = false
                continue
            case .string(let slice):
                guard !slice.string.contains(BatchReference.portalMarker) else { return false }
            case .number(let number):
                guard number.magnitude <= 0x1p53 else { return false }
            case .integer: break
            case .beginArray, .beginObject:
                isEmpty = true
                continue
            case .endArray, .endObject:
                guard !isEmpty else { return false }
                if scanner.depth == 0 { return true }
            case .true, .false, .null: return false
            case .end: return true
            }
            isEmpty = false
            values += 1
        }
    }

    /// PHP takes brackets for nesting, and writes '_' for dots and blanks in the first part of a name.
    private static func isExact(key: String, isRoot: Bool) -> Bool {
        guard !key.isEmpty, !key.utf8.contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) else {
            return false
        }
        guard isRoot else { return !key.contains(BatchReference.portalMarker) }
        return !key.utf8.contains { $0 == UInt8(ascii: ".") || $0 <= 0x20 }
    }
}
