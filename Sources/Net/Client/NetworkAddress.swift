internal import Glibc

/// What an address says of where it leads.
enum NetworkAddress {
    /// Whether a numeric address is one of this machine, of a private network or of no network at all, and so none that
    /// a stranger's URL may make us ask. What is no address counts as private.
    /// Source: https://www.iana.org/assignments/iana-ipv4-special-registry/ and its sister for IPv6.
    static func isPrivate(_ text: String) -> Bool {
        var v4 = in_addr()
        if inet_pton(AF_INET, text, &v4) == 1 { return isPrivate(v4: UInt32(bigEndian: v4.s_addr)) }
        var v6 = in6_addr()
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return true }
        return withUnsafeBytes(of: v6) { isPrivate(v6: Array($0)) }
    }

    private static func isPrivate(v4 address: UInt32) -> Bool {
        v4Networks.contains { network, bits in address >> (32 - bits) == network >> (32 - bits) }
    }

    private static func isPrivate(v6 bytes: [UInt8]) -> Bool {
        let v4 = bytes[12...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        let isTranslated = bytes[..<4] == [0x00, 0x64, 0xFF, 0x9B] && bytes[4..<12].allSatisfy { $0 == 0 }
        if isMapped || isTranslated { return isPrivate(v4: v4) }
        // Only 2000::/3 is the public network; in it, 2002::/16 and 2001::/32 are tunnels to any IPv4 address, and
        // 2001:db8::/32 is for documents.
        guard bytes[0] & 0xE0 == 0x20 else { return true }
        return bytes[..<2] == [0x20, 0x02] || bytes[..<4] == [0x20, 0x01, 0, 0]
            || bytes[..<4] == [0x20, 0x01, 0x0D, 0xB8]
    }

    private static let v4Networks: [(UInt32, UInt32)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16), (0xAC10_0000, 12),
        (0xC000_0000, 24), (0xC000_0200, 24), (0xC0A8_0000, 16), (0xC612_0000, 15), (0xC633_6400, 24),
        (0xCB00_7100, 24), (0xE000_0000, 3),
    ]
}
