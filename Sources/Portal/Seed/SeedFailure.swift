/// What is wrong with a seed file, and where.
public struct SeedFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The place in the file: `deals[3].ASSIGNED_BY_ID`; empty for the file as a whole.
    public let path: String
    /// What was expected there, or what the portal answered when it was given the value.
    public let message: String

    public init(_ path: String, _ message: String) {
        self.path = path
        self.message = message
    }

    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
