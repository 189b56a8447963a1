/// The one way from a recipe to the outside world. It counts what passes and keeps the run inside its bounds.
final class Door {
    private let interpreter: any Interpreter
    var limits: RunLimits
    /// Nothing is sent: what passes is listed.
    private let isPlan: Bool
    private var calls = 0
    private var stored = 0
    private(set) var reads = 0
    private(set) var writes = 0

    init(_ interpreter: any Interpreter, limits: RunLimits, isPlan: Bool = false) {
        self.isPlan = isPlan
        self.interpreter = interpreter
        self.limits = limits
    }

    private var callsMax: Int { limits.callsMax }
    private var writesMax: Int { limits.writesMax }

    func result(of effect: Effect) async throws(EffectFailure) -> EffectResult {
        if effect.stores {
            guard writes + stored < writesMax else { throw .limit(.writes, writesMax) }
            stored += 1
        }
        if effect.asksPortal {
            let commands = effect.commands
            guard calls + effect.requests <= callsMax else { throw .limit(.calls, callsMax) }
            do throws(EffectFailure) {
                try checkRoom(commands.writes)
            } catch {
                try await list(asMuchOf: effect)
                throw error
            }
            calls += effect.requests
            reads += commands.reads
            writes += commands.writes
        }
        return try await interpreter.result(of: effect)
    }

    /// Refuses work before its first write that would end in the middle. A plan may end there: it shows what it has
    /// until then.
    func checkRoom(writes more: Int) throws(EffectFailure) {
        if !isPlan { try checkRoom(more) }
    }

    private func checkRoom(_ more: Int) throws(EffectFailure) {
        guard writes + stored + more <= writesMax else {
            let isWhole = more > 1 && !isPlan
            throw .limit(.writes, writesMax, note: isWhole ? "none of these \(more) was sent" : nil)
        }
    }

    /// In a plan, the batches for which there is room.
    private func list(asMuchOf effect: Effect) async throws(EffectFailure) {
        guard isPlan, case .batches(let batches) = effect.request else { return }
        var room = writesMax - writes - stored
        let fitting = batches.prefix { batch in
            room -= Effect(.batch(batch)).commands.writes
            return room >= 0
        }
        if !fitting.isEmpty { _ = try await result(of: Effect(.batches(Array(fitting)))) }
    }

    /// Writes that did nothing and pass again count once.
    func takeBack(writes undone: Int) { writes -= undone }
}
