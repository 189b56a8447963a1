internal import CGnuTLS

/// Why something could not be sealed, opened or made. Never holds key, text or context.
public struct CryptographyFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable {
        /// GnuTLS is not installed.
        case libraryMissing
        /// The key has not the form of one.
        case badKey
        /// Sealed with another key, for another context, or changed since.
        case cannotOpen
        /// A host that no certificate can name, or a time that is none.
        case badCertificate
        case other
    }

    public let kind: Kind
    public let message: String

    public var description: String { message }
}

typealias GnuTLS = UnsafePointer<cgnutls>

/// The library, loaded by the first who needs it.
func loadedGnuTLS() throws(CryptographyFailure) -> GnuTLS {
    guard let library = cgnutls_load() else {
        throw CryptographyFailure(kind: .libraryMissing, message: String(cString: cgnutls_load_error()))
    }
    return library
}

extension CryptographyFailure {
    /// GnuTLS's own words for a negative code; they hold nothing of what it worked on.
    init(_ code: Int32, while doing: StaticString, _ library: GnuTLS) {
        let words = library.pointee.strerror(code).map { String(cString: $0) } ?? "GnuTLS failed with \(code)."
        self.init(kind: .other, message: "\(doing) failed: \(words)")
    }
}
