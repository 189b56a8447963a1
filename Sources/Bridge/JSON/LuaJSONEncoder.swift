import CLua
import Wire

/// Writes a Lua value as JSON bytes, with no tree in between. Raw access only: no metamethod runs, nothing raises.
///
/// A table whose keys are 1 … n is an array, one whose keys are all text an object with its keys in byte order; an
/// empty one is `{}` unless it bears the array mark. Everything else has no JSON form and is refused by its path, such
/// as `fields.PHONE[2]`: other keys, gaps, functions, NaN, text that is not UTF-8, a table inside itself.
struct LuaJSONEncoder: ~Copyable {
    /// Why a value was refused; the path grows on the way out.
    struct Refusal: Error {
        var path = ""
        let message: String
        var limit: LimitName?

        func inside(_ key: String) -> Refusal {
            let place = String(key.prefix(Self.pathBytesMax).map { $0.isNewline ? " " : $0 })
            // "[2]" and "[2].ID" follow a name directly, "ID" follows it after a dot.
            let separator = path.isEmpty || path.hasPrefix("[") ? "" : "."
            let longer = place + separator + path
            return Refusal(
                path: longer.utf8.count > Self.pathBytesMax ? Self.cut(longer) : longer,
                message: message, limit: limit)
        }

        /// A path is there to be read: its outer end is kept, one line of it.
        private static let pathBytesMax = 60

        private static func cut(_ path: String) -> String { path.prefix(pathBytesMax - 1) + "…" }

        /// Where, then what; `outermost` is how the whole value is called.
        func description(of outermost: String) -> String {
            path.isEmpty ? "\(outermost): \(message)" : "\(path): \(message)"
        }
    }

    /// A member of the object being written: its key, and where its text stands in `output`.
    struct Member {
        let key: UnsafePointer<UInt8>
        let keyCount: Int
        let start: Int
        let end: Int
    }

    let state: LuaState
    let depthMax: Int
    let bytesMax: Int
    var output = JSONBuffer(capacity: 512)
    /// Members of all open objects, the innermost last.
    var members: [Member] = []
    /// The order of keys last found, by depth.
    private var orders: [KeyOrder] = []
    /// Tables that are open, to notice one inside itself.
    private var open: [UnsafeRawPointer] = []

    init(_ state: LuaState, depthMax: Int, bytesMax: Int) {
        self.state = state
        self.depthMax = depthMax
        self.bytesMax = bytesMax
    }

    /// Writes the value at `index`.
    mutating func encode(at index: Int32) throws(Refusal) {
        switch lua_type(state, index) {
        case LUA_TSTRING:
            var count = 0
            guard let bytes = clua_bytes(state, index, &count) else { return }
            try text(UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count)
        case LUA_TNUMBER: try number(at: index)
        case LUA_TBOOLEAN: output.append(lua_toboolean(state, index) != 0 ? "true" : "false")
        case LUA_TNIL, LUA_TNONE: output.append("null")
        case LUA_TTABLE: try table(at: lua_absindex(state, index))
        default:
            guard clua_is_null(state, index) else {
                throw Refusal(message: "a \(state.typeName(at: index)) has no JSON form")
            }
            output.append("null")
        }
        if output.count > bytesMax { throw tooLong() }
    }

    private func tooLong() -> Refusal {
        Refusal(message: "the value takes more bytes than the limit (size) of \(bytesMax)", limit: .size)
    }

    // MARK: - Scalars

    private mutating func number(at index: Int32) throws(Refusal) {
        if lua_isinteger(state, index) != 0 {
            output.append(decimal: lua_tointegerx(state, index, nil))
            return
        }
        let value = lua_tonumberx(state, index, nil)
        guard value.isFinite else { throw Refusal(message: "\(value) has no JSON form") }
        output.append(number: value)
    }

    @inline(__always)
    private mutating func text(_ utf8: UnsafePointer<UInt8>, _ count: Int) throws(Refusal) {
        guard count <= bytesMax else { throw tooLong() }
        if let invalid = output.append(quoting: utf8, count) {
            throw Refusal(message: "the text is not valid UTF-8 at byte \(invalid)")
        }
    }

    // MARK: - Tables

    private mutating func table(at index: Int32) throws(Refusal) {
        guard open.count < depthMax else {
            throw Refusal(message: "nested deeper than the limit (depth) of \(depthMax)", limit: .depth)
        }
        guard lua_checkstack(state, 4) != 0 else { throw Refusal(message: "no room on the stack", limit: .memory) }
        guard let address = lua_topointer(state, index) else { return }
        if open.contains(address) { throw Refusal(message: "the table contains itself") }
        open.append(address)
        let top = lua_gettop(state)
        defer {
            open.removeLast()
            clua_settop(state, top)
        }
        lua_pushnil(state)
        guard clua_rawnext(state, index) != 0 else {
            output.append(clua_is_array(state, index) ? "[]" : "{}")
            return
        }
        switch lua_type(state, -2) {
        case LUA_TSTRING: try object(index)
        case LUA_TNUMBER: try array(index)
        default: throw Refusal(message: "a \(state.typeName(at: -2)) as key has no JSON form")
        }
    }

    /// The first key and value are on the stack. As long as the traversal answers 1, 2, 3 … to its end, these are all
    /// the keys there are.
    private mutating func array(_ index: Int32) throws(Refusal) {
        let start = output.count
        output.append(UInt8(ascii: "["))
        var count: Int64 = 0
        repeat {
            count += 1
            guard lua_isinteger(state, -2) != 0, lua_tointegerx(state, -2, nil) == count else {
                output.shorten(to: start)
                return try disorderedArray(index)
            }
            try element(count)
            clua_pop(state, 1)
        } while clua_rawnext(state, index) != 0
        output.append(UInt8(ascii: "]"))
    }

    /// An array that Lua keeps in another order, or a table that is none. A key and value are on the stack.
    private mutating func disorderedArray(_ index: Int32) throws(Refusal) {
        clua_pop(state, 2)
        let length = Int64(lua_rawlen(state, index))
        var count: Int64 = 0
        var hasText = false
        lua_pushnil(state)
        while clua_rawnext(state, index) != 0 {
            count += 1
            if lua_type(state, -2) == LUA_TSTRING { hasText = true }
            clua_pop(state, 1)
        }
        if hasText { throw Refusal(message: "the table has both numbers and names as keys: JSON has no such value") }
        for place in 1...max(count, 1) {
            guard place <= length, lua_rawgeti(state, index, place) != LUA_TNIL else {
                let advice = "a list has the keys 1 to n without gaps; write other keys as text"
                throw Refusal(message: "key \(place) of \(count) is missing: \(advice)")
            }
            clua_pop(state, 1)
        }
        output.append(UInt8(ascii: "["))
        for place in 1...max(count, 1) {
            lua_rawgeti(state, index, place)
            try element(place)
            clua_pop(state, 1)
        }
        output.append(UInt8(ascii: "]"))
    }

    /// Writes the element on top of the stack.
    private mutating func element(_ place: Int64) throws(Refusal) {
        if place > 1 { output.append(UInt8(ascii: ",")) }
        do throws(Refusal) {
            try encode(at: -1)
        } catch {
            throw error.inside("[\(place)]")
        }
    }

    /// The first key and value are on the stack. Members are written as the table has them and then put in order.
    private mutating func object(_ index: Int32) throws(Refusal) {
        output.append(UInt8(ascii: "{"))
        let first = members.count
        var isSorted = true
        repeat {
            let start = output.count
            var keyCount = 0
            guard let bytes = clua_bytes(state, -2, &keyCount) else { throw notAName() }
            let key = UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self)
            do throws(Refusal) {
                try text(key, keyCount)
                output.append(UInt8(ascii: ":"))
                try encode(at: -1)
            } catch {
                throw error.inside(state.text(at: -2) ?? "")
            }
            let member = Member(key: key, keyCount: keyCount, start: start, end: output.count)
            output.append(UInt8(ascii: ","))
            if isSorted, members.count > first, !members[members.count - 1].comesBefore(member) { isSorted = false }
            members.append(member)
            clua_pop(state, 1)
        } while clua_rawnext(state, index) != 0
        if !isSorted { putInOrder(from: first) }
        members.removeSubrange(first...)
        // The last comma.
        output.shorten(to: output.count - 1)
        output.append(UInt8(ascii: "}"))
    }

    private func notAName() -> Refusal {
        if lua_type(state, -2) == LUA_TNUMBER {
            return Refusal(message: "the table has both numbers and names as keys: JSON has no such value")
        }
        return Refusal(message: "a \(state.typeName(at: -2)) as key has no JSON form")
    }

    /// Every member ends with a comma, so members can change places as they are. Records of one kind come in one order
    /// from Lua: what was worked out for the last object of this depth is looked at first.
    private mutating func putInOrder(from first: Int) {
        while orders.count < open.count { orders.append(KeyOrder()) }
        let depth = open.count - 1
        if !orders[depth].fits(members[first...]) { orders[depth] = KeyOrder(of: members[first...]) }
        output.permute(members[first...], orders[depth].places)
    }
}

/// The order of the keys that an object had.
private struct KeyOrder {
    /// By address: nothing moves or frees a key while its table is being written.
    private var keys: [UnsafePointer<UInt8>] = []
    /// Places among the members, the first key's first.
    private(set) var places: [Int] = []

    init() {}

    init(of members: ArraySlice<LuaJSONEncoder.Member>) {
        keys = members.map(\.key)
        places = members.indices.sorted { members[$0].comesBefore(members[$1]) }.map { $0 - members.startIndex }
    }

    func fits(_ members: ArraySlice<LuaJSONEncoder.Member>) -> Bool {
        guard keys.count == members.count else { return false }
        return members.withUnsafeBufferPointer { members in
            keys.withUnsafeBufferPointer { keys in
                for place in 0..<keys.count where members[place].key != keys[place] { return false }
                return true
            }
        }
    }
}

extension LuaJSONEncoder.Member {
    /// Byte order. Keys of one table are never equal.
    @inline(__always)
    func comesBefore(_ other: LuaJSONEncoder.Member) -> Bool {
        let shared = min(keyCount, other.keyCount)
        var at = 0
        while at < shared {
            if key[at] != other.key[at] { return key[at] < other.key[at] }
            at += 1
        }
        return keyCount < other.keyCount
    }
}
