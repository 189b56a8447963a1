import CLua
import Wire

// Failures as Lua tables, and back.
extension LuaFailure {
    /// Pushes the table that the script sees.
    func push(to state: LuaState) throws(LuaFailure) {
        var members = fields
        members["message"] = .string(message)
        if members["code"] == nil { members["code"] = .string(defaultCode) }
        if case .limit(let name) = kind { members["limit"] = .string(name.rawValue) }
        if let location { members["where"] = .string(location.description) }
        try ValueTransfer.push(.object(members), to: state, depthMax: 20)
        clua_mark_failure(state, mark)
    }

    private var defaultCode: String {
        switch kind {
        case .recipe: "RECIPE"
        case .argument: "ARGUMENT"
        case .host: "HOST"
        case .syntax: "SYNTAX"
        case .limit: "LIMIT"
        case .cancelled: "CANCELLED"
        }
    }

    private var mark: Int32 {
        switch kind {
        case .recipe: 0
        case .argument: 1
        case .host: 2
        case .syntax: 3
        case .limit: 4
        case .cancelled: 5
        }
    }

    private static func kind(mark: Int32, limit: String?) -> Kind {
        switch mark {
        case 1: .argument
        case 2: .host
        case 3: .syntax
        case 4: limit.flatMap(LimitName.init(rawValue:)).map(Kind.limit) ?? .host
        case 5: .cancelled
        default: .recipe
        }
    }

    /// The failure that an error value of a script says. Runs no code of the script.
    init(errorAt index: Int32, of state: LuaState) {
        let mark = clua_failure_kind(state, index)
        guard lua_type(state, index) == LUA_TTABLE else {
            clua_describe(state, index)
            let text = state.text(at: -1) ?? "an error that cannot be shown"
            clua_pop(state, 1)
            self.init(text: text, kind: .recipe)
            return
        }
        var members = LuaFailure.plainMembers(of: index, in: state)
        let message = members["message"]?.stringValue ?? members["code"]?.stringValue
        let location = members["where"]?.stringValue.flatMap { LuaLocation.split($0 + ": ")?.location }
        members.remove("message")
        members.remove("where")
        self.init(
            kind: LuaFailure.kind(mark: mark, limit: members["limit"]?.stringValue),
            message: message ?? "error with a table as its value", fields: members, location: location)
    }

    /// From a message of Lua's, which carries its place in front.
    init(text: String, kind: Kind) {
        if let (location, rest) = LuaLocation.split(text) {
            self.init(kind: kind, message: rest, location: location)
        } else {
            self.init(kind: kind, message: text)
        }
    }

    /// The members with plain values: text, numbers, flags. At most 32, as a failure is a line, not a load.
    private static func plainMembers(of index: Int32, in state: LuaState) -> JSONObject {
        var members = JSONObject()
        let table = lua_absindex(state, index)
        guard lua_checkstack(state, 4) != 0 else { return members }
        lua_pushnil(state)
        while clua_rawnext(state, table) != 0 {
            if members.count < 32, let key = state.text(at: -2), let value = plainValue(at: -1, of: state) {
                members[key] = value
            }
            clua_pop(state, 1)
        }
        return members
    }

    private static func plainValue(at index: Int32, of state: LuaState) -> JSONValue? {
        switch lua_type(state, index) {
        case LUA_TBOOLEAN: return .bool(lua_toboolean(state, index) != 0)
        case LUA_TNUMBER where lua_isinteger(state, index) != 0: return .integer(lua_tointegerx(state, index, nil))
        case LUA_TNUMBER: return .number(lua_tonumberx(state, index, nil))
        case LUA_TSTRING: return state.text(at: index).map(JSONValue.string)
        default: return clua_is_null(state, index) ? .null : nil
        }
    }
}

extension LuaLocation {
    /// Splits "recipe.lua:7: message".
    fileprivate static func split(_ text: String) -> (location: LuaLocation, rest: String)? {
        // The chunk's name may hold colons; the first ":digits: " ends it.
        var search = text.startIndex
        while let colon = text[search...].firstIndex(of: ":") {
            let after = text.index(after: colon)
            let digits = text[after...].prefix(while: { $0.isASCII && $0.isNumber })
            let end = digits.endIndex
            if let line = Int(digits), line > 0, text[end...].hasPrefix(":"), colon > text.startIndex {
                let rest = text[end...].dropFirst().drop(while: { $0 == " " })
                let chunk = String(text[..<colon])
                return chunk.contains("\n") ? nil : (LuaLocation(chunk: chunk, line: line), String(rest))
            }
            search = after
        }
        return nil
    }
}
