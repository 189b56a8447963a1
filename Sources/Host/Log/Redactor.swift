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
    private var secrets: [[UInt8]] = []
    /// Secrets that change while the run goes on: a portal's, whose tokens are renewed.
    private let others: (@Sendable () -> Redactor)?

    /// - Parameter others: asked each time, for what else may not be shown now.
    public init(and others: (@Sendable () -> Redactor)? = nil) { self.others = others }

    init(hiding secrets: [String]) {
        self.init()
        for secret in secrets { add(secret) }
    }

    public mutating func add(_ secret: String) {
        guard secret.utf8.count >= Self.secretLengthMin else { return }
        // Log fields and reports show JSON, requests show addresses: there the same secret is spelled otherwise.
        let quoted = String(JSONValue.string(secret).text.dropFirst().dropLast())
        for spelling in [secret, quoted, PercentCoding.encode(secret)].map({ Array($0.utf8) })
        where !secrets.contains(spelling) {
            secrets.append(spelling)
        }
        secrets.sort { $0.count > $1.count }
    }

    public func redact(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            redacted(UnsafeRawBufferPointer(bytes)).map { String(decoding: $0, as: UTF8.self) }
        } ?? text
    }

    /// Gives the bytes, or what is left of them, to `body`; they are not copied where there is nothing to hide.
    func redact(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        if let redacted = redacted(bytes) { redacted.withUnsafeBytes(body) } else { body(bytes) }
    }

    /// Nil when there is nothing to hide.
    private func redacted(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var result: [UInt8]?
        for secret in current {
            if let current = result {
                result = current.withUnsafeBytes { $0.replacing(secret) } ?? current
            } else {
                result = bytes.replacing(secret)
            }
        }
        return result
    }

    /// Of two secrets the longer comes first, so that one that contains another leaves no tail.
    private var current: [[UInt8]] {
        guard let more = others?().current, !more.isEmpty else { return secrets }
        return secrets.isEmpty ? more : (secrets + more).sorted { $0.count > $1.count }
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

extension UnsafeRawBufferPointer {
    /// Nil when the secret is nowhere.
    fileprivate func replacing(_ secret: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        while let place = place(of: secret, from: copied) {
            result += self[copied..<place]
            result += Redactor.replacement.utf8
            copied = place + secret.count
        }
        guard copied > 0 else { return nil }
        return result + self[copied...]
    }

    private func place(of secret: [UInt8], from start: Int) -> Int? {
        guard let base = baseAddress, let first = secret.first else { return nil }
        var index = start
        while index + secret.count <= count {
            let places = count - secret.count + 1 - index
            guard let found = memchr(base + index, Int32(first), places) else { return nil }
            if memcmp(found, secret, secret.count) == 0 { return UnsafeRawPointer(found) - base }
            index = UnsafeRawPointer(found) - base + 1
        }
        return nil
    }
}
