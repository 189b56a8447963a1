import Glibc
import Wire

/// The one place that keeps secrets out of what people read: logs, errors, reports, what `print` writes.
///
/// It knows the secrets of a run by value (webhook code, tokens, settings of type `secret`) and replaces them wherever
/// they appear.
public struct Redactor: Sendable {
    /// Shorter secrets would tear ordinary words apart; they are refused where they are configured.
    public static let secretLengthMin = 6
    static let replacement = "[secret]"

    /// In every spelling, the longest first.
    private var secrets: [String] = []
    /// Secrets that change while the run goes on: a portal's, whose tokens are renewed.
    private let others: (@Sendable () -> Redactor)?

    /// - Parameter others: asked each time, for what else may not be shown now.
    public init(and others: (@Sendable () -> Redactor)? = nil) { self.others = others }

    init(hiding secrets: [String]) {
        self.init()
        for secret in secrets { add(secret) }
    }

    public mutating func add(_ secret: String) {
        guard secret.utf8.count >= Self.secretLengthMin, !secrets.contains(secret) else { return }
        // Log fields and reports show JSON, requests show addresses: there the same secret is spelled otherwise.
        let quoted = String(JSONValue.string(secret).text.dropFirst().dropLast())
        for spelling in [secret, quoted, PercentCoding.encode(secret)] where !secrets.contains(spelling) {
            secrets.append(spelling)
        }
        secrets.sort { $0.utf8.count > $1.utf8.count }
    }

    public func redact(_ text: String) -> String {
        var result = Array(text.utf8)
        return replace(in: &result) ? String(decoding: result, as: UTF8.self) : text
    }

    /// Gives the bytes, or what is left of them, to `body`.
    func redact(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        var result = Array(bytes)
        if replace(in: &result) { result.withUnsafeBytes(body) } else { body(bytes) }
    }

    /// Whether there was anything to replace.
    private func replace(in bytes: inout [UInt8]) -> Bool {
        var isFound = false
        for secret in current where bytes.replace(secret: secret, with: Self.replacement) { isFound = true }
        return isFound
    }

    /// Of two secrets the longer comes first, so that one that contains another leaves no tail.
    private var current: [String] {
        guard let more = others?().current, !more.isEmpty else { return secrets }
        return secrets.isEmpty ? more : (secrets + more).sorted { $0.utf8.count > $1.utf8.count }
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

extension [UInt8] {
    /// False when the secret is nowhere.
    fileprivate mutating func replace(secret: String, with replacement: String) -> Bool {
        let needle = Array(secret.utf8)
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while let place = place(of: needle, from: index) {
            result += self[copied..<place]
            result += replacement.utf8
            index = place + needle.count
            copied = index
        }
        guard copied > 0 else { return false }
        result += self[copied...]
        self = result
        return true
    }

    private func place(of needle: [UInt8], from start: Int) -> Int? {
        withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress, let first = needle.first else { return nil }
            var index = start
            while index + needle.count <= bytes.count {
                let places = bytes.count - needle.count + 1 - index
                guard let found = memchr(base + index, Int32(first), places) else { return nil }
                if memcmp(found, needle, needle.count) == 0 { return UnsafeRawPointer(found) - base }
                index = UnsafeRawPointer(found) - base + 1
            }
            return nil
        }
    }
}
