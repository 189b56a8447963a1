internal import Wire

/// A body put together of pieces while it is sent: a file of any size takes no memory.
public struct HTTPUpload: Sendable {
    public enum Piece: Sendable {
        case bytes([UInt8])
        case file(FileSource)
        /// The file's bytes as Base64, as JSON needs them.
        case base64(FileSource)

        var byteCount: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(let file): file.byteCount
            case .base64(let file): Base64.encodedCount(file.byteCount)
            }
        }
    }

    public let pieces: [Piece]
    /// What Content-Length says.
    public let byteCount: Int

    public init(_ pieces: [Piece]) {
        self.pieces = pieces
        byteCount = pieces.reduce(0) { $0 + $1.byteCount }
    }
}

/// One file as `multipart/form-data` (RFC 7578).
public struct MultipartForm: Sendable {
    public let upload: HTTPUpload
    /// The value of the Content-Type header that belongs to it.
    public let contentType: String

    /// - Parameters:
    ///   - field: the name of the form's field.
    ///   - fileName: what the receiver is to call the file.
    ///   - file: sent as it is, whatever its type.
    public init(field: String, fileName: String, file: FileSource) {
        // Random, so that no file holds it but by intent, and who intends it breaks only his own upload.
        let boundary = "host-\(UInt64.random(in: .min ... .max))-\(UInt64.random(in: .min ... .max))"
        contentType = "multipart/form-data; boundary=\(boundary)"
        let head =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(MultipartForm.quoted(field))\"; "
            + "filename=\"\(MultipartForm.quoted(fileName))\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        upload = HTTPUpload([.bytes(Array(head.utf8)), .file(file), .bytes(Array("\r\n--\(boundary)--\r\n".utf8))])
    }

    /// As browsers write them (HTML, section 4.10.21.8): a line break or a quote would end the value.
    private static func quoted(_ text: String) -> String {
        var quoted = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": quoted += "%0A"
            case "\r": quoted += "%0D"
            case "\"": quoted += "%22"
            case "\0": continue
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted
    }
}
