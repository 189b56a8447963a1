internal import CPQ
internal import CSQLite

/// One row of a result in PostgreSQL's binary format: integers and reals are big-endian, texts and blobs are what they
/// are. The result outlives it: PostgresDatabase keeps it until the row's closure has returned.
struct PostgresCells {
    let library: LibPQ
    let result: OpaquePointer
    let row: Int32

    var count: Int { Int(library.pointee.nfields(result)) }

    func name(_ column: Int) -> UnsafePointer<CChar>? {
        library.pointee.fname(result, Int32(clamping: column)).map { UnsafePointer($0) }
    }

    /// As SQLite numbers them; 0 for a type that SQLite has nothing like.
    func type(_ column: Int) -> Int32 {
        guard column >= 0, column < count, library.pointee.getisnull(result, row, Int32(column)) == 0 else {
            return SQLITE_NULL
        }
        return switch PostgresType(rawValue: library.pointee.ftype(result, Int32(column))) {
        case .bool, .int2, .int4, .int8: SQLITE_INTEGER
        case .float4, .float8: SQLITE_FLOAT
        case .text, .varchar, .bpchar, .name, .json, .unknown: SQLITE_TEXT
        case .bytea: SQLITE_BLOB
        case nil: 0
        }
    }

    /// Of a column whose type is an integer.
    func integer(_ column: Int) -> Int64 {
        let bytes = bytes(column)
        return switch bytes.count {
        case 8: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case 4: Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case 2: Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        default: bytes.first == 1 ? 1 : 0
        }
    }

    /// Of a column whose type is a real or an integer.
    func real(_ column: Int) -> Double {
        let bytes = bytes(column)
        return switch PostgresType(rawValue: library.pointee.ftype(result, Int32(column))) {
        case .float8: Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
        case .float4: Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
        default: Double(integer(column))
        }
    }

    /// They live as long as the result.
    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: library.pointee.getvalue(result, row, Int32(column)),
            count: Int(library.pointee.getlength(result, row, Int32(column))))
    }
}

/// The types that are read and written here, by their numbers in `pg_type`, which never change.
enum PostgresType: Oid {
    case bool = 16
    case bytea = 17
    case name = 19
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case text = 25
    case json = 114
    case float4 = 700
    case float8 = 701
    /// A literal without a type.
    case unknown = 705
    case bpchar = 1042
    case varchar = 1043
}
