import CLua

/// Declarations made ready to install: install one in as many runs as you like, all on one task or one after another.
public final class LuaLibrary {
    /// A name as C takes it, made once.
    final class Name {
        let text: String
        let bytes: UnsafeMutablePointer<CChar>

        init(_ text: String) {
            self.text = text
            let utf8 = text.utf8CString
            bytes = .allocate(capacity: utf8.count)
            for (index, byte) in utf8.enumerated() { bytes[index] = byte }
        }

        deinit { bytes.deallocate() }

        /// Pushes the table of this name in the globals on top of the stack, made if need be.
        func pushTable(to state: LuaState, room: Int) {
            if clua_rawget_text(state, -1, bytes) == LUA_TTABLE { return }
            clua_pop(state, 1)
            clua_new_table(state, 0, Int32(clamping: room))
            lua_pushvalue(state, -1)
            clua_rawset_text(state, -3, bytes)
        }
    }

    struct Module {
        let name: Name?
        var functions: [(key: Name, index: Int)]
    }

    public let declarations: [FunctionDeclaration]
    let boxes: [FunctionBox]
    let modules: [Module]

    public init(_ declarations: [FunctionDeclaration]) {
        self.declarations = declarations
        boxes = declarations.map { declaration in
            switch declaration.body {
            case .immediate(let body):
                ImmediateBox(name: declaration.name, parameters: declaration.parameters, body: body)
            case .native(let body):
                NativeBox(name: declaration.name, parameters: declaration.parameters, body: body)
            case .async(let body):
                AsyncBox(name: declaration.name, parameters: declaration.parameters, body: body)
            }
        }
        var modules: [Module] = []
        var places: [String: Int] = [:]
        for (index, declaration) in declarations.enumerated() {
            let parts = declaration.name.split(separator: ".", maxSplits: 1)
            let table = parts.count == 2 ? String(parts[0]) : ""
            let key = Name(String(parts.last ?? ""))
            if let place = places[table] {
                modules[place].functions.append((key, index))
            } else {
                places[table] = modules.count
                modules.append(Module(name: table.isEmpty ? nil : Name(table), functions: [(key, index)]))
            }
        }
        self.modules = modules
    }
}
