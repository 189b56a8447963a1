/// Writes pairs one after another. The coded name of the level at hand is kept as a prefix and copied before each
/// value, so a deep name is coded once.
struct FormEncoder: ~Copyable {
    private var output = ByteBuffer(capacity: 4096)
    private var prefix = ByteBuffer(capacity: 128)

    var bytes: [UInt8] { output.bytes }

    mutating func member(_ name: String, _ value: JSONValue) {
        prefix.appendCoded(name)
        append(value)
        prefix.shorten(to: 0)
    }

    private mutating func append(_ value: JSONValue) {
        switch value {
        case .null: beginPair()
        case .bool(let value): pair(value ? "1" : "0")
        case .integer(let value):
            beginPair()
            output.append(decimal: value)
        case .number(let value): pair(FormEncoder.text(of: value))
        case .string(let value): pair(value)
        case .array(let elements) where elements.isEmpty: emptyContainer()
        case .array(let elements):
            for (index, element) in elements.enumerated() { nested(index, element) }
        case .object(let object) where object.isEmpty: emptyContainer()
        case .object(let object):
            for (key, value) in object { nested(key, value) }
        }
    }

    private mutating func nested(_ key: String, _ value: JSONValue) {
        let outer = prefix.count
        prefix.append(UInt8(ascii: "["))
        prefix.appendCoded(key)
        prefix.append(UInt8(ascii: "]"))
        append(value)
        prefix.shorten(to: outer)
    }

    private mutating func nested(_ index: Int, _ value: JSONValue) {
        let outer = prefix.count
        prefix.append(UInt8(ascii: "["))
        prefix.append(decimal: Int64(index))
        prefix.append(UInt8(ascii: "]"))
        append(value)
        prefix.shorten(to: outer)
    }

    private mutating func emptyContainer() {
        let outer = prefix.count
        prefix.append(UInt8(ascii: "["))
        prefix.append(UInt8(ascii: "]"))
        beginPair()
        prefix.shorten(to: outer)
    }

    private mutating func pair(_ value: String) {
        beginPair()
        output.appendCoded(value)
    }

    private mutating func beginPair() {
        output.beginPair(prefix)
    }

    /// As in JSON: no fraction where there is none. What is not finite has no number to send: empty, as null.
    private static func text(of value: Double) -> String {
        guard value.isFinite else { return "" }
        if value.magnitude <= 0x1p53, let whole = Int64(exactly: value) { return String(whole) }
        return value.description
    }
}

// MARK: - From JSON text

extension FormEncoder {
    /// Writes the members of the object that a JSON text is, without a tree in between; false when it is no object.
    mutating func members(of scanner: inout JSONScanner) throws(JSONFailure) -> Bool {
        guard case .beginObject = try scanner.next() else { return false }
        while case .key(let name) = try scanner.next() {
            appendCoded(name, toName: true)
            try value(try scanner.next(), &scanner)
            prefix.shorten(to: 0)
        }
        _ = try scanner.next()
        return true
    }

    /// The depth is the scanner's to bound.
    private mutating func value(_ token: JSONToken, _ scanner: inout JSONScanner) throws(JSONFailure) {
        switch token {
        case .string(let slice):
            beginPair()
            appendCoded(slice, toName: false)
        case .integer(let value):
            beginPair()
            output.append(decimal: value)
        case .number(let value): pair(FormEncoder.text(of: value))
        case .true: pair("1")
        case .false: pair("0")
        case .beginArray: try elements(&scanner)
        case .beginObject: try members(nestedOf: &scanner)
        case .null, .key, .endArray, .endObject, .end: beginPair()
        }
    }

    private mutating func elements(_ scanner: inout JSONScanner) throws(JSONFailure) {
        let outer = prefix.count
        var index: Int64 = 0
        while true {
            let token = try scanner.next()
            if case .endArray = token { break }
            prefix.append(UInt8(ascii: "["))
            prefix.append(decimal: index)
            prefix.append(UInt8(ascii: "]"))
            try value(token, &scanner)
            prefix.shorten(to: outer)
            index += 1
        }
        if index == 0 { emptyContainer() }
    }

    private mutating func members(nestedOf scanner: inout JSONScanner) throws(JSONFailure) {
        let outer = prefix.count
        var isEmpty = true
        while case .key(let name) = try scanner.next() {
            isEmpty = false
            prefix.append(UInt8(ascii: "["))
            appendCoded(name, toName: true)
            prefix.append(UInt8(ascii: "]"))
            try value(try scanner.next(), &scanner)
            prefix.shorten(to: outer)
        }
        if isEmpty { emptyContainer() }
    }

    private mutating func appendCoded(_ slice: JSONSlice, toName: Bool) {
        guard slice.hasEscapes else {
            if toName { prefix.appendCoded(slice.raw) } else { output.appendCoded(slice.raw) }
            return
        }
        let text = slice.string
        if toName { prefix.appendCoded(text) } else { output.appendCoded(text) }
    }
}
