/// An answer with its whole body, decompressed.
public struct HTTPResponse: Sendable {
    public var status: Int
    public var body: [UInt8]
    /// The header lines as they came. Most callers ask for one header or none, so they become strings when asked for.
    private let headerBlock: [UInt8]

    init(status: Int, headerBlock: [UInt8], body: [UInt8]) {
        self.status = status
        self.headerBlock = headerBlock
        self.body = body
    }

    /// A made-up answer, for tests of what reads one.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        let block = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        self.init(status: status, headerBlock: Array(block.utf8), body: body)
    }

    /// In the order they came; names as sent.
    public var headers: [(name: String, value: String)] {
        headerBlock.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }).compactMap { line in
            HeaderLine(line).map { (name: $0.name, value: $0.value) }
        }
    }

    /// The first header of that name in any letter case.
    public func header(_ name: String) -> String? { headers.first(named: name) }
}

/// A header line taken apart; nil for the status line and for what is no header.
struct HeaderLine {
    let name: String
    let value: String

    init?(_ line: ArraySlice<UInt8>) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return nil }
        let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let rest = line[(colon + 1)...].drop(while: blank)
        let end = rest.lastIndex(where: { !blank($0) }).map { $0 + 1 } ?? rest.startIndex
        name = String(decoding: line[..<colon], as: UTF8.self)
        value = String(decoding: rest[..<end], as: UTF8.self)
    }
}
