extension Database {
    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// The outermost one takes the write lock at once (`begin immediate`), so it fails as busy before `body` has done
    /// anything rather than in the middle. One inside another is a savepoint: it can fail and be undone alone.
    public func transaction<T>(
        _ body: () throws(DatabaseFailure) -> T
    ) throws(DatabaseFailure) -> T {
        try transaction(failingAs: { $0 }, body)
    }

    /// The same for a `body` with an error type of its own; `failingAs` wraps a failure of the database in it.
    ///
    ///     try database.transaction(failingAs: PortalFailure.init) { () throws(PortalFailure) in … }
    public func transaction<T, Failure: Error>(
        failingAs wrap: (DatabaseFailure) -> Failure, _ body: () throws(Failure) -> T
    ) throws(Failure) -> T {
        let depth = transactionDepth
        let opening = depth == 0 ? "begin immediate" : "savepoint level\(depth)"
        let commit = depth == 0 ? "commit" : "release level\(depth)"
        let undo = depth == 0 ? "rollback" : "rollback to level\(depth)"
        do { try execute(opening) } catch { throw wrap(error) }
        transactionDepth += 1
        defer { transactionDepth -= 1 }
        do throws(Failure) {
            let value = try body()
            do { try execute(commit) } catch { throw wrap(error) }
            return value
        } catch {
            rollBack(undo, then: depth == 0 ? nil : commit)
            throw error
        }
    }

    /// A full disk or an I/O error makes SQLite roll back by itself; then there is nothing left to undo, the statement
    /// fails, and the error that matters is the one already on its way up.
    private func rollBack(_ undo: String, then release: String?) {
        guard isInTransaction else { return }
        try? execute(undo)
        if let release { try? execute(release) }
    }
}
