import Wire

/// A host that HTTP requests may go to: `api.example.com`, or `*.example.com` for all below it.
public struct HostPattern: Sendable, Hashable {
    /// In lower case.
    public let text: String

    /// Nil for anything else: a URL, a port, an address of an IPv6 host.
    public init?(_ text: String) {
        let lower = text.lowercased()
        let isWild = lower.hasPrefix("*.")
        let labels = (isWild ? lower.dropFirst(2) : lower[...]).split(separator: ".", omittingEmptySubsequences: false)
        guard lower.utf8.count <= 253, labels.count >= (isWild ? 2 : 1), labels.allSatisfy(Self.isLabel) else {
            return nil
        }
        self.text = lower
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    }

    /// Whether requests to this host, in lower case, may be made.
    public func allows(_ host: String) -> Bool {
        text.hasPrefix("*.") ? host.hasSuffix(text.dropFirst()) && host.utf8.count >= text.utf8.count : host == text
    }
}
