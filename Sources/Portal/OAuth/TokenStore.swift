internal import Storage
import Wire

/// The codes and tokens an authorization server has given out, in the portal's database: a portal with a data
/// file knows them after a restart.
///
/// Values come from the portal's seed and a counter, so that runs can be repeated; they protect nothing.
struct TokenStore {
    enum Kind: String {
        case code, access, refresh
    }

    /// Who a code or token stands for.
    struct Grant {
        let clientID: String
        let userID: Int
        let scopes: [String]
    }

    struct Token {
        let number: Int
        let grant: Grant
        let expires: Int64
        let isSpent: Bool
    }

    /// The newest this many are remembered.
    static let tokensMax = 100_000

    static let schema = [
        """
        CREATE TABLE IF NOT EXISTS oauth_token (
          number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, value TEXT NOT NULL UNIQUE,
          client_id TEXT NOT NULL, user_id INTEGER NOT NULL, scope TEXT NOT NULL, expires INTEGER NOT NULL,
          is_spent INTEGER NOT NULL DEFAULT 0
        )
        """
    ]

    let state: PortalState

    /// - Parameter seconds: How long it lives.
    func issue(_ kind: Kind, for grant: Grant, seconds: Int64) throws(PortalFailure) -> String {
        try state.transaction { () throws(PortalFailure) in
            let last = try state.integer("SELECT seq FROM sqlite_sequence WHERE name = 'oauth_token'") ?? 0
            let value = Self.value(number: last + 1, seed: state.settings.seedNumber)
            try state.execute(
                "INSERT INTO oauth_token (kind, value, client_id, user_id, scope, expires) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    .text(kind.rawValue), .text(value), .text(grant.clientID), .integer(Int64(grant.userID)),
                    .text(grant.scopes.joined(separator: ",")), .integer(state.clock.unixSeconds + seconds),
                ])
            try state.execute(
                "DELETE FROM oauth_token WHERE number <= ?", [.integer(Int64(last + 1 - Self.tokensMax))])
            return value
        }
    }

    func find(_ kind: Kind, _ value: String) throws(PortalFailure) -> Token? {
        try state.first(
            """
            SELECT number, client_id, user_id, scope, expires, is_spent FROM oauth_token WHERE value = ? AND kind = ?
            """, [.text(value), .text(kind.rawValue)]
        ) { row throws(DatabaseFailure) in
            let scopes = row.text(3).split(separator: ",").map(String.init)
            return Token(
                number: row.int(0), grant: Grant(clientID: row.text(1), userID: row.int(2), scopes: scopes),
                expires: row.integer(4), isSpent: row.bool(5))
        }
    }

    func spend(_ token: Token) throws(PortalFailure) {
        try state.execute("UPDATE oauth_token SET is_spent = 1 WHERE number = ?", [.integer(Int64(token.number))])
    }

    /// Ends the life of every token of a kind, or of those of one grant.
    func expire(_ kind: Kind, of grant: Grant? = nil) throws(PortalFailure) {
        try state.execute(
            """
            UPDATE oauth_token SET expires = min(expires, ?1)
            WHERE kind = ?2 AND (?3 IS NULL OR (client_id = ?3 AND user_id = ?4))
            """,
            [
                .integer(state.clock.unixSeconds), .text(kind.rawValue), grant.map { .text($0.clientID) } ?? .null,
                .integer(Int64(grant?.userID ?? 0)),
            ])
    }

    /// Forgets what an application was given: it was uninstalled, or its access was withdrawn.
    func forget(clientID: String) throws(PortalFailure) {
        try state.execute("DELETE FROM oauth_token WHERE client_id = ?", [.text(clientID)])
    }

    private static func value(number: Int, seed: UInt64) -> String {
        // Mixed first: neighbouring seeds and numbers must not give neighbouring values.
        var mixing = SeededGenerator(seed: seed)
        var generator = SeededGenerator(seed: mixing.next() ^ UInt64(number))
        return generator.hexadecimal(digits: valueDigits)
    }

    private static let valueDigits = 70
}
