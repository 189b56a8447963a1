import CLua

/// What a declared parameter takes. `integer` and `number` take strings that read as one, as Lua does.
public enum LuaType: String, Sendable {
    case string, integer, number, boolean, table, function
    /// Anything, `nil` too.
    case any

    /// The bits that the check in C wants.
    var accepts: UInt16 {
        func bit(_ type: Int32) -> UInt16 { 1 << UInt16(type) }
        let text = bit(LUA_TSTRING) | bit(LUA_TNUMBER)
        switch self {
        case .string: return text
        case .integer: return text | UInt16(CLUA_ACCEPTS_INTEGRAL)
        case .number: return text | UInt16(CLUA_ACCEPTS_NUMERIC)
        case .boolean: return bit(LUA_TBOOLEAN)
        case .table: return bit(LUA_TTABLE)
        case .function: return bit(LUA_TFUNCTION)
        case .any: return 0x1FF | UInt16(CLUA_ACCEPTS_ABSENT)
        }
    }
}

public struct Parameter: Sendable {
    public let name: String
    public let type: LuaType
    public let isOptional: Bool
    public let doc: String

    public init(_ name: String, _ type: LuaType, optional: Bool = false, _ doc: String) {
        self.name = name
        self.type = type
        self.isOptional = optional
        self.doc = doc
    }
}

public struct ResultDoc: Sendable {
    public let name: String
    public let type: LuaType
    public let doc: String

    public init(_ name: String, _ type: LuaType, _ doc: String) {
        self.name = name
        self.type = type
        self.doc = doc
    }
}

/// What a run awaits for a function. Runs on the run's own task and isolation; it should honour cancellation, for the
/// run ends only when it has.
public typealias Operation = () async -> Completion

/// What an operation brought.
public enum Completion {
    /// Pushes the function's results.
    case returns((borrowing LuaCall) throws(LuaFailure) -> Void)
    /// Raised in the script, which may catch it.
    case fails(LuaFailure)
    /// Ends the run; no `pcall` catches it.
    case stops(LuaFailure)
}

/// The cheapest body: a function without context that works on the stack by C's non-raising functions and returns the
/// number of results it pushed. The call's arguments were checked against the declaration.
public typealias NativeFunction = @convention(c) (_ state: OpaquePointer?, _ context: UnsafeMutableRawPointer?) -> Int32

public enum FunctionBody {
    /// For what is called in inner loops.
    case native(NativeFunction)
    /// Answers at once, pushing its results through the call.
    case immediate((borrowing LuaCall) throws(LuaFailure) -> Void)
    /// Reads its arguments and returns what to await.
    case async((borrowing LuaCall) throws(LuaFailure) -> Operation)
}

/// One function of a module: its binding, argument checks, LuaCATS stub and help all come from here.
public struct FunctionDeclaration {
    /// With its table: `slots.open`.
    public let name: String
    public let doc: String
    public let parameters: [Parameter]
    public let results: [ResultDoc]
    /// A sentence each: when it fails.
    public let errors: [String]
    /// Such as "one request" or "waits".
    public let cost: String?
    public let example: String
    public let body: FunctionBody

    public init(
        _ name: String, _ doc: String, parameters: [Parameter] = [], results: [ResultDoc] = [], errors: [String] = [],
        cost: String? = nil, example: String, body: FunctionBody
    ) {
        self.name = name
        self.doc = doc
        self.parameters = parameters
        self.results = results
        self.errors = errors
        self.cost = cost
        self.example = example
        self.body = body
    }
}
