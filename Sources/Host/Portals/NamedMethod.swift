public import Bitrix24

/// A method as somebody named it on the command line, known or meant to be called all the same.
public struct NamedMethod: Sendable {
    /// Without a prefix.
    public let name: String
    /// Nil for the form in which the method is documented.
    public let api: RESTVersion?

    /// - Parameters:
    ///   - spelt: `v3.` in front asks for the method's form of REST 3.0, as `isV3` does.
    ///   - allowsUnknown: takes a name that the catalog does not have.
    /// - Throws: a failure with the nearest names for a method that the catalog does not have.
    public init(_ spelt: String, isV3: Bool = false, allowsUnknown: Bool = false) throws(HostFailure) {
        let hasPrefix = spelt.lowercased().hasPrefix("v3.")
        name = hasPrefix ? String(spelt.dropFirst(3)) : spelt
        api = isV3 || hasPrefix ? .v3 : nil
        if !allowsUnknown { try KnownMethod.check(name, api, for: .shell) }
    }
}
