import Glibc

/// Reads files a person names: bounded, regular files only, with errors that say which file and why.
public enum SourceFile {
    /// A recipe is a page or two; a megabyte of Lua is a mistake.
    public static let bytesMax = 1 << 20

    public static func read(_ path: String, bytesMax: Int = Self.bytesMax) throws(HostFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw unreadable(path, EISDIR) }
        return try read(descriptor, named: path, bytesMax: bytesMax)
    }

    /// Reads to the end of an open descriptor (a pipe, standard input).
    public static func read(
        _ descriptor: Int32, named name: String, bytesMax: Int
    ) throws(HostFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        // No array, which would be filled with zeros first: sixteen pages touched for each run of a small recipe.
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 1)
        defer { chunk.deallocate() }
        while true {
            let count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(name, errno) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= bytesMax else {
                throw HostFailure(.usage, "\(name) is larger than \(bytesMax) bytes")
            }
        }
    }

    static func unreadable(_ path: String, _ code: Int32) -> HostFailure {
        HostFailure(.usage, "cannot read \(path): \(String(cString: strerror(code)))")
    }
}
