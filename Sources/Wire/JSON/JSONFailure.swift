/// Why a text is not JSON we accept, and where.
public struct JSONFailure: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The text breaks the grammar of RFC 8259.
        case syntax
        /// The text ends in the middle of a value: a truncated reply looks like this.
        case truncated
        /// A string holds bytes that are not UTF-8, or half of a surrogate pair.
        case encoding
        /// A number that no `Double` can hold, such as `1e999`.
        case range
        /// Nested deeper than `JSONLimits.depthMax`.
        case depth
        /// Longer than `JSONLimits.bytesMax`.
        case size
    }

    public let kind: Kind
    /// What is wrong, without the place. Never quotes the text: it may hold a customer's data.
    public let message: String
    /// The byte the failure was noticed at, from 0.
    public let offset: Int

    public init(kind: Kind, message: String, offset: Int) {
        self.kind = kind
        self.message = message
        self.offset = offset
    }
}

extension JSONFailure: CustomStringConvertible {
    public var description: String { "invalid JSON at byte \(offset): \(message)" }
}

/// Bounds on what a scanner reads.
@frozen
public struct JSONLimits: Sendable {
    /// How deep arrays and objects may nest, 0 to `JSONLimits.depthCeiling`; more is taken as the ceiling.
    public var depthMax: Int
    /// How long a text may be, in bytes.
    public var bytesMax: Int

    /// The scanner keeps one bit a level in a `UInt128`, which is what makes it free of allocations.
    public static let depthCeiling = 128
    public static let `default` = JSONLimits()

    @inlinable
    public init(depthMax: Int = 128, bytesMax: Int = 32 << 20) {
        self.depthMax = depthMax
        self.bytesMax = bytesMax
    }
}
