import CLua
public import Wire

/// What becomes of `null` among the members of an object. In a list it is always `json.null`, to keep the places.
public enum LuaNulls: Sendable {
    /// `json.null`: the value survives a round trip.
    case kept
    /// Nothing: `record.FIELD or "none"` does what it says.
    case absent
}

// Values cross as JSON bytes: what a call sends and what a portal answers are JSON anyway.
extension LuaCall {
    /// The argument as JSON bytes; nothing and `nil` are `null`. A value without JSON form is a bad argument that names
    /// the place inside it, such as `fields.PHONE[2]`.
    public func json(_ i: Int) throws(LuaFailure) -> [UInt8] {
        try withJSON(i) { bytes throws(LuaFailure) in Array(bytes) }
    }

    /// A tree of the argument's value, for small ones.
    public func value(_ i: Int) throws(LuaFailure) -> JSONValue {
        let bytes = try json(i)
        do throws(JSONFailure) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw badArgument(i, problem: error.message)
        }
    }

    /// Pushes the value of a JSON text. `null` becomes `json.null`, an empty array stays one. A text that is not JSON
    /// is a failure with the code `JSON` and the byte's `offset`; with no memory for it the run ends.
    public func push(json bytes: UnsafeBufferPointer<UInt8>, nulls: LuaNulls = .kept) throws(LuaFailure) {
        // Raw bytes arrive from outside: the scanner's own bounds hold, not those of values that go out.
        try LuaJSONDecoder.push(bytes, to: state, limits: .default, nulls: nulls)
    }

    public func push(json bytes: [UInt8]) throws(LuaFailure) {
        try bytes.withUnsafeBufferPointer { bytes throws(LuaFailure) in try push(json: bytes) }
    }

    /// A part of a larger text, such as the rows in a reply.
    public func push(json bytes: ArraySlice<UInt8>, nulls: LuaNulls = .kept) throws(LuaFailure) {
        try bytes.withUnsafeBufferPointer { bytes throws(LuaFailure) in try push(json: bytes, nulls: nulls) }
    }

    /// The argument as JSON bytes that are valid inside `body`.
    func withJSON<R>(_ i: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(LuaFailure) -> R) throws(LuaFailure) -> R {
        let limits = RunCore.of(state).limits
        var encoder = LuaJSONEncoder(state, depthMax: limits.valueDepthMax, bytesMax: limits.valueBytesMax)
        do throws(LuaJSONEncoder.Refusal) {
            try encoder.encode(at: Int32(i))
        } catch {
            switch error.limit {
            case .depth: throw .limit(.depth, limits.valueDepthMax, in: error.path, at: location)
            case .size: throw .limit(.size, limits.valueBytesMax, in: error.path, at: location)
            case .some: throw .memory
            case nil: break
            }
            throw badArgument(i, problem: error.description(of: "the value"))
        }
        return try body(encoder.output.bytes)
    }
}
