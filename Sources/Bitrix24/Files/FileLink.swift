public import Wire

/// An address to download from, found in what a portal said. It holds a token: it may not be shown.
public struct FileLink: Sendable, Equatable {
    let url: URLParts
    /// Whether it leads away from the portal itself.
    public let isForeign: Bool

    /// For the HTTP client, and for nobody else.
    public var address: String { url.text }

    /// - Parameters:
    ///   - portal: scheme, host and port of the portal that gave the link; a link without a host is one of its own.
    /// - Throws: a sentence that does not quote the link.
    init(_ text: String, portal: String) throws(AddressFailure) {
        do throws(URLFailure) {
            let home = try URLParts(portal)
            url = try home.resolving(text)
            isForeign = url.origin != home.origin
        } catch {
            throw AddressFailure("the link to the file is none: \(error.message)")
        }
        // A recipe may get its links from a message somebody wrote. Over plain http anybody on the way could exchange
        // the file; only the portal itself, which we speak to that way already, may name such a link.
        guard !isForeign || url.scheme == "https" else {
            throw AddressFailure("the link leads from the portal to another host over plain http")
        }
    }

    /// The same for where a file is uploaded to.
    public init(_ address: UploadAddress, of method: String, portal: String) throws(Failure) {
        do throws(AddressFailure) {
            try self.init(address.url, portal: portal)
        } catch {
            throw Failure(
                code: "BAD_LINK", message: error.message, method: method, status: nil, category: .unreadable,
                outcome: .nothingDone, access: .write)
        }
    }

    /// Where an answer with a 3xx status leads.
    func following(_ location: String, portal: String) throws(AddressFailure) -> FileLink {
        let next: String
        do throws(URLFailure) {
            next = try url.resolving(location).text
        } catch {
            throw AddressFailure("the link leads to an address that is none: \(error.message)")
        }
        return try FileLink(next, portal: portal)
    }

    /// The address in a value: a text is one; of an object it is the first of the members that portals put it in.
    ///
    /// - Parameter path: the way to the file in the value, such as `ufCrm_1.0`; empty when the value is it.
    public static func text(in value: JSONValue, path: [String]) -> String? {
        var value: JSONValue? = value
        for step in path { value = member(step, of: value) ?? Int(step).flatMap { value?[$0] } }
        if let text = value?.stringValue { return text }
        // A field for several files with one in it is still a list.
        if let only = value?.arrayValue, only.count == 1 { value = only[0] }
        return members.lazy.compactMap { value?[$0]?.stringValue }.first { !$0.isEmpty }
    }

    /// In the order of preference: the links for machines need no session of a browser.
    /// Source: https://apidocs.bitrix24.com/api-reference/files/how-to-get-files.html
    private static let members = ["urlMachine", "DOWNLOAD_URL", "downloadUrl", "urlDownload", "url", "URL", "src"]

    private static func member(_ name: String, of value: JSONValue?) -> JSONValue? {
        let object = value?.objectValue
        return object?[name] ?? object?.first { $0.key.asciiLowercased() == name.asciiLowercased() }?.value
    }
}

extension FileLink: CustomStringConvertible, CustomReflectable {
    public var description: String { "a link to a file on \(url.host)" }
    public var customMirror: Mirror { Mirror(self, children: ["host": url.host]) }
}
