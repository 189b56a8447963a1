extension URLParts {
    /// Where a `Location` header of a reply to this URL leads (RFC 3986 section 5.2): absolute, `//host/…`, `/path`,
    /// `?query` or relative to the last slash.
    public func resolving(_ location: String) throws(URLFailure) -> URLParts {
        let reference = String(location.prefix { $0 != "#" })
        try URLParts.check(reference)
        if URLParts.hasScheme(reference) { return try URLParts(reference).normalised() }
        if reference.hasPrefix("//") { return try URLParts("\(scheme):\(reference)").normalised() }
        var resolved = self
        if reference.isEmpty { return resolved }
        if reference.hasPrefix("?") {
            resolved.query = String(reference.dropFirst())
            return resolved
        }
        let (path, query) = URLParts.pathAndQuery(reference[...])
        let folder = self.path.lastIndex(of: "/").map { self.path[...$0] } ?? "/"
        resolved.path = path.hasPrefix("/") ? path : folder + path
        resolved.query = query
        return resolved.normalised()
    }

    private static func hasScheme(_ reference: String) -> Bool {
        guard let colon = reference.firstIndex(of: ":"), reference.first?.isLetter == true else { return false }
        return reference[..<colon].allSatisfy { $0.isLetter || $0.isNumber || "+-.".contains($0) }
    }

    /// Without `.` and `..` in its path.
    private func normalised() -> URLParts {
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for segment in segments where segment != "." {
            if segment == ".." { _ = kept.popLast() } else { kept.append(segment) }
        }
        if let last = segments.last, last == "." || last == ".." { kept.append("") }
        var url = self
        url.path = "/" + kept.joined(separator: "/")
        return url
    }
}
