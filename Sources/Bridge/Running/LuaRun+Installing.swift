import CLua
public import Wire

extension LuaRun {
    /// Makes the functions known: `slots.open` in the table `slots`, a name without a dot as a global.
    public func install(_ declarations: [FunctionDeclaration]) throws(LuaFailure) {
        try install(LuaLibrary(declarations))
    }

    /// As `install(_:)`, from a library that was made once for many runs.
    public func install(_ library: LuaLibrary) throws(LuaFailure) {
        let first = try reserve(library.boxes)
        try enter { state throws(LuaFailure) in
            guard lua_checkstack(state, 8) != 0 else { throw .memory }
            clua_push_globals(state)
            for module in library.modules {
                if let name = module.name {
                    name.pushTable(to: state, room: module.functions.count)
                } else {
                    lua_pushvalue(state, -1)
                }
                for function in module.functions {
                    clua_push_entry(state, first + Int32(function.index))
                    clua_rawset_text(state, -2, function.key.bytes)
                }
                clua_pop(state, 1)
            }
        }
    }

    /// Makes a global such as `b24` whose every dotted path is callable: `b24.crm.deal.list{…}` calls `call` with
    /// `"crm.deal.list"`. The declarations (`b24.call`, `b24.each` …) are its explicit members.
    public func install(
        pathNamed name: String, _ declarations: [FunctionDeclaration],
        call: @escaping (String, borrowing LuaCall) throws(LuaFailure) -> Operation
    ) throws(LuaFailure) {
        let library = LuaLibrary(declarations)
        let first = try reserve(library.boxes + [PathBox(name: name, body: call)])
        try enter { state throws(LuaFailure) in
            guard lua_checkstack(state, 8) != 0 else { throw .memory }
            clua_push_globals(state)
            clua_new_table(state, 0, Int32(declarations.count))
            for module in library.modules where module.name?.text == name {
                for function in module.functions {
                    clua_push_entry(state, first + Int32(function.index))
                    clua_rawset_text(state, -2, function.key.bytes)
                }
            }
            name.withCString { clua_push_path(state, $0, first + Int32(library.boxes.count)) }
            name.withCString { clua_rawset_text(state, -2, $0) }
        }
    }

    /// Sets a global to plain data. The table is the run's own copy: changing it changes nothing outside.
    public func setGlobal(_ name: String, _ value: JSONValue) throws(LuaFailure) {
        let depthMax = limits.valueDepthMax
        try enter { state throws(LuaFailure) in
            guard lua_checkstack(state, 4) != 0 else { throw .memory }
            clua_push_globals(state)
            try ValueTransfer.push(value, to: state, depthMax: depthMax)
            name.withCString { clua_rawset_text(state, -2, $0) }
        }
    }

    /// The same for a table whose keys are declared: reading another one is an error, `SENTENCE 'key'`, and not nil.
    public func setGlobal(
        _ name: String, _ value: JSONObject, declared: [String], otherwise sentence: String
    ) throws(LuaFailure) {
        let depthMax = limits.valueDepthMax
        try enter { state throws(LuaFailure) in
            guard lua_checkstack(state, 8) != 0 else { throw .memory }
            clua_push_globals(state)
            try ValueTransfer.push(.object(value), to: state, depthMax: depthMax)
            let names = JSONObject(declared.map { ($0, JSONValue.bool(true)) })
            try ValueTransfer.push(.object(names), to: state, depthMax: depthMax)
            sentence.withCString { clua_make_strict(state, $0) }
            name.withCString { clua_rawset_text(state, -2, $0) }
        }
    }

    private func reserve(_ boxes: [FunctionBox]) throws(LuaFailure) -> Int32 {
        let handle = try opened()
        let first = clua_entries_reserve(handle, Int32(clamping: boxes.count))
        guard first >= 0 else {
            throw .limit(.functions, Int(CLUA_ENTRIES_MAX))
        }
        for (index, box) in boxes.enumerated() {
            clua_entry_at(handle, first + Int32(index)).pointee = box.entry
            keep(box)
        }
        return first
    }
}
