/// Why a text is no address of a portal that we use. Never quotes it: it may hold a secret.
public struct AddressFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String
    init(_ message: String) { self.message = message }
    public var description: String { message }
}
