import CLua
import Wire

/// Puts the value of a JSON text on a Lua stack with no tree in between: the scanner's tokens become Lua values at
/// once.
///
/// `null` becomes `json.null`; an empty array gets the mark that keeps it one. It runs in grace and asks `clua_reserve`
/// before it takes memory, so a text that does not fit the run is refused.
///
/// Two guesses make it fast, both from the record before: how many members a record has (its table is made that large)
/// and which key and value come next (`StringMemory`). A wrong guess costs time; what it may waste is bounded: `Frame`.
enum LuaJSONDecoder {
    /// Pushes the value of `bytes`, or throws with the stack as it was.
    static func push(
        _ bytes: UnsafeBufferPointer<UInt8>, to state: LuaState, limits: JSONLimits, nulls: LuaNulls = .kept
    ) throws(LuaFailure) {
        let top = lua_gettop(state)
        let result = withUnsafeTemporaryAllocation(of: Frame.self, capacity: JSONLimits.depthCeiling + 1) { frames in
            StringMemory.with(state, textBytes: bytes.count) { keys in
                frames.initialize(repeating: Frame())
                return frames.baseAddress.map { decode(bytes, limits, nulls, state, $0, &keys) } ?? .memory
            }
        }
        guard case .pushed = result else {
            clua_settop(state, top)
            throw result.failure
        }
        // What the memory holds lies below the value.
        if lua_gettop(state) > top + 1 {
            lua_copy(state, -1, top + 1)
            clua_settop(state, top + 1)
        }
    }

    /// One depth of the text, kept from one array or object to the next there.
    private struct Frame {
        /// Members of the open one so far.
        var count: Int32 = 0
        var isObject = false
        /// The remembered key of the last member; `none` before the first and when it is not remembered.
        var key = StringMemory.none
        /// The remembered key that the last object here began with.
        var firstKey = StringMemory.none
        /// Members of the last object and the last array here, which the next ones' tables are made for. The last, not
        /// the largest: what a guess wastes is then no more than what the record before it has paid for in text.
        var keysExpected: Int32 = 0
        var elementsExpected: Int32 = 1
    }

    private enum Result {
        case pushed
        case json(JSONFailure)
        case memory
        case stopped

        var failure: LuaFailure {
            switch self {
            case .json(let failure): LuaFailure(failure)
            case .stopped: LuaFailure(kind: .cancelled, message: "the run was stopped while it read JSON")
            case .memory, .pushed: .memory
            }
        }
    }

    /// A table is made for this many members at most; a larger one grows as it fills.
    private static let expectedMax: Int32 = 256
    /// Memory is asked for, and the stop flag read, once for this many bytes of new values.
    private static let bytesPerCheck = 1 << 16
    /// What a short string and its place in a table take, roughly, in bytes.
    private static let valueBytes = 64
    /// A table that grows past this many members asks for each doubling.
    private static let askingCount: Int32 = 1024

    private static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits, _ nulls: LuaNulls, _ state: LuaState,
        _ frames: UnsafeMutablePointer<Frame>, _ keys: inout StringMemory
    ) -> Result {
        // The open containers, a key and a value.
        guard lua_checkstack(state, Int32(JSONLimits.depthCeiling) * 2 + 4) != 0 else { return .memory }
        // The innermost open container; the first frame stands for none.
        var frame = frames
        var unchecked = 0
        do throws(JSONFailure) {
            var scanner = try JSONScanner(bytes, limits: limits)
            while true {
                switch try scanner.next() {
                case .key(let slice):
                    unchecked += valueBytes + slice.count
                    let place =
                        frame.pointee.count == 0 ? frame.pointee.firstKey : keys.successor(of: frame.pointee.key)
                    let key = keys.push(slice, expecting: place, after: frame.pointee.key, state)
                    if frame.pointee.count == 0 { frame.pointee.firstKey = key }
                    frame.pointee.key = key
                    guard slice.count < bytesPerCheck || clua_reserve(state, slice.count) else { return .memory }
                    continue
                case .string(let slice):
                    unchecked += valueBytes + slice.count
                    guard slice.count < bytesPerCheck || clua_reserve(state, slice.count) else { return .memory }
                    keys.pushValue(slice, of: frame.pointee.key, state)
                case .integer(let value):
                    unchecked += 16
                    lua_pushinteger(state, value)
                case .number(let value):
                    unchecked += 16
                    lua_pushnumber(state, value)
                case .true: lua_pushboolean(state, 1)
                case .false: lua_pushboolean(state, 0)
                case .null:
                    if nulls == .kept || !frame.pointee.isObject { clua_push_null(state) } else { lua_pushnil(state) }
                case .beginObject:
                    frame += 1
                    frame.pointee.count = 0
                    frame.pointee.isObject = true
                    frame.pointee.key = StringMemory.none
                    let expected = scanner.closesAtOnce ? 0 : frame.pointee.keysExpected
                    unchecked += valueBytes + 40 * Int(expected)
                    clua_new_table(state, 0, expected)
                    if unchecked < bytesPerCheck { continue }
                    unchecked = 0
                    if clua_interrupted(state) { return .stopped }
                    guard clua_reserve(state, bytesPerCheck) else { return .memory }
                    continue
                case .beginArray:
                    frame += 1
                    frame.pointee.count = 0
                    frame.pointee.isObject = false
                    frame.pointee.key = StringMemory.none
                    let isEmpty = scanner.closesAtOnce
                    clua_new_table(state, isEmpty ? 0 : frame.pointee.elementsExpected, 0)
                    if isEmpty { clua_mark_array(state) }
                    unchecked += valueBytes + 16 * Int(frame.pointee.elementsExpected)
                    continue
                case .endObject:
                    if frame.pointee.count > 0 { frame.pointee.keysExpected = min(frame.pointee.count, expectedMax) }
                    frame -= 1
                case .endArray:
                    if frame.pointee.count > 0 {
                        frame.pointee.elementsExpected = min(frame.pointee.count, expectedMax)
                    }
                    frame -= 1
                case .end:
                    return .pushed
                }
                // The value on top goes where it belongs.
                if frame == frames { continue }
                let count = frame.pointee.count &+ 1
                frame.pointee.count = count
                if count >= askingCount, count & (count - 1) == 0 {
                    guard clua_reserve(state, Int(count) * 2 * 40) else { return .memory }
                }
                if frame.pointee.isObject {
                    clua_rawset(state, -3)
                } else {
                    clua_rawseti(state, -2, lua_Integer(count))
                }
                if unchecked >= bytesPerCheck {
                    unchecked = 0
                    if clua_interrupted(state) { return .stopped }
                    guard clua_reserve(state, bytesPerCheck) else { return .memory }
                }
            }
        } catch {
            return .json(error)
        }
    }
}

extension LuaFailure {
    init(_ failure: JSONFailure) {
        self.init(
            kind: .host, message: failure.description,
            fields: ["code": "JSON", "offset": .integer(Int64(failure.offset))])
    }
}
