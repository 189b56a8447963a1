extension JSONValue {
    /// Parses exactly one JSON text. Of members with the same name the last wins, in the place of the first.
    public init(parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = .default) throws(JSONFailure) {
        var scanner = try JSONScanner(bytes.assumingMemoryBound(to: UInt8.self), limits: limits)
        self = try JSONValue(from: try scanner.next(), &scanner)
        // `.end` or a failure: after an outermost value nothing else can come.
        _ = try scanner.next()
    }

    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONFailure) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONFailure) in
            try JSONValue(parsing: UnsafeRawBufferPointer(buffer), limits: limits)
        }
    }

    public init(parsing text: String, limits: JSONLimits = .default) throws(JSONFailure) {
        self = try JSONValue(parsing: Array(text.utf8), limits: limits)
    }

    // The recursion is as deep as the scanner allows: `depthMax`, 128 at most.
    private init(from token: JSONToken, _ scanner: inout JSONScanner) throws(JSONFailure) {
        switch token {
        case .string(let slice): self = .string(slice.string)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .number(value)
        case .true: self = .bool(true)
        case .false: self = .bool(false)
        case .beginArray:
            var elements: [JSONValue] = []
            while true {
                let next = try scanner.next()
                if case .endArray = next { break }
                elements.append(try JSONValue(from: next, &scanner))
            }
            self = .array(elements)
        case .beginObject:
            var object = JSONObject()
            while case .key(let name) = try scanner.next() {
                object[name.string] = try JSONValue(from: try scanner.next(), &scanner)
            }
            self = .object(object)
        case .null, .key, .endArray, .endObject, .end:
            // Only null: the scanner never gives the others where a value must come.
            self = .null
        }
    }

    /// The value as compact JSON. A number that is not finite, which no parser makes, is written as `null`.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    /// The value as compact JSON text.
    public var text: String { String(decoding: encoded(), as: UTF8.self) }
}
