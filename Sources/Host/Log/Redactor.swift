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
        secrets.append(secret)
        // The longest first, so that a secret containing another leaves no tail.
        secrets.sort { $0.utf8.count > $1.utf8.count }
    }

    public func redact(_ text: String) -> String {
        var result = text
        for secret in secrets { result = result.replacing(secret: secret, with: Self.replacement) }
        return result
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
