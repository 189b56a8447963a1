import Bitrix24
import Glibc
import Net
import Wire

/// The folder whose files a recipe may read and write, and nothing outside it: no `..`, no absolute path, no link on
/// the way. Each part of a path is opened by itself, so that nobody can put a link there between a check and the use.
public struct FileFolder: Sendable {
    /// As the person wrote it; errors show it.
    let path: String
    /// Whether a person named the folder, who may well name a link; what came with a recipe may not be one.
    private let isNamed: Bool

    static let depthMax = 8
    static let partBytesMax = FileTarget.nameBytesMax

    /// A folder that a person named; it must be there.
    public init(_ path: String) throws(HostFailure) {
        self.path = path
        isNamed = true
        close(try root())
    }

    /// The folder `files` of a recipe's folder, which is made by the first download.
    init(of recipeFolder: String) {
        path = (recipeFolder.isEmpty ? "" : recipeFolder + "/") + "files"
        isNamed = false
    }

    /// What an upload's files hold, in their order.
    ///
    /// - Parameter except: paths that need not be there.
    func contents(of upload: Upload, bytesMax: Int, except: Set<String> = []) throws(HostFailure) -> [FileSource] {
        var contents: [FileSource] = []
        for file in upload.files {
            switch file.content {
            case .path(let path):
                guard !except.contains(path) else { continue }
                contents.append(try open(path, bytesMax: bytesMax))
            case .base64(let text): contents.append(try FileSource(file.name, base64: text))
            }
        }
        return contents
    }

    /// A file to be sent.
    func open(_ relative: String, bytesMax: Int) throws(HostFailure) -> FileSource {
        let (folder, name) = try parent(of: relative, isMade: false)
        defer { close(folder) }
        let descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", relative, errno) }
        do throws(FileFailure) {
            return try FileSource(descriptor: descriptor, named: "\(path)/\(relative)", bytesMax: bytesMax)
        } catch {
            throw HostFailure(error)
        }
    }

    /// A file to be written; folders on the way to it are made.
    func target(_ relative: String, bytesMax: Int) throws(HostFailure) -> FileTarget {
        let (folder, name) = try parent(of: relative, isMade: true)
        do throws(FileFailure) {
            return try FileTarget(folder: folder, name: name, bytesMax: bytesMax)
        } catch {
            throw HostFailure(error)
        }
    }

    /// Throws when a path could not be one inside the folder, whatever is there.
    @discardableResult
    func check(_ relative: String) throws(HostFailure) -> [String] {
        let parts = relative.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isInside = parts.allSatisfy { part in
            (1...Self.partBytesMax).contains(part.utf8.count) && part != "." && part != ".." && !part.utf8.contains(0)
        }
        guard isInside, parts.count <= Self.depthMax else {
            throw HostFailure(
                .recipe, "'\(relative)' is no path inside \(path)",
                hint: "write it as name.pdf or folder/name.pdf: no leading '/', no '..', at most \(Self.depthMax) parts"
            )
        }
        return parts
    }

    // -- On the way ---------------------------------------------------------------------------------------------------

    /// The open folder that holds the file, and the file's name in it.
    private func parent(of relative: String, isMade: Bool) throws(HostFailure) -> (Int32, String) {
        var parts = try check(relative)
        let name = parts.removeLast()
        if isMade, !isNamed { mkdir(path, 0o700) }
        var folder = try root()
        for part in parts {
            if isMade { mkdirat(folder, part, 0o700) }
            let next = openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            let code = errno
            close(folder)
            guard next >= 0 else { throw failure("open", relative, code) }
            folder = next
        }
        return (folder, name)
    }

    private func root() throws(HostFailure) -> Int32 {
        let folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (isNamed ? 0 : O_NOFOLLOW))
        guard folder >= 0 else {
            let code = errno
            throw HostFailure(
                .configuration, FileFailure("open the folder", path, code: code).message,
                hint: "a recipe's files are in the folder 'files' beside it, or in the one given by --files")
        }
        return folder
    }

    private func failure(_ what: String, _ relative: String, _ code: Int32) -> HostFailure {
        // O_NOFOLLOW on a link to a folder says "not a directory"; on one to a file "too many links".
        let isLink = code == ELOOP
        let message = FileFailure(what, "\(path)/\(relative)", code: code).message
        return HostFailure(.recipe, isLink ? "\(path)/\(relative) is a link, which recipes may not follow" : message)
    }
}

extension FileSource {
    convenience init(_ name: String, base64 text: String) throws(HostFailure) {
        guard let bytes = Base64.decode(text.utf8) else {
            throw HostFailure(.recipe, "the content of the file '\(name)' is no Base64")
        }
        self.init(bytes: bytes)
    }
}

extension HostFailure {
    init(_ failure: FileFailure) {
        self.init(failure.kind == .full || failure.kind == .other ? .machine : .recipe, failure.message)
    }
}
