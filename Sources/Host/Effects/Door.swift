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
        // What a recipe stores is no writing command on a portal, but it fills a disk all the same.
        if !effect.asksPortal, effect.access == .write {
            guard writes + stored < writesMax else { throw .limit(.writes, writesMax) }
            stored += 1
        }
        if effect.asksPortal {
            let commands = effect.commands
            guard calls < callsMax else { throw .limit(.calls, callsMax) }
            guard writes + stored + commands.writes <= writesMax else { throw .limit(.writes, writesMax) }
            calls += 1
            reads += commands.reads
            writes += commands.writes
        }
        return try await interpreter.result(of: effect)
    }
}
