import Bridge

/// A Lua function of the host: its declaration, and a body that is given the run it is called in, or is written in Lua
/// over other functions of the host.
struct HostFunction: Sendable {
    typealias Immediate = @Sendable (RunContext, borrowing LuaCall) throws(LuaFailure) -> Void
    typealias Waiting = @Sendable (RunContext, borrowing LuaCall) throws(LuaFailure) -> Operation

    private enum Body {
        case immediate(Immediate)
        case waiting(Waiting)
        case lua(String)
    }

    let name: String
    private let doc: String
    private let parameters: [Parameter]
    private let results: [ResultDoc]
    private let errors: [String]
    private let cost: String?
    private let example: String
    private let body: Body

    private init(
        _ name: String, _ doc: String, _ parameters: [Parameter], _ results: [ResultDoc], _ errors: [String],
        _ cost: String?, _ example: String, _ body: Body
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

    /// A function that answers at once.
    init(
        _ name: String, _ doc: String, parameters: [Parameter] = [], results: [ResultDoc] = [], errors: [String] = [],
        cost: String? = nil, example: String, immediate body: @escaping Immediate
    ) {
        self.init(name, doc, parameters, results, errors, cost, example, .immediate(body))
    }

    /// A function whose effect the run waits for.
    init(
        _ name: String, _ doc: String, parameters: [Parameter] = [], results: [ResultDoc] = [], errors: [String] = [],
        cost: String? = nil, example: String, waiting body: @escaping Waiting
    ) {
        self.init(name, doc, parameters, results, errors, cost, example, .waiting(body))
    }

    /// A function written in Lua: `function (key) … end`, which may use what is installed before it.
    init(
        _ name: String, _ doc: String, parameters: [Parameter] = [], results: [ResultDoc] = [], errors: [String] = [],
        cost: String? = nil, example: String, lua source: String
    ) {
        self.init(name, doc, parameters, results, errors, cost, example, .lua(source))
    }

    /// The statement that makes a function written in Lua; nil for others.
    var luaStatement: String? {
        guard case .lua(let source) = body else { return nil }
        return "\(name) = \(source)\n"
    }

    /// Bound to a run. Without one, or written in Lua, it can be described, and refuses to be called.
    func declaration(for run: RunContext?) -> FunctionDeclaration {
        let bound: FunctionBody =
            switch (body, run) {
            case (.immediate(let body), let run?): .immediate { (call) throws(LuaFailure) in try body(run, call) }
            case (.waiting(let body), let run?): .async { (call) throws(LuaFailure) in try body(run, call) }
            case (_, nil), (.lua, _):
                .immediate { (call) throws(LuaFailure) in
                    throw LuaFailure(kind: .host, message: "\(call.functionName) is only described here")
                }
            }
        return FunctionDeclaration(
            name, doc, parameters: parameters, results: results, errors: errors, cost: cost, example: example,
            body: bound)
    }
}
