internal import Glibc

/// Why a file of this machine could not be read or written.
public struct FileFailure: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable {
        case notFound
        /// The system does not allow it, or the path leads over a link where none may be.
        case notPermitted
        /// A folder, a device, a pipe.
        case notRegular
        case tooLarge
        /// The disk or a quota is full.
        case full
        case other
    }

    public let kind: Kind
    public let message: String

    public var description: String { message }

    public init(kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }

    /// What the system's error number means.
    public init(_ what: String, _ name: String, code: Int32) {
        let kind: Kind =
            switch code {
            case ENOENT, ENOTDIR: .notFound
            case EACCES, EPERM, ELOOP, EROFS: .notPermitted
            case EISDIR: .notRegular
            case ENOSPC, EDQUOT, EFBIG: .full
            default: .other
            }
        self.init(kind: kind, message: "cannot \(what) \(name): \(String(cString: strerror(code)))")
    }
}
