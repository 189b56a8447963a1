internal import Glibc

/// A file that comes to be whole or not at all: written under a name of its own beside the target, which `commit` puts
/// in the target's place. Let go of before, it leaves nothing behind.
public final class FileTarget: Sendable {
    private enum State {
        case open(Int32)
        case closed
    }

    /// The largest file taken.
    public let bytesMax: Int
    private let name: String
    private let temporaryName: String
    /// The target's folder.
    private let folder: Int32
    private let state: Monitor<(file: State, written: Int, errorNumber: Int32)>

    /// Longer names leave no room for the temporary one beside them.
    public static let nameBytesMax = 200

    /// A target a person named. Its folder must be there.
    public convenience init(path: String, bytesMax: Int) throws(FileFailure) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let parent = parts.dropLast().joined(separator: "/")
        let folderPath = parts.count == 1 ? "." : parent.isEmpty ? "/" : parent
        let folder = open(folderPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw FileFailure("write into", folderPath, code: errno) }
        try self.init(folder: folder, name: String(parts.last ?? ""), bytesMax: bytesMax)
    }

    /// - Parameters:
    ///   - folder: an open folder. The descriptor becomes this object's, which closes it; also when this throws.
    ///   - name: without a slash. A file that has it is replaced by `commit`; what a link of this name leads to is not,
    ///     and devices and pipes are refused.
    public init(folder: Int32, name: String, bytesMax: Int) throws(FileFailure) {
        let temporaryName = ".\(name).\(UInt64.random(in: .min ... .max)).part"
        do throws(FileFailure) {
            let file = try FileTarget.create(folder, name, temporaryName)
            state = Monitor((.open(file), 0, 0))
        } catch {
            close(folder)
            throw error
        }
        self.folder = folder
        self.name = name
        self.temporaryName = temporaryName
        self.bytesMax = bytesMax
    }

    deinit {
        discard()
        close(folder)
    }

    private static func create(_ folder: Int32, _ name: String, _ temporaryName: String) throws(FileFailure) -> Int32 {
        guard (1...nameBytesMax).contains(name.utf8.count), name != ".", name != "..",
            !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 })
        else {
            throw FileFailure(
                kind: .notPermitted, message: "a file's name has 1 to \(nameBytesMax) bytes and no slash: '\(name)'")
        }
        var status = stat()
        if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
            switch status.st_mode & S_IFMT {
            case S_IFREG, S_IFLNK: break
            case S_IFDIR: throw FileFailure("write", name, code: EISDIR)
            default:
                // A file in the place of `/dev/null` would do harm far from here.
                throw FileFailure(
                    kind: .notRegular, message: "cannot write \(name): a device or a pipe is not replaced by a file")
            }
        }
        // What a portal holds is for its people: nobody else on this machine reads it.
        let file = openat(folder, temporaryName, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileFailure("write", name, code: errno) }
        return file
    }

    public var bytesWritten: Int { state.withLock { $0.written } }

    /// Why `write` said no; nil when it did not, or the file grew beyond `bytesMax`.
    var failure: FileFailure? {
        let code = state.withLock { $0.errorNumber }
        return code == 0 ? nil : FileFailure("write", name, code: code)
    }

    /// False when the disk does not take them, or the file would grow beyond `bytesMax`.
    func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            guard case .open(let file) = state.file, bytes.count <= bytesMax - state.written else { return false }
            var written = 0
            while written < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                let count = Glibc.write(file, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    state.errorNumber = errno
                    return false
                }
                written += count
            }
            state.written += written
            return true
        }
    }

    /// Empties the file again, for another attempt.
    public func restart() throws(FileFailure) {
        let code = state.withLock { state -> Int32 in
            guard case .open(let file) = state.file else { return EBADF }
            guard ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0 else { return errno }
            state.written = 0
            return 0
        }
        guard code == 0 else { throw FileFailure("write", name, code: code) }
    }

    /// Puts the file in its place, once its bytes are on the disk. Blocks as long as the disk needs.
    public func commit() throws(FileFailure) {
        let code = state.withLock { state -> Int32 in
            guard case .open(let file) = state.file else { return EBADF }
            guard fsync(file) == 0 else { return errno }
            guard renameat(folder, temporaryName, folder, name) == 0 else { return errno }
            close(file)
            state.file = .closed
            return fsync(folder) == 0 ? 0 : errno
        }
        guard code == 0 else { throw FileFailure("write", name, code: code) }
    }

    private func discard() {
        state.withLock { state in
            guard case .open(let file) = state.file else { return }
            close(file)
            unlinkat(folder, temporaryName, 0)
            state.file = .closed
        }
    }
}
