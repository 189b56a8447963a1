import Cryptography
import Glibc

/// Where the key is that seals the tokens at rest.
public enum GrantKey: Sendable {
    /// 64 hexadecimal digits or Base64, such as an environment variable holds.
    case text(String)
    /// A file of the same, that nobody but its owner may read.
    case file(String)

    private static let fileBytesMax = 4096

    /// - Parameter creates: whether a missing file is made, with a random key; without it a missing file is an error.
    func load(creates: Bool) throws(HostFailure) -> SealingKey {
        switch self {
        case .text(let text): return try Self.key(text, from: "HOST_KEY")
        case .file(let path):
            if creates { try Self.create(path) }
            return try Self.key(String(decoding: try Self.read(path), as: UTF8.self), from: path)
        }
    }

    private static func key(_ text: String, from place: String) throws(HostFailure) -> SealingKey {
        do throws(CryptographyFailure) {
            return try SealingKey(text: text)
        } catch {
            throw HostFailure(
                .configuration, "\(place) holds no key: \(error.message)",
                hint: "put back the key that the stored grants were sealed with, or make another and authorise anew")
        }
    }

    private static func read(_ path: String) throws(HostFailure) -> [UInt8] {
        // Checked on what was opened: between a check of the name and its opening it could become another file.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            throw HostFailure(
                .configuration, "the key file \(path) cannot be opened: \(String(cString: strerror(errno)))",
                hint:
                    "put it back or name another place with HOST_KEY_FILE; if it is lost, 'host auth list' names the "
                    + "grants: 'host auth forget' each, and authorise anew")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw HostFailure(.configuration, "the key file \(path) is no regular file", hint: "name another")
        }
        guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw HostFailure(
                .configuration, "the key file \(path) can be read by others", hint: "chmod 600 \(path), and own it")
        }
        return try SourceFile.read(descriptor, named: path, bytesMax: fileBytesMax)
    }

    private static func create(_ path: String) throws(HostFailure) {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        if !folder.isEmpty { _ = mkdir(folder, 0o700) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return }
            throw unwritable(path)
        }
        defer { close(descriptor) }
        let text: String
        do throws(CryptographyFailure) {
            text = try SealingKey.random().text + "\n"
        } catch {
            unlink(path)
            throw HostFailure(.machine, error.message)
        }
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            unlink(path)
            throw unwritable(path)
        }
    }

    private static func unwritable(_ path: String) -> HostFailure {
        HostFailure(
            .machine, "the key file \(path) cannot be written: \(String(cString: strerror(errno)))",
            hint: "HOST_KEY_FILE names another place, HOST_KEY the key itself")
    }
}
