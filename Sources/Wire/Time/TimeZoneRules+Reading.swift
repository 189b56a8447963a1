import Glibc

/// Why a zone cannot be had.
public struct TimeZoneFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String

    public var description: String { message }
}

extension TimeZoneRules {
    /// Where Debian's `tzdata` keeps the zones.
    public static let folder = "/usr/share/zoneinfo"
    /// The longest file there has 3.6 KB.
    static let fileBytesMax = 1 << 20
    static let nameBytesMax = 64

    /// Reads a zone of the tz database by its name, such as `Europe/Berlin`.
    public init(name: String) throws(TimeZoneFailure) {
        // The name becomes part of a path: only what zone names are made of, and no part that starts with a dot.
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/_+-".utf8.contains(byte)
            }
        }
        guard isPlain, name.utf8.count <= TimeZoneRules.nameBytesMax, parts.allSatisfy({ !$0.isEmpty }) else {
            throw TimeZoneFailure(message: "a time zone is named like Europe/Berlin")
        }
        guard let bytes = TimeZoneRules.read(TimeZoneRules.folder + "/" + name) else {
            throw TimeZoneFailure(
                message: "no time zone \(name) in \(TimeZoneRules.folder): check the name, or install tzdata")
        }
        try self.init(tzif: bytes, name: name)
    }

    /// Reads the contents of a zone file, version 2 or later.
    public init(tzif bytes: [UInt8], name: String = "") throws(TimeZoneFailure) {
        guard let rules = TZifReader(bytes).rules(name: name) else {
            throw TimeZoneFailure(message: "not a time zone file of version 2 or later")
        }
        self = rules
    }

    private static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= fileBytesMax else {
            return nil
        }
        let length = Int(status.st_size)
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            while count < length {
                let got = Glibc.read(file, buffer.baseAddress.map { $0 + count }, length - count)
                guard got > 0 else { return }
                count += got
            }
        }
        return bytes.count == length ? bytes : nil
    }
}

/// Reads the 64-bit block of a TZif file (RFC 8536) and its footer. Every read is checked: nil means a broken file.
private struct TZifReader {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private struct Header {
        static let length = 44
        let version: UInt8
        let utcCount, standardCount, leapCount, timeCount, typeCount, nameLength: Int

        func blockLength(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + nameLength + leapCount * (timeSize + 4) + standardCount
                + utcCount
        }
    }

    func rules(name: String) -> TimeZoneRules? {
        guard let first = header(at: 0), first.version >= UInt8(ascii: "2") else { return nil }
        let second = Header.length + first.blockLength(timeSize: 4)
        guard let header = header(at: second) else { return nil }
        let times = second + Header.length
        let indices = times + header.timeCount * 8
        let types = indices + header.timeCount
        let footer = times + header.blockLength(timeSize: 8)
        guard footer < bytes.count, bytes[footer] == UInt8(ascii: "\n"), header.typeCount > 0 else { return nil }
        let rest = bytes[(footer + 1)...]
        guard let footerEnd = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let ruleText = rest[..<footerEnd]
        let rule = PosixZone(ruleText)
        guard rule != nil || ruleText.isEmpty else { return nil }

        let typeOffsets = (0..<header.typeCount).map { Int(Int32(truncatingIfNeeded: integer(types + $0 * 6, 4))) }
        let transitions = (0..<header.timeCount).map { Int64(bitPattern: integer(times + $0 * 8, 8)) }
        let typeIndices = (0..<header.timeCount).map { Int(bytes[indices + $0]) }
        guard typeIndices.allSatisfy({ $0 < header.typeCount }), typeOffsets.allSatisfy({ abs($0) < 26 * 3600 }),
            zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        return TimeZoneRules(
            name: name, transitions: transitions, offsets: typeIndices.map { typeOffsets[$0] },
            firstOffset: typeOffsets[0], rule: rule)
    }

    private func header(at start: Int) -> Header? {
        guard bytes.count >= start + Header.length,
            bytes[start..<(start + 4)].elementsEqual("TZif".utf8)
        else { return nil }
        let counts = (0..<6).map { Int(integer(start + 20 + $0 * 4, 4)) }
        let header = Header(
            version: bytes[start + 4], utcCount: counts[0], standardCount: counts[1], leapCount: counts[2],
            timeCount: counts[3], typeCount: counts[4], nameLength: counts[5])
        // The shorter form is enough: the block lies before the end, so its parts do.
        guard start + Header.length + header.blockLength(timeSize: 4) <= bytes.count else { return nil }
        return header
    }

    /// Big-endian. The caller knows that the bytes are there.
    private func integer(_ start: Int, _ length: Int) -> UInt64 {
        bytes[start..<(start + length)].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
