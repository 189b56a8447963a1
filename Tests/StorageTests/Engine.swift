import PostgresCluster
import Storage
import Testing

/// The two databases that must behave the same.
enum Engine: CaseIterable, Sendable {
    case sqlite, postgres

    /// An empty database, and a connection to it.
    func open() throws -> any SQLConnection {
        switch self {
        case .sqlite: try Database(.memory)
        case .postgres: try PostgresDatabase(PostgresCluster.shared().makeDatabase())
        }
    }
}
