internal import CPQ

/// Bound values as libpq takes them: blobs in binary, everything else as text, which the server reads by the type it
/// expects there.
struct PostgresParameters {
    private var bytes: [UInt8] = []
    /// Where each value starts in `bytes`; nil for NULL.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// - Parameter expected: the server's type of each parameter; there are as many as values.
    init(_ values: [SQLValue], expected: [Oid], bytesMax: Int, _ sql: String) throws(DatabaseFailure) {
        for (offset, (value, type)) in zip(values, expected).enumerated() {
            func failure(_ kind: DatabaseFailure.Kind, _ words: String) -> DatabaseFailure {
                DatabaseFailure(kind, "\(DatabaseFailure.excerpt(sql)): parameter \(offset + 1) \(words).")
            }
            let isBytes = type == PostgresType.bytea.rawValue
            let start = bytes.count
            switch value {
            case .null: break
            case .blob(let blob):
                guard isBytes else { throw failure(.type, "is a blob, and no BYTEA is expected there") }
                bytes += blob
            case _ where isBytes: throw failure(.type, "is no blob where a BYTEA is expected")
            case .integer(let integer): bytes += Array(String(integer).utf8)
            case .real(let real): bytes += Array("\(real)".utf8)
            case .text(let text):
                bytes += Array(text.utf8)
                guard !bytes[start...].contains(0) else {
                    throw failure(.type, "is a text with a NUL byte, which PostgreSQL's TEXT cannot hold: use a blob")
                }
            }
            guard bytes.count - start <= bytesMax else {
                throw failure(.tooLarge, "has \(bytes.count - start) bytes, more than valueBytesMax, \(bytesMax)")
            }
            starts.append(value == .null ? nil : start)
            lengths.append(Int32(clamping: bytes.count - start))
            formats.append(isBytes ? 1 : 0)
            // libpq finds the end of a text by its NUL; a length it takes for blobs only.
            bytes.append(0)
        }
    }

    /// Lends what PQsendQueryPrepared wants, as long as `body` runs: values, lengths, formats.
    func withPointers<T>(_ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> T) -> T {
        bytes.withUnsafeBytes { buffer in
            let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            return body(starts.map { start in start.flatMap { base?.advanced(by: $0) } }, lengths, formats)
        }
    }
}
