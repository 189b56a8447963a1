/// One pass over the pairs into an arena of nodes, then one over the nodes into values.
struct FormDecoder {
    /// One level of names, as a PHP array: ordered, with the next number that `[]` would take.
    private struct Node {
        var children = JSONObject()
        var nextIndex: Int64 = 0
    }

    private let bytes: [UInt8]
    private let limits: FormLimits
    /// Node 0 is the form itself. A member that nests holds the number of its node as an integer, which no other
    /// member can be: every value of a form is a string.
    private var nodes = [Node()]

    init(_ bytes: [UInt8], _ limits: FormLimits) throws(FormFailure) {
        guard bytes.count <= limits.bytesMax else {
            throw FormFailure(
                kind: .size, message: "\(bytes.count) bytes are more than bytesMax, \(limits.bytesMax)", offset: 0)
        }
        self.bytes = bytes
        self.limits = limits
    }

    mutating func decode() throws(FormFailure) -> JSONObject {
        var pairs = 0
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            if end > start {
                pairs += 1
                guard pairs <= limits.pairsMax else {
                    throw FormFailure(
                        kind: .pairs, message: "more pairs than pairsMax, \(limits.pairsMax)", offset: start)
                }
                try pair(start..<end)
            }
            start = end + 1
        }
        return nodes[0].children.reduce(into: JSONObject()) { $0[$1.key] = value(of: $1.value) }
    }

    private mutating func pair(_ range: Range<Int>) throws(FormFailure) {
        let equals = bytes[range].firstIndex(of: UInt8(ascii: "="))
        let name = PercentCoding.decode(bytes[range.lowerBound..<(equals ?? range.upperBound)], plusIsSpace: true)
        let value = equals.map { PercentCoding.decode(bytes[($0 + 1)..<range.upperBound], plusIsSpace: true) } ?? []
        let keys = try keys(of: name[...].drop { $0 == UInt8(ascii: " ") }, at: range.lowerBound)
        guard let last = keys.last else { return }
        var node = 0
        for key in keys.dropLast() { node = child(key, of: node) }
        nodes[node].children[place(key: last, in: node)] = .string(String(decoding: value, as: UTF8.self))
    }

    /// Splits `a[b][]` into `a`, `b` and nil, which appends. Empty when PHP ignores the name.
    private func keys(of name: ArraySlice<UInt8>, at offset: Int) throws(FormFailure) -> [String?] {
        func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
        guard let first = name.first, first != UInt8(ascii: "[") else { return [] }
        guard var open = name.firstIndex(of: UInt8(ascii: "[")) else { return [text(name)] }
        var keys: [String?] = [text(name[..<open])]
        while open < name.endIndex, name[open] == UInt8(ascii: "[") {
            guard let close = name[open...].firstIndex(of: UInt8(ascii: "]")) else {
                // PHP turns the first bracket that never closes into an underscore, and only at the first level.
                return keys.count == 1 ? [text(name[..<open]) + "_" + text(name[(open + 1)...])] : keys
            }
            guard keys.count <= limits.depthMax else {
                throw FormFailure(
                    kind: .depth, message: "more brackets in a name than depthMax, \(limits.depthMax)", offset: offset)
            }
            let key = name[(open + 1)..<close]
            keys.append(key.isEmpty ? nil : text(key))
            open = close + 1
        }
        return keys
    }

    /// The node under `key`, made where there is none; a plain value that stood there is lost, as in PHP.
    private mutating func child(_ key: String?, of node: Int) -> Int {
        let name = place(key: key, in: node)
        if case .integer(let number) = nodes[node].children[name] { return Int(number) }
        nodes.append(Node())
        nodes[node].children[name] = .integer(Int64(nodes.count - 1))
        return nodes.count - 1
    }

    /// The member that `key` names; for nil the next free number.
    private mutating func place(key: String?, in node: Int) -> String {
        guard let key else {
            defer { nodes[node].nextIndex += 1 }
            return String(nodes[node].nextIndex)
        }
        if let number = FormDecoder.index(key), number >= nodes[node].nextIndex {
            nodes[node].nextIndex = number + 1
        }
        return key
    }

    /// The number that PHP takes `key` for: `7` but not `07`, `-0` or `7.0`. Negative ones never move `[]`.
    private static func index(_ key: String) -> Int64? {
        guard let number = Int64(key), number >= 0, number < .max, String(number) == key else { return nil }
        return number
    }

    private func value(of member: JSONValue) -> JSONValue {
        guard case .integer(let number) = member else { return member }
        let children = nodes[Int(number)].children
        let isList = children.enumerated().allSatisfy { String($0) == $1.key }
        if isList { return .array(children.map { value(of: $0.value) }) }
        return .object(children.reduce(into: JSONObject()) { $0[$1.key] = value(of: $1.value) })
    }
}
