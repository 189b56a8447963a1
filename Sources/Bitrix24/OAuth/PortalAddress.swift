import Wire

/// A portal as a person or a redirect names it: `acme.bitrix24.com`, or a whole address.
public enum PortalAddress {
    /// Scheme, host and port. A bare name means https; plain http shows tokens and is for this machine only.
    public static func origin(_ text: String) throws(AuthorizationFailure) -> String {
        let text = text.trimmed()
        let url: URLParts
        do throws(URLFailure) {
            url = try URLParts(text.contains("://") ? text : "https://\(text)")
        } catch {
            throw AuthorizationFailure(
                "the portal's address cannot be used: \(error.message)", hint: "It looks like acme.bitrix24.com.")
        }
        guard url.scheme == "https" || url.isLoopback else {
            throw AuthorizationFailure(
                "over plain http the portal's tokens would be seen", hint: "Write https in the portal's address.")
        }
        return url.origin
    }
}
