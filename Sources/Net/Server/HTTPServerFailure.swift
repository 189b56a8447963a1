/// Why a server did not start.
public struct HTTPServerFailure: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable {
        /// libmicrohttpd is not installed.
        case libraryMissing
        /// The address is no numeric IPv4 or IPv6 address, or none of this machine's.
        case badAddress
        /// Another program listens there.
        case addressInUse
        /// The port is below 1024, or something else the system does not allow.
        case notPermitted
        /// Certificate and key are no PEM text, or do not belong together.
        case badIdentity
        /// The server runs already, or ran and was stopped.
        case alreadyStarted
        case other
    }

    public let kind: Kind
    public let message: String

    public var description: String { message }
}
