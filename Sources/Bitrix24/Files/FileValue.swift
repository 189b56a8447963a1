public import Wire

/// A file among a method's parameters, before its content is there.
///
/// In parameters it is an object `{"$file": "offer.pdf", "$path": "2026/offer.pdf"}`, or, for content that is at hand,
/// `{"$file": "offer.pdf", "$content": "<Base64>"}`.
public struct FileValue: Sendable, Equatable {
    public enum Content: Sendable, Equatable {
        /// Where to read it, in the words of whoever gave it.
        case path(String)
        case base64(String)
    }

    public static let marker = "$file"
    static let pathMarker = "$path"
    static let contentMarker = "$content"

    /// What the portal is to call it.
    public let name: String
    public let content: Content

    /// - Parameter name: nil is the last part of the path.
    public init(path: String, name: String? = nil) {
        self.name = name ?? String(path.split(separator: "/").last ?? "")
        content = .path(path)
    }

    public init(name: String, base64: String) {
        self.name = name
        content = .base64(base64)
    }

    /// Nil for an object that is no file.
    init?(_ object: JSONObject) {
        guard object.count == 2, let name = object[FileValue.marker]?.stringValue else { return nil }
        self.name = name
        if let path = object[FileValue.pathMarker]?.stringValue {
            content = .path(path)
        } else if let text = object[FileValue.contentMarker]?.stringValue {
            content = .base64(text)
        } else {
            return nil
        }
    }

    /// Whether a file is anywhere in a value.
    public static func isIn(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements): elements.contains(where: isIn)
        case .object(let object): FileValue(object) != nil || object.contains { isIn($0.value) }
        default: false
        }
    }

    /// The object that stands for the file in parameters.
    public var marked: JSONObject {
        switch content {
        case .path(let path): [FileValue.marker: .string(name), FileValue.pathMarker: .string(path)]
        case .base64(let text): [FileValue.marker: .string(name), FileValue.contentMarker: .string(text)]
        }
    }
}

/// The bytes of a file, for whoever sends them: this module knows no disks.
public protocol FileContent: Sendable {
    var byteCount: Int { get }
}

/// A file's content within a call's body, where it is put as Base64 while the body is sent.
public struct Attachment: Sendable {
    /// In `Call.body`, in bytes.
    public let offset: Int
    public let content: any FileContent
}
