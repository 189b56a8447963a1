internal import CPQ

/// A result of libpq, freed with this object.
final class PostgresResult {
    private let library: LibPQ
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer, _ library: LibPQ) {
        self.handle = handle
        self.library = library
    }

    deinit { library.pointee.clear(handle) }

    var rowCount: Int { Int(library.pointee.ntuples(handle)) }

    /// Valid as long as the result is.
    func cells(_ row: Int) -> PostgresCells {
        PostgresCells(library: library, result: handle, row: Int32(row))
    }

    /// What was done, such as `COMMIT` or `INSERT 0 3`.
    var tag: String { library.pointee.cmd_status(handle).map { String(cString: $0) } ?? "" }

    /// Rows an insert, update, delete or select was about; 0 for others.
    var changes: Int { library.pointee.cmd_tuples(handle).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The types of a described statement's parameters.
    var parameterTypes: [Oid] {
        (0..<library.pointee.nparams(handle)).map { library.pointee.paramtype(handle, $0) }
    }

    /// A COPY leaves the connection waiting for data that nobody sends here.
    var isCopy: Bool {
        [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(library.pointee.result_status(handle))
    }

    /// Nil for a result that is none.
    func failure(doing sql: String) -> DatabaseFailure? {
        switch library.pointee.result_status(handle) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK: return nil
        case PGRES_EMPTY_QUERY: return DatabaseFailure(.sql, "\(DatabaseFailure.excerpt(sql)) holds no statement.")
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            return DatabaseFailure(.sql, "\(DatabaseFailure.excerpt(sql)): COPY is not supported here.")
        default: return DatabaseFailure(sqlState: field(cpq_field_sqlstate), field(cpq_field_message), doing: sql)
        }
    }

    private func field(_ code: Int) -> String {
        library.pointee.result_error_field(handle, Int32(code)).map { String(cString: $0) } ?? ""
    }
}
