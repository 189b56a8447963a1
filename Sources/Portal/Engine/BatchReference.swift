internal import Wire

/// Puts results of earlier commands where a later one says `$result[key][path]…`.
///
/// https://apidocs.bitrix24.com/api-reference/how-to-call-rest-api/batch.html
struct BatchReference {
    /// Result bytes of the commands that succeeded so far.
    var results: [String: [UInt8]] = [:]
    let missing: PortalSettings.MissingReference
    let array: PortalSettings.ArrayReference

    private static let mark = Array("$result[".utf8)

    func resolve(_ parameters: JSONObject) -> JSONObject {
        var resolved = JSONObject()
        for (key, value) in parameters { resolved[key] = resolve(value) }
        return resolved
    }

    private func resolve(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text) where text.utf8.contains(UInt8(ascii: "$")): resolve(text)
        case .array(let items): .array(items.map(resolve))
        case .object(let object): .object(resolve(object))
        default: value
        }
    }

    private func resolve(_ text: String) -> JSONValue {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index...].starts(with: Self.mark), let reference = path(in: bytes, at: index) else {
                output.append(bytes[index])
                index += 1
                continue
            }
            let found = lookup(reference.path)
            let isWhole = index == 0 && reference.end == bytes.count
            if isWhole, let found, found.phpText == nil {
                return array == .nested ? found : .string("")
            }
            if let scalar = found?.phpText {
                output.append(text: scalar)
            } else if found == nil, missing == .literal {
                output.append(contentsOf: bytes[index..<reference.end])
            }
            index = reference.end
        }
        return .string(String(decoding: output, as: UTF8.self))
    }

    /// A key in a reference; without a bound, many openings without an end would be searched to the end each.
    private static let stepBytesMax = 256

    /// `$result[a][b]` → ["a", "b"] and the offset behind it; nil when a bracket is missing.
    private func path(in bytes: [UInt8], at start: Int) -> (path: [String], end: Int)? {
        var path: [String] = []
        var index = start + Self.mark.count - 1
        while index < bytes.count, bytes[index] == UInt8(ascii: "["),
            let close = bytes[index...].prefix(Self.stepBytesMax).firstIndex(of: UInt8(ascii: "]"))
        {
            path.append(String(decoding: bytes[(index + 1)..<close], as: UTF8.self))
            index = close + 1
        }
        return path.isEmpty ? nil : (path, index)
    }

    private func lookup(_ path: [String]) -> JSONValue? {
        guard let first = path.first, let json = results[first] else { return nil }
        return JSONPath.value(in: json, path: path.dropFirst())
    }
}
