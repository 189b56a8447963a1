internal import Glibc

/// The bytes of a file, or of memory: of a known number, read from any thread and from any place.
public final class FileSource: Sendable {
    private enum Storage {
        case descriptor(Int32, Version)
        case memory([UInt8])
    }

    /// What changes when somebody writes to the file.
    private struct Version: Equatable {
        let byteCount: Int
        let seconds: Int
        let nanoseconds: Int

        init(_ status: stat) {
            byteCount = status.st_size
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    public let byteCount: Int
    private let storage: Storage

    public init(bytes: [UInt8]) {
        byteCount = bytes.count
        storage = .memory(bytes)
    }

    /// Opens a regular file a person named.
    public convenience init(path: String, bytesMax: Int) throws(FileFailure) {
        // Without O_NONBLOCK opening a pipe would wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileFailure("read", path, code: errno) }
        try self.init(descriptor: descriptor, named: path, bytesMax: bytesMax)
    }

    /// - Parameters:
    ///   - descriptor: becomes this object's, which closes it; also when this throws.
    ///   - name: for failures.
    public init(descriptor: Int32, named name: String, bytesMax: Int) throws(FileFailure) {
        let version: Version
        do throws(FileFailure) {
            version = try FileSource.version(descriptor, name, bytesMax)
        } catch {
            close(descriptor)
            throw error
        }
        byteCount = version.byteCount
        storage = .descriptor(descriptor, version)
    }

    deinit {
        if case .descriptor(let descriptor, _) = storage { close(descriptor) }
    }

    private static func version(
        _ descriptor: Int32, _ name: String, _ bytesMax: Int
    ) throws(FileFailure) -> Version {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure("read", name, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileFailure(kind: .notRegular, message: "cannot read \(name): it is no regular file")
        }
        guard status.st_size <= bytesMax else {
            throw FileFailure(
                kind: .tooLarge, message: "\(name) has \(status.st_size) bytes, more than the \(bytesMax) allowed")
        }
        return Version(status)
    }

    /// Fills the buffer from `offset` on; false when the file cannot be read, or somebody has written to it since it
    /// was opened: half of one version and half of another are no file.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
        guard offset >= 0, buffer.count <= byteCount - offset else { return false }
        switch storage {
        case .memory(let bytes):
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset...].prefix(buffer.count)))
            }
            return true
        case .descriptor(let descriptor, let version):
            var filled = 0
            while filled < buffer.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                filled += count
            }
            var status = stat()
            return fstat(descriptor, &status) == 0 && Version(status) == version
        }
    }
}
