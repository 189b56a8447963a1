/// Where a record comes from, as the CRM keeps it: a system and the record's identifier there. No two records of one
/// type should have the same.
public struct RecordOrigin: Sendable, Hashable {
    /// What `once` calls the host where the caller names no system.
    public static let host = "host"

    /// `ORIGINATOR_ID`.
    public let system: String
    /// `ORIGIN_ID`.
    public let id: String

    public init(system: String, id: String) {
        self.system = system
        self.id = id
    }
}
