import Bitrix24
import Bridge
import Wire

/// What the functions of one run share. Confined to the run's task.
final class RunContext {
    let id: String
    let mode: RunMode
    let door: Door
    let log: RunLog
    let clock: () -> Timestamp
    var random: any RandomNumberGenerator
    let recipe: RecipeSession
    let files: FileFolder
    let writing: ManyWrite.Policy
    private var originPrefixes = 0
    private var latestMS: UInt64 = 0
    /// The parameters that were looked at already, under the method they were given to.
    private var seenParameters: [String: Set<String>] = [:]
    /// In whose name calls are made; nil without a portal.
    let portalUserID: Int?
    /// What is known of the portal's list methods; nil without a portal.
    let pagingProfiles: PagingProfiles?
    /// What the portal granted, where that is known before asking.
    let portalScopes: [String]?
    /// Makes the settings visible to the recipe and bounds its state; set once the state exists.
    var publish: (RecipeSession) throws(LuaFailure) -> Void = { _ in }
    private let progress: (Int, Int) -> Void

    init(
        id: String, mode: RunMode, door: Door, log: RunLog, recipe: RecipeSession, files: FileFolder,
        portalUserID: Int?, portalScopes: [String]?, pagingProfiles: PagingProfiles?,
        clock: @escaping () -> Timestamp,
        random: any RandomNumberGenerator, writing: ManyWrite.Policy, progress: @escaping (Int, Int) -> Void
    ) {
        self.id = id
        self.mode = mode
        self.door = door
        self.log = log
        self.recipe = recipe
        self.files = files
        self.portalUserID = portalUserID
        self.pagingProfiles = pagingProfiles
        self.portalScopes = portalScopes
        self.clock = clock
        self.random = random
        self.writing = writing
        self.progress = progress
    }

    /// The operation that asks for an effect and pushes what it brought.
    func operation(
        _ effect: Effect, push: @escaping (EffectResult, borrowing LuaCall) throws(LuaFailure) -> Void
    ) -> Operation {
        {
            do throws(EffectFailure) {
                let result = try await self.result(of: effect)
                return .returns { (call) throws(LuaFailure) in try push(result, call) }
            } catch {
                return self.completion(of: error)
            }
        }
    }

    /// The operation that does several things one after another before the recipe goes on.
    func operation(
        _ work: @escaping () async throws(EffectFailure) -> (borrowing LuaCall) throws(LuaFailure) -> Void
    ) -> Operation {
        {
            do throws(EffectFailure) {
                return .returns(try await work())
            } catch {
                return self.completion(of: error)
            }
        }
    }

    func result(of effect: Effect) async throws(EffectFailure) -> EffectResult {
        let result = try await door.result(of: effect)
        progress(door.reads, door.writes)
        return result
    }

    /// The replies to reads that do not depend on each other.
    func replies(to calls: [Call]) async throws(EffectFailure) -> [Reply] {
        if calls.count == 1, case .reply(let reply) = try await result(of: Effect(.call(calls[0]))) { return [reply] }
        if calls.count > 1, case .replies(let replies) = try await result(of: Effect(.reads(calls))) { return replies }
        throw .host(HostFailure(.machine, "a list was answered by something else"))
    }

    private func completion(of failure: EffectFailure) -> Completion {
        let raised = LuaFailure(failure).redacted(by: log.redactor)
        switch failure {
        case .portal(let portal) where portal.code.lowercased() == "insufficient_scope" && !recipe.scopes.isEmpty:
            return .fails(raised.hinting("\(portal.hint) The recipe needs \(recipe.scopes.joined(separator: ", "))."))
        case .portal, .host: return .fails(raised)
        case .limit, .cancelled, .parked, .suspended, .diverged, .ended: return .stops(raised)
        }
    }

    /// What origins of the next call that makes some begin with. A run that is repeated under its identifier makes the
    /// same calls in the same order, and so the same origins.
    func originPrefix() -> String {
        originPrefixes += 1
        return "\(id)-\(originPrefixes)"
    }

    /// The run's clock in milliseconds, which a replay repeats. It never goes back, as waits are measured by it.
    func nowMS() -> UInt64 {
        latestMS = max(latestMS, UInt64(clamping: clock().unixMilliseconds))
        return latestMS
    }

    /// The run has slept: so much time has passed, whatever the clock shows.
    func slept(milliseconds: UInt64) { latestMS = nowMS() + milliseconds }

    /// The recipe has declared itself: its settings can be read, and the bounds it asks for hold from here on.
    func declared() throws(LuaFailure) {
        door.limits = recipe.limits
        log.bound(lineBytesMax: recipe.limits.logLineBytesMax, totalBytesMax: recipe.limits.logBytesMax)
        try publish(recipe)
    }

    /// Warns of parameters that the method's documentation does not have, once of each.
    func remark(on names: some Sequence<String>, of facts: MethodFacts?) throws(LuaFailure) {
        guard let facts else { return }
        var seen = seenParameters[facts.name] ?? []
        for name in names where seen.count < Self.seenParametersMax && seen.insert(name).inserted {
            guard let remark = facts.remark(onParameter: name) else { continue }
            try say(.warn, remark)
        }
        seenParameters[facts.name] = seen
    }

    /// Of one method; a recipe that gives more of them has other troubles.
    private static let seenParametersMax = 100

    /// A random identifier, version 4 (RFC 9562).
    func uuid() -> String {
        var bytes: [UInt8] = []
        for _ in 0..<2 {
            let word = random.next()
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return text
    }

    /// Writes a line to the run's log; a full log ends the run.
    func say(_ level: RunLog.Level, _ message: String, _ fields: JSONObject = JSONObject()) throws(LuaFailure) {
        do throws(RunLogFull) {
            try log.line(level, message, fields)
        } catch {
            throw .limit(.log, error.totalBytesMax)
        }
    }
}

extension LuaFailure {
    /// The category of failures that only the host's configuration can mend.
    static let configurationCategory = "configuration"

    /// A setting that is missing or not what it should be.
    static func setting(_ message: String) -> LuaFailure {
        LuaFailure(
            kind: .host, message: message, fields: ["code": "SETTING", "category": .string(configurationCategory)])
    }

    /// Words that came from a portal may repeat the address it was asked at.
    func redacted(by redactor: Redactor) -> LuaFailure {
        LuaFailure(
            kind: kind, message: redactor.redact(message), fields: redactor.redact(fields), location: location,
            traceback: traceback)
    }

    func hinting(_ hint: String) -> LuaFailure {
        var fields = fields
        fields["hint"] = .string(hint)
        return LuaFailure(kind: kind, message: message, fields: fields, location: location, traceback: traceback)
    }

    /// The failure as a recipe sees it in a table of results.
    var asObject: JSONObject {
        var object = fields
        object["message"] = .string(message)
        return object
    }

    init(_ failure: EffectFailure) {
        switch failure {
        case .portal(let portal):
            var fields: JSONObject = [
                "code": .string(portal.code), "category": .string(portal.category.rawValue),
                "method": .string(portal.method),
                "retryable": .bool(portal.retryable), "hint": .string(portal.hint),
                "uncertain": .bool(portal.isUncertain),
            ]
            if let status = portal.status { fields["status"] = .integer(Int64(status)) }
            if let argument = portal.argument { fields["argument"] = .string(argument) }
            self.init(kind: .host, message: portal.sentence, fields: fields)
        case .host(let host):
            var fields: JSONObject = ["code": "HOST"]
            if let hint = host.hint { fields["hint"] = .string(hint) }
            if host.kind == .configuration { fields["category"] = .string(LuaFailure.configurationCategory) }
            self.init(kind: .host, message: host.message, fields: fields)
        case .limit(let name, let allowed, let note):
            self = .limit(name, allowed, note: note)
        case .cancelled:
            self.init(kind: .cancelled, message: "the run was cancelled")
        case .parked:
            self.init(kind: .cancelled, message: "the run sleeps")
        case .ended:
            self.init(kind: .cancelled, message: "the journal ends here")
        case .suspended(let host):
            self.init(kind: .cancelled, message: host.message)
        case .diverged(let divergence):
            self.init(
                kind: .cancelled,
                message: "the code leaves the journal at step \(divergence.step): it asks for \(divergence.asked), "
                    + "the run had asked for \(divergence.recorded)",
                fields: ["code": "DIVERGED", "step": .integer(Int64(divergence.step))])
        }
    }
}
