import Wire

/// A portal as a person or a redirect names it: `acme.bitrix24.com`, or a whole address.
public enum PortalAddress {
    /// Scheme, host and port. A bare name means https, but http on this machine; elsewhere plain http shows tokens and
    /// is refused.
    public static func origin(_ text: String) throws(AuthorizationFailure) -> String {
        let text = text.trimmed()
        let url: URLParts
        do throws(URLFailure) {
            if text.contains("://") {
                url = try URLParts(text)
            } else {
                let https = try URLParts("https://\(text)")
                url = https.isLoopback ? try URLParts("http://\(text)") : https
            }
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

    /// Where a portal may have been authorised that is named so, with any scheme or none.
    public static func origins(_ text: String) -> [String] {
        let text = text.trimmed()
        let bare = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
        return ["https", "http"].compactMap { try? origin("\($0)://\(bare)") }
    }

    /// Whether it is on this machine; false for what is no address.
    public static func isLoopback(_ origin: String) -> Bool { (try? URLParts(origin))?.isLoopback ?? false }
}
