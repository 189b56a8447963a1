import Wire

/// The one place that keeps secrets out of what people read: logs, errors, reports.
///
/// It knows the secrets of a run by value (webhook code, settings of type `secret`) and replaces them wherever they
/// appear.
public struct Redactor: Sendable {
    /// Shorter secrets would tear ordinary words apart; they are refused where they are configured.
    public static let secretLengthMin = 6
    static let replacement = "[secret]"

    private var secrets: [String] = []

    public init() {}

    public mutating func add(_ secret: String) {
        guard secret.utf8.count >= Self.secretLengthMin, !secrets.contains(secret) else { return }
        // Log fields and reports show JSON, requests show addresses: there the same secret is spelled otherwise.
        let quoted = String(JSONValue.string(secret).text.dropFirst().dropLast())
        for spelling in [secret, quoted, PercentCoding.encode(secret)] where !secrets.contains(spelling) {
            secrets.append(spelling)
        }
        // The longest first, so that a secret containing another leaves no tail.
        secrets.sort { $0.utf8.count > $1.utf8.count }
    }

    public func redact(_ text: String) -> String {
        var result = text
        for secret in secrets { result = result.replacing(secret: secret, with: Self.replacement) }
        return result
    }

    /// The same in every text of a value, names of members included.
    func redact(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(redact(text))
        case .array(let elements): .array(elements.map(redact))
        case .object(let object): .object(redact(object))
        default: value
        }
    }

    func redact(_ object: JSONObject) -> JSONObject {
        JSONObject(object.map { (redact($0.key), redact($0.value)) })
    }
}

extension String {
    fileprivate func replacing(secret: String, with replacement: String) -> String {
        let needle = Array(secret.utf8)
        let bytes = Array(utf8)
        guard bytes.count >= needle.count, let first = needle.first else { return self }
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while index <= bytes.count - needle.count {
            if bytes[index] == first, bytes[index..<index + needle.count].elementsEqual(needle) {
                result += bytes[copied..<index]
                result += replacement.utf8
                index += needle.count
                copied = index
            } else {
                index += 1
            }
        }
        guard copied > 0 else { return self }
        result += bytes[copied...]
        return String(decoding: result, as: UTF8.self)
    }
}
