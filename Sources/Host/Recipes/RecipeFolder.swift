public import Bridge
import Glibc

/// A recipe's file and the folder it may `require` from. Nothing outside that folder can be reached, by `..` or by a
/// link.
public struct RecipeFolder: LuaSources, Sendable {
    /// As the person wrote it; errors show it.
    public let path: String
    let folder: String
    /// What its files were when the code was kept; nil reads them.
    private(set) var code: RecipeCode?

    /// - Parameter path: the recipe's file, or a folder that has a `recipe.lua`.
    public init(_ path: String) throws(HostFailure) {
        var status = stat()
        var file = path
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            file = (path.hasSuffix("/") ? path : path + "/") + "recipe.lua"
        }
        guard access(file, R_OK) == 0 else { throw SourceFile.unreadable(file, errno) }
        self.path = file
        folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }

    /// The same with its files as they are in `code`.
    func with(_ code: RecipeCode) -> RecipeFolder {
        var frozen = self
        frozen.code = code
        return frozen
    }

    /// Whether there is a recipe: a file, or a folder that has a `recipe.lua`.
    public static func isRecipe(_ path: String) -> Bool {
        isFile(path) || isFile(path.hasSuffix("/") ? path + "recipe.lua" : path + "/recipe.lua")
    }

    public static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// The file without links and `..`: what tells it from others of its name.
    var realPath: String { realPath(path) ?? path }

    var files: FileFolder { FileFolder(of: folder) }

    public func recipe() throws(HostFailure) -> LuaSource {
        let bytes: [UInt8]
        if let kept = code.flatMap({ $0.bytes(of: $0.main) }) {
            bytes = kept
        } else {
            bytes = try SourceFile.read(path)
        }
        return LuaSource(bytes: Self.withoutHead(bytes), name: path)
    }

    /// As `lua` does with files: leaves out a byte order mark, and takes a first line that begins with `#` for a
    /// comment.
    private static func withoutHead(_ bytes: [UInt8]) -> [UInt8] {
        let rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        return rest.first == UInt8(ascii: "#") ? Array("--".utf8) + rest : rest
    }

    /// The name the store files this recipe's values under when it declares none: its folder's, or its file's, name.
    public var defaultName: String {
        let parts = path.split(separator: "/")
        guard let last = parts.last else { return path }
        if last == "recipe.lua", parts.count > 1 { return String(parts[parts.count - 2]) }
        return last.hasSuffix(".lua") ? String(last.dropLast(4)) : String(last)
    }

    public func source(of module: String) throws(LuaFailure) -> LuaSource? {
        let relative = module.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "/") + ".lua"
        if let code {
            return code.bytes(of: relative).map {
                LuaSource(bytes: $0, name: folder.isEmpty ? relative : folder + "/" + relative)
            }
        }
        let base = folder.isEmpty ? "." : folder
        let candidate = base + "/" + relative
        guard let real = realPath(candidate) else { return nil }
        guard let realBase = realPath(base), real.hasPrefix(realBase == "/" ? "/" : realBase + "/") else {
            throw LuaFailure(kind: .argument, message: "module '\(module)' leads out of the recipe's folder")
        }
        do {
            return LuaSource(bytes: try SourceFile.read(real), name: folder.isEmpty ? relative : candidate)
        } catch {
            throw LuaFailure(kind: .argument, message: "module '\(module)': \(error.message)")
        }
    }

    private func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
