import Testing

@testable import Net

@Suite struct NetworkAddressTests {
    @Test(arguments: [
        "127.0.0.1", "127.255.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::",
        "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001:db8::1", "", "localhost", "127.1", "1.2.3.4.5",
    ])
    func `addresses that lead inside are private`(address: String) {
        #expect(NetworkAddress.isPrivate(address))
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "11.0.0.1", "223.255.255.1",
        "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808",
    ])
    func `addresses of the world are not`(address: String) {
        #expect(!NetworkAddress.isPrivate(address))
    }
}

@Suite struct UploadReaderTests {
    @Test(arguments: [1, 2, 3, 4, 5, 7, 63, 64, 65, 1_000])
    func `a body reads the same in pieces of any size, and from any place`(size: Int) throws {
        let content = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let upload = HTTPUpload([
            .bytes([1, 2, 3]), .base64(FileSource(bytes: content)), .file(FileSource(bytes: [9])), .bytes([4]),
        ])
        let reader = UploadReader(upload)
        let whole = try read(reader, by: 4_096)
        #expect(whole.count == upload.byteCount)
        reader.seek(to: 0)
        #expect(try read(reader, by: size) == whole)
        for start in [1, 3, 4, 5, 6, 100, 268, 271, 272, whole.count] {
            reader.seek(to: start)
            #expect(try read(reader, by: size) == Array(whole[start...]))
        }
    }

    private func read(_ reader: UploadReader, by size: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: size)
        while case let count = try #require(buffer.withUnsafeMutableBufferPointer { reader.read(into: $0) }), count > 0
        {
            all += buffer[..<count]
        }
        return all
    }
}
