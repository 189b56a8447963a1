import CLua

/// What a function of a run needs at call time. C holds it by a pointer: the run (or its library) keeps it alive.
class FunctionBox {
    let name: String
    let parameters: [Parameter]
    /// C's copies, owned here.
    let accepts: UnsafeMutablePointer<UInt16>
    let cName: UnsafeMutablePointer<CChar>

    init(name: String, parameters: [Parameter]) {
        self.name = name
        self.parameters = parameters
        accepts = .allocate(capacity: max(parameters.count, 1))
        for (index, parameter) in parameters.enumerated() {
            let absent = parameter.isOptional ? UInt16(CLUA_ACCEPTS_ABSENT) : 0
            accepts[index] = parameter.type.accepts | absent
        }
        let utf8 = name.utf8CString
        cName = .allocate(capacity: utf8.count)
        for (index, byte) in utf8.enumerated() { (cName + index).initialize(to: byte) }
        LiveObjects.add(1)
    }

    deinit {
        accepts.deallocate()
        cName.deallocate()
        LiveObjects.add(-1)
    }

    func entry(_ call: @escaping clua_function, waits: Bool, checked: Bool = true) -> clua_entry {
        clua_entry(
            call: call, context: Unmanaged.passUnretained(self).toOpaque(), accepts: UnsafePointer(accepts),
            parameters: checked ? UInt8(clamping: parameters.count) : 0, waits: waits, name: UnsafePointer(cName))
    }

    /// The entry that C dispatches to.
    var entry: clua_entry { preconditionFailure("a box has a body") }

    static func of(_ context: UnsafeMutableRawPointer) -> Unmanaged<FunctionBox> { .fromOpaque(context) }
}

final class ImmediateBox: FunctionBox {
    let body: (borrowing LuaCall) throws(LuaFailure) -> Void

    init(name: String, parameters: [Parameter], body: @escaping (borrowing LuaCall) throws(LuaFailure) -> Void) {
        self.body = body
        super.init(name: name, parameters: parameters)
    }

    override var entry: clua_entry { entry(callImmediate, waits: false) }
}

final class NativeBox: FunctionBox {
    let body: NativeFunction

    init(name: String, parameters: [Parameter], body: @escaping NativeFunction) {
        self.body = body
        super.init(name: name, parameters: parameters)
    }

    override var entry: clua_entry { entry(body, waits: false) }
}

final class AsyncBox: FunctionBox {
    let body: (borrowing LuaCall) throws(LuaFailure) -> Operation

    init(name: String, parameters: [Parameter], body: @escaping (borrowing LuaCall) throws(LuaFailure) -> Operation) {
        self.body = body
        super.init(name: name, parameters: parameters)
    }

    override var entry: clua_entry { entry(callAsync, waits: true) }
}

/// The calls of a path such as `b24`: the method's name arrives on top of the stack.
final class PathBox: FunctionBox {
    let body: (String, borrowing LuaCall) throws(LuaFailure) -> Operation

    init(name: String, body: @escaping (String, borrowing LuaCall) throws(LuaFailure) -> Operation) {
        self.body = body
        super.init(name: name, parameters: [])
    }

    override var entry: clua_entry { entry(callPath, waits: true) }
}

// -- What C calls. No Swift frame is on the stack when C raises or yields: these return a code first. -----------------

private func callImmediate(_ state: OpaquePointer?, _ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let state, let context else { return Code.raise }
    // The run holds the box, so neither it nor its closure is counted on the way.
    return Unmanaged<ImmediateBox>.fromOpaque(context)._withUnsafeGuaranteedRef { box in
        do throws(LuaFailure) {
            try box.body(LuaCall(state, context))
            return Code.pushed
        } catch {
            return LuaCall(state, context).raise(error)
        }
    }
}

private func callAsync(_ state: OpaquePointer?, _ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let state, let context else { return Code.raise }
    let box = Unmanaged<AsyncBox>.fromOpaque(context).takeUnretainedValue()
    do throws(LuaFailure) {
        RunCore.of(state).park(try box.body(LuaCall(state, context)), context)
        return Code.await
    } catch {
        return LuaCall(state, context).raise(error)
    }
}

private func callPath(_ state: OpaquePointer?, _ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let state, let context else { return Code.raise }
    let box = Unmanaged<PathBox>.fromOpaque(context).takeUnretainedValue()
    let name = state.text(at: -1) ?? ""
    clua_pop(state, 1)
    do throws(LuaFailure) {
        RunCore.of(state).park(try box.body(name, LuaCall(state, context)), context)
        return Code.await
    } catch {
        return LuaCall(state, context).raise(error)
    }
}
