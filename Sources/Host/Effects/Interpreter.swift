public import Bitrix24
public import Bridge

/// What an effect brought.
public enum EffectResult: Sendable {
    /// A portal's reply, its bytes not yet looked into.
    case reply(Reply)
    /// The replies to several reads, in their order.
    case replies([Reply])
    /// What became of each command, in the commands' order.
    case batch(BatchReply)
    /// What became of each request, in the requests' order.
    case batches([BatchAnswer])
    /// JSON of our own making: a stored value, a yes or no.
    case json([UInt8])
    case nothing
}

/// Why an effect brought nothing.
public enum EffectFailure: Error, Sendable {
    /// The portal, or the way to it.
    case portal(Failure)
    /// This machine, or how the host is set up.
    case host(HostFailure)
    /// A bound of the run, by its name and value.
    case limit(LimitName, Int, note: String? = nil)
    case cancelled
    /// The run pauses for longer than it stays in memory; it is replayed up to here then.
    case parked(untilMS: Int64)
    /// The journal cannot be written now, so that nothing more may be done; the run goes on when it can.
    case suspended(HostFailure)
    /// The code asks for something else than it did when the journal was written.
    case diverged(Divergence)
    /// The journal ends here, and the run is not to go on.
    case ended
}

/// Where a replay leaves its journal.
public struct Divergence: Sendable, Equatable {
    /// From 1.
    public let step: Int
    /// What the journal has there, and what the code asks for; methods and names, no values.
    public let recorded: String
    public let asked: String
}

extension EffectFailure {
    /// What the protocol refuses, as an effect's failure.
    static func wrapping<T>(_ body: () throws(Failure) -> T) throws(EffectFailure) -> T {
        do throws(Failure) {
            return try body()
        } catch {
            throw .portal(error)
        }
    }

    /// The same for work that is waited for.
    static func wrapping<T>(_ body: () async throws(HostFailure) -> T) async throws(EffectFailure) -> T {
        do throws(HostFailure) {
            return try await body()
        } catch {
            throw .host(error)
        }
    }

    /// What this machine refuses, as an effect's failure.
    static func wrapping<T>(_ body: () throws(HostFailure) -> T) throws(EffectFailure) -> T {
        do throws(HostFailure) {
            return try body()
        } catch {
            throw .host(error)
        }
    }
}

/// Answers effects. *Live* does them; *plan* answers reads and lists writes.
protocol Interpreter: AnyObject {
    func result(of effect: Effect) async throws(EffectFailure) -> EffectResult
}
