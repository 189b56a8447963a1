internal import Wire

/// What the platform accepts as the address of a handler.
enum HandlerURL {
    /// - Throws: for what is no http URL, and for a host that is none of the application's.
    static func check(_ text: String, of application: PortalApplication) throws(PortalFailure) {
        let scheme = text.split(separator: ":", maxSplits: 1).first?.lowercased()
        guard scheme == "http" || scheme == "https" else {
            throw PortalFailure("ERROR_UNSUPPORTED_PROTOCOL", "Unsupported event handler protocol")
        }
        guard let handler = try? URLParts(text) else {
            throw PortalFailure("ERROR_WRONG_HANDLER_URL", "Wrong handler URL")
        }
        let own = [application.redirectURI, application.installPath].compactMap { $0 }.compactMap { try? URLParts($0) }
        // A card without addresses has nothing to compare with.
        guard own.isEmpty || own.contains(where: { $0.host == handler.host }) else {
            throw PortalFailure("ERROR_WRONG_HANDLER_URL", "Handler URL host doesn't match application url")
        }
    }
}
