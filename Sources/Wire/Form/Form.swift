/// `application/x-www-form-urlencoded` with PHP's nesting, which Bitrix24 reads in queries, bodies and batch commands
/// (https://apidocs.bitrix24.com/first-steps/how-to-call-rest-api/data-encoding.html).
public enum Form {
    /// Encodes members in order: `fields[PHONE][0][VALUE]=1&select[0]=ID`.
    ///
    /// Lists are numbered; an empty list or object is `X[]=`; null is the empty string; booleans are `1` and `0`, as
    /// PHP's `http_build_query` writes them (where Bitrix24 wants `Y` and `N`, that is the caller's to say). Brackets
    /// stand as they are, everything else outside letters, digits and `-._~` as `%XX`.
    public static func encode(_ object: JSONObject) -> [UInt8] {
        var encoder = FormEncoder()
        for (key, value) in object { encoder.member(key, value) }
        return encoder.bytes
    }

    /// The same from the text of a JSON object, with no tree in between. Of a name that stands twice both are written;
    /// PHP takes the last.
    public static func encode(
        json: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .default
    ) throws(JSONFailure) -> [UInt8] {
        var scanner = try JSONScanner(json, limits: limits)
        var encoder = FormEncoder()
        guard try encoder.members(of: &scanner) else {
            throw JSONFailure(kind: .syntax, message: "a form is made of an object", offset: 0)
        }
        return encoder.bytes
    }

    /// Decodes as PHP's `parse_str` does, every value a string:
    ///
    /// - `a[k]=x` nests, `a[]=x` appends; what comes later overwrites; a name alone has the value `""`;
    /// - keys that count 0, 1, 2 … in this order make an array, others an object;
    /// - `a[b` without its bracket is the plain name `a_b`; after a closing bracket only another bracket counts;
    /// - `+` is a space; broken `%` stands for itself; bytes that are no UTF-8 become U+FFFD.
    ///
    /// Unlike PHP, dots and spaces in names stay.
    public static func decode(
        _ bytes: [UInt8], limits: FormLimits = .default
    ) throws(FormFailure) -> JSONObject {
        var decoder = try FormDecoder(bytes, limits)
        return try decoder.decode()
    }

    public static func decode(
        _ text: String, limits: FormLimits = .default
    ) throws(FormFailure) -> JSONObject {
        try decode(Array(text.utf8), limits: limits)
    }
}

/// Bounds on what `Form.decode` reads.
public struct FormLimits: Sendable {
    /// How many `name=value` pairs. PHP stops, silently, at 1000 (`max_input_vars`).
    public var pairsMax: Int
    /// How many brackets one name may have.
    public var depthMax: Int
    /// How long the whole may be, in bytes.
    public var bytesMax: Int

    public static let `default` = FormLimits()

    public init(pairsMax: Int = 10_000, depthMax: Int = 64, bytesMax: Int = 32 << 20) {
        self.pairsMax = pairsMax
        self.depthMax = depthMax
        self.bytesMax = bytesMax
    }
}

/// Which bound a form breaks; nothing else in a form can be wrong.
public struct FormFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable { case pairs, depth, size }

    public let kind: Kind
    public let message: String
    /// The byte the failure was noticed at, from 0.
    public let offset: Int

    public var description: String { "form refused at byte \(offset): \(message)" }
}
