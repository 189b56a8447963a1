internal import Wire

/// A walk over JSON that this portal wrote itself: compact and valid, so nothing is checked again. What
/// clients send never comes here.
///
/// A list of 2500 records is picked apart or copied at memory speed this way; the strict scanner would
/// validate every byte of what was validated when it was stored.
struct CompactJSON {
    let bytes: UnsafeBufferPointer<UInt8>

    /// Calls `body` with each member of the object that starts at `start`; the key is the raw slice
    /// between the quotes. `body` returns false to stop.
    func forEachMember(from start: Int = 0, _ body: (_ key: Range<Int>, _ value: Range<Int>) -> Bool) {
        var index = start + 1
        while index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
            let keyEnd = endOfString(index)
            let valueStart = keyEnd + 1
            let valueEnd = endOfValue(valueStart)
            if !body((index + 1)..<(keyEnd - 1), valueStart..<valueEnd) { return }
            guard valueEnd < bytes.count, bytes[valueEnd] == UInt8(ascii: ",") else { return }
            index = valueEnd + 1
        }
    }

    /// Calls `body` with each element of the list that starts at `start`.
    func forEachElement(from start: Int = 0, _ body: (Range<Int>) -> Bool) {
        var index = start + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "]") {
            let end = endOfValue(index)
            if !body(index..<end) { return }
            guard end < bytes.count, bytes[end] == UInt8(ascii: ",") else { return }
            index = end + 1
        }
    }

    /// Where the value that starts at `start` ends.
    func endOfValue(_ start: Int) -> Int {
        switch bytes[start] {
        case UInt8(ascii: "\""): return endOfString(start)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            var depth = 0
            var index = start
            while index < bytes.count {
                switch bytes[index] {
                case UInt8(ascii: "\""):
                    index = endOfString(index)
                    continue
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth == 0 { return index + 1 }
                default: break
                }
                index += 1
            }
            return index
        default:
            var index = start
            while index < bytes.count, bytes[index] != UInt8(ascii: ","), bytes[index] != UInt8(ascii: "}"),
                bytes[index] != UInt8(ascii: "]")
            {
                index += 1
            }
            return index
        }
    }

    private func endOfString(_ start: Int) -> Int {
        var index = start + 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { return index + 1 }
            index += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return bytes.count
    }
}

/// Finds a value deep inside a result by keys and list positions.
enum JSONPath {
    static func value(in json: [UInt8], path: some Sequence<String>) -> JSONValue? {
        json.withUnsafeBufferPointer { buffer in
            guard !buffer.isEmpty else { return nil }
            let compact = CompactJSON(bytes: buffer)
            var current = 0..<buffer.count
            for step in path {
                guard let inner = child(step, of: current, in: compact) else { return nil }
                current = inner
            }
            return try? JSONValue(parsing: Array(buffer[current]))
        }
    }

    private static func child(_ step: String, of range: Range<Int>, in json: CompactJSON) -> Range<Int>? {
        var found: Range<Int>?
        switch json.bytes[range.lowerBound] {
        case UInt8(ascii: "{"):
            json.forEachMember(from: range.lowerBound) { key, value in
                guard json.bytes[key].elementsEqual(step.utf8) else { return true }
                found = value
                return false
            }
        case UInt8(ascii: "["):
            guard let wanted = Int(step), wanted >= 0 else { return nil }
            var index = 0
            json.forEachElement(from: range.lowerBound) { element in
                if index == wanted { found = element }
                index += 1
                return found == nil
            }
        default: break
        }
        return found
    }
}
