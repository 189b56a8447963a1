public import Wire

/// A place in a script: chunk name as given in `LuaSource.name`, line from 1.
public struct LuaLocation: Sendable, Equatable, CustomStringConvertible {
    public let chunk: String
    public let line: Int

    public init(chunk: String, line: Int) {
        self.chunk = chunk
        self.line = line
    }

    public var description: String { "\(chunk):\(line)" }
}

/// A bound of a run, by the name it has in settings and errors.
public enum LimitName: String, Sendable, CaseIterable {
    case memory, cpu, wall, calls, writes, depth, size, log
    case logLine = "log_line"
    case source, functions, output, steps
}

/// What went wrong in a run.
///
/// In Lua it is a table `{code, message, …, where}` whose `tostring` is one line; a table that no `pcall` caught comes
/// back as the same failure. `limit` and `cancelled` end the run: no `pcall` sees them.
public struct LuaFailure: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// The script's own `error`, or a mistake that Lua found in it.
        case recipe
        /// An argument of a host function is not what its declaration says.
        case argument
        /// A host function failed.
        case host
        case syntax
        case limit(LimitName)
        case cancelled
    }

    // One word in a typed throw, whatever it carries.
    private final class Storage: Sendable {
        let kind: Kind
        let message: String
        let fields: JSONObject
        let location: LuaLocation?
        let traceback: String?

        init(_ kind: Kind, _ message: String, _ fields: JSONObject, _ location: LuaLocation?, _ traceback: String?) {
            self.kind = kind
            self.message = message
            self.fields = fields
            self.location = location
            self.traceback = traceback
        }
    }

    private let storage: Storage

    public init(
        kind: Kind, message: String, fields: JSONObject = JSONObject(), location: LuaLocation? = nil,
        traceback: String? = nil
    ) {
        storage = Storage(kind, message, fields, location, traceback)
    }

    public var kind: Kind { storage.kind }
    /// What failed, on what, and what to do next; without the place.
    public var message: String { storage.message }
    /// Facts for a program: `code`, `method`, `status`, `retryable`, `argument` …
    public var fields: JSONObject { storage.fields }
    public var location: LuaLocation? { storage.location }
    public var traceback: String? { storage.traceback }

    /// One line: place, then message.
    public var description: String { location.map { "\($0): \(message)" } ?? message }

    /// The same failure with a place and a traceback where it has none.
    public func located(at place: LuaLocation?, traceback trace: String? = nil) -> LuaFailure {
        if location != nil && (traceback != nil || trace == nil) { return self }
        return LuaFailure(
            kind: kind, message: message, fields: fields, location: location ?? place, traceback: traceback ?? trace)
    }

    /// True for what no `pcall` may catch.
    var endsTheRun: Bool {
        switch kind {
        case .limit, .cancelled: true
        case .recipe, .argument, .host, .syntax: false
        }
    }
}
