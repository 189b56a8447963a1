import Bridge
import CLua

/// One function in the two forms a host function has: it adds one to an integer.
enum Increments {
    static var native: FunctionDeclaration { declared("native", .native(addOne)) }

    static var closure: FunctionDeclaration {
        // What it captures makes it a closure in a box, not a plain function.
        let step = Int64(CommandLine.arguments.count)
        return declared(
            "closure",
            .immediate { call throws(LuaFailure) in
                try call.push(try call.integer(1) &+ step)
            })
    }

    private static func declared(_ name: String, _ body: FunctionBody) -> FunctionDeclaration {
        FunctionDeclaration(
            name, "Adds one.", parameters: [Parameter("n", .integer, "any integer")],
            results: [ResultDoc("sum", .integer, "one more")], example: "\(name)(1)", body: body)
    }
}

/// The declaration's check is behind it: argument 1 is an integer.
private func addOne(_ state: OpaquePointer?, _ context: UnsafeMutableRawPointer?) -> Int32 {
    lua_pushinteger(state, lua_tointegerx(state, 1, nil) &+ 1)
    return 1
}
