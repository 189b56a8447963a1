internal import Wire

/// A `multipart/form-data` body (RFC 7578): its plain fields as PHP names them, and its files.
struct MultipartBody {
    let fields: JSONObject
    /// By the name of their field.
    let files: [(field: String, content: FileContent)]

    /// PHP's `max_input_vars`.
    static let partsMax = 1000

    /// - Parameter contentType: the header that names the boundary.
    init(_ body: [UInt8], contentType: String) throws(PortalFailure) {
        guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty else {
            throw PortalFailure("INVALID_REQUEST", "The multipart body has no boundary.")
        }
        var pairs: [String] = []
        var files: [(field: String, content: FileContent)] = []
        for part in try Self.parts(of: body, boundary: boundary) {
            guard let blank = Self.firstIndex(of: Array("\r\n\r\n".utf8), in: part) else { continue }
            let head = String(decoding: part[..<blank], as: UTF8.self)
            guard let name = Self.parameter("name", of: head) else { continue }
            let bytes = part[(blank + 4)...]
            if let file = Self.parameter("filename", of: head) {
                files.append((name, FileContent(name: file, bytes: Array(bytes))))
            } else {
                let text = String(decoding: bytes, as: UTF8.self)
                pairs.append("\(PercentCoding.encode(name))=\(PercentCoding.encode(text))")
            }
        }
        self.files = files
        fields = try RequestParameters.form(Array(pairs.joined(separator: "&").utf8))
    }

    /// What stands between the boundaries; what is before the first and after the last is nobody's.
    private static func parts(of body: [UInt8], boundary: String) throws(PortalFailure) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        guard var start = firstIndex(of: mark, in: body[...]).map({ $0 + mark.count }) else {
            throw PortalFailure("INVALID_REQUEST", "The multipart body has no part.")
        }
        while !body[start...].starts(with: Array("--".utf8)) {
            let next = Array("\r\n--\(boundary)".utf8)
            guard body[start...].starts(with: Array("\r\n".utf8)),
                let end = firstIndex(of: next, in: body[start...])
            else {
                throw PortalFailure("INVALID_REQUEST", "The multipart body ends before its last boundary.")
            }
            guard parts.count < partsMax else {
                throw PortalFailure("INVALID_REQUEST", "The multipart body has more than \(partsMax) parts.")
            }
            parts.append(body[min(start + 2, end)..<end])
            start = end + next.count
        }
        return parts
    }

    /// `name="value"` or `name=value` among the parameters of a header.
    private static func parameter(_ name: String, of header: String) -> String? {
        for piece in header.split(whereSeparator: { $0 == ";" || $0 == "\r\n" || $0 == "\n" }) {
            let piece = piece.drop { $0 == " " }
            guard piece.lowercased().hasPrefix("\(name)=") else { continue }
            let value = piece.dropFirst(name.count + 1)
            guard value.hasPrefix("\"") else { return String(value) }
            return String(value.dropFirst().prefix { $0 != "\"" })
        }
        return nil
    }

    private static func firstIndex(of wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
        var from = bytes.startIndex
        let last = bytes.endIndex - wanted.count
        while from <= last, let place = bytes[from...last].firstIndex(of: first) {
            if bytes[place..<(place + wanted.count)].elementsEqual(wanted) { return place }
            from = place + 1
        }
        return nil
    }
}
