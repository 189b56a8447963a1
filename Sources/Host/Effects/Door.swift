/// The one way from a recipe to the outside world. It counts what passes and keeps the run inside its bounds.
final class Door {
    private let interpreter: any Interpreter
    private let callsMax: Int
    private let writesMax: Int
    private var calls = 0
    private var stored = 0
    private(set) var reads = 0
    private(set) var writes = 0

    init(_ interpreter: any Interpreter, limits: RunLimits) {
        self.interpreter = interpreter
        callsMax = limits.callsMax
        writesMax = limits.writesMax
    }

    func result(of effect: Effect) async throws(EffectFailure) -> EffectResult {
        if effect.stores {
            guard writes + stored < writesMax else { throw .limit(.writes, writesMax) }
            stored += 1
        }
        if effect.asksPortal {
            let commands = effect.commands
            guard calls + effect.requests <= callsMax else { throw .limit(.calls, callsMax) }
            try checkRoom(writes: commands.writes)
            calls += effect.requests
            reads += commands.reads
            writes += commands.writes
        }
        return try await interpreter.result(of: effect)
    }

    /// Refuses work before its first write that would end in the middle.
    func checkRoom(writes more: Int) throws(EffectFailure) {
        guard writes + stored + more <= writesMax else { throw .limit(.writes, writesMax) }
    }

    /// Writes that did nothing and pass again count once.
    func takeBack(writes undone: Int) { writes -= undone }
}
