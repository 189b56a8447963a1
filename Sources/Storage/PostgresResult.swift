internal import CPQ

/// One result of libpq's, freed with its last row.
final class PostgresResult {
    private let result: OpaquePointer
    let library: UnsafePointer<cpq>
    let count: Int

    init(_ result: OpaquePointer, _ library: UnsafePointer<cpq>) {
        self.result = result
        self.library = library
        count = Int(library.pointee.tuples(result))
    }

    deinit { library.pointee.clear(result) }

    /// Rows that the statement changed.
    var changed: Int { library.pointee.changed(result).flatMap { Int(String(cString: $0)) } ?? 0 }

    var columns: Int { Int(library.pointee.fields(result)) }

    func name(_ column: Int32) -> String {
        library.pointee.field_name(result, column).map { String(cString: $0) } ?? ""
    }

    func type(_ column: Int32) -> UInt32 { library.pointee.field_type(result, column) }

    func isNull(_ row: Int32, _ column: Int32) -> Bool { library.pointee.is_null(result, row, column) != 0 }

    /// Valid as long as the result.
    func bytes(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: library.pointee.value(result, row, column), count: Int(library.pointee.length(result, row, column)))
    }
}

/// A row of a result, its columns in PostgreSQL's binary forms.
struct PostgresRow {
    private let result: PostgresResult
    private let row: Int32

    init(_ result: PostgresResult, _ row: Int32) {
        self.result = result
        self.row = row
    }

    var count: Int { result.columns }

    func name(_ column: Int) -> String { result.name(Int32(clamping: column)) }

    func type(_ column: Int) -> ColumnType {
        let place = Int32(clamping: column)
        guard column >= 0, column < result.columns, !result.isNull(row, place) else { return .null }
        switch result.type(place) {
        case PostgresType.int2, PostgresType.int4, PostgresType.int8, PostgresType.bool: return .integer
        case PostgresType.float4, PostgresType.float8: return .real
        case PostgresType.bytea: return .blob
        default: return .text
        }
    }

    func integer(_ column: Int) -> Int64 {
        let bytes = bytes(column)
        // The sign is in the first byte, whatever the width.
        let first = bytes.first.map { Int64(Int8(bitPattern: $0)) } ?? 0
        return bytes.dropFirst().reduce(first) { $0 << 8 | Int64($1) }
    }

    func real(_ column: Int) -> Double {
        let bytes = bytes(column)
        let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return bytes.count == 4 ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
    }

    func bytes(_ column: Int) -> UnsafeRawBufferPointer { result.bytes(row, Int32(clamping: column)) }
}

/// What a column of a row holds, in either database.
enum ColumnType: Int32 {
    case integer = 1
    case real, text, blob, null

    var noun: String {
        switch self {
        case .integer: "an integer"
        case .real: "a real"
        case .text: "a text"
        case .blob: "a blob"
        case .null: "NULL"
        }
    }
}

/// The numbers of types that do not change between versions (pg_type.dat).
enum PostgresType {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
}

/// A value on its way to a statement, in binary form.
struct PostgresParameter {
    let type: UInt32
    let bytes: [UInt8]
    let isNull: Bool

    init(_ value: SQLValue) {
        switch value {
        case .null:
            // Left for the server to infer from where it stands.
            (type, bytes, isNull) = (0, [], true)
        case .integer(let integer):
            (type, bytes, isNull) = (PostgresType.int8, withUnsafeBytes(of: integer.bigEndian) { [UInt8]($0) }, false)
        case .real(let real):
            let bits = withUnsafeBytes(of: real.bitPattern.bigEndian) { [UInt8]($0) }
            (type, bytes, isNull) = (PostgresType.float8, bits, false)
        case .text(let text): (type, bytes, isNull) = (PostgresType.text, Array(text.utf8), false)
        case .blob(let blob): (type, bytes, isNull) = (PostgresType.bytea, blob, false)
        }
    }
}

enum PostgresText {
    /// `?` as `$1`, `$2` …, but not inside quotes.
    static func numbered(_ sql: String) -> String {
        var result: [UInt8] = []
        var number = 0
        var quote: UInt8?
        for byte in sql.utf8 {
            if let open = quote {
                if byte == open { quote = nil }
                result.append(byte)
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
                result.append(byte)
            } else if byte == UInt8(ascii: "?") {
                number += 1
                result += Array("$\(number)".utf8)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The start of a statement for a message: SQL only, no value is in it.
    static func excerpt(_ sql: String) -> String {
        let flat = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return flat.count <= 120 ? "“\(flat)”" : "“\(flat.prefix(120))…”"
    }
}
