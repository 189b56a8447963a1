import Bitrix24
public import Bridge
import Glibc
import Wire

/// Reads `host.lua`: Lua in the recipes' sandbox, which calls `host { … }` once and can do nothing else but ask for
/// secrets by `env "NAME"` and `file "path"`.
public enum ConfigurationLoader {
    private static let fileBytesMax = 1 << 20
    private static let secretFileBytesMax = 64 << 10

    /// - Parameters:
    ///   - path: of the file; relative paths in it count from its folder.
    ///   - variable: the environment's variables.
    public static func load(
        _ path: String, variable: @escaping (String) -> String?
    ) async throws(ConfigurationFailure) -> HostConfiguration {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let table: JSONObject
        do throws(HostFailure) {
            table = try await read(path, folder, variable)
        } catch {
            throw ConfigurationFailure(problems: [error.message + (error.hint.map { " (\($0))" } ?? "")])
        }
        return try ConfigurationReader(folder: folder, variable: variable).configuration(of: table)
    }

    /// Without a file: a portal of the environment, and no recipes.
    public static func standard(
        variable: @escaping (String) -> String?
    ) throws(ConfigurationFailure) -> HostConfiguration {
        try ConfigurationReader(folder: "", variable: variable).configuration(of: JSONObject())
    }

    private static func read(
        _ path: String, _ folder: String, _ variable: @escaping (String) -> String?
    ) async throws(HostFailure) -> JSONObject {
        let source = LuaSource(bytes: try SourceFile.read(path, bytesMax: fileBytesMax), name: path)
        let box = Said()
        let limits = LuaLimits(memoryBytesMax: 16 << 20, cpuMSMax: 1_000, wallMSMax: 5_000)
        do throws(LuaFailure) {
            let run = try LuaRun(limits: limits)
            defer { run.close() }
            try run.install(functions(folder, variable, box))
            try await run.run(source)
        } catch {
            throw HostFailure(.configuration, error.description)
        }
        guard let table = box.table else {
            throw HostFailure(
                .configuration, "\(path) does not call host { … }", hint: "docs/configuration.md shows what it may say")
        }
        return table
    }

    private final class Said {
        var table: JSONObject?
    }

    /// Described in docs/configuration.md: recipes do not have them.
    private static func functions(
        _ folder: String, _ variable: @escaping (String) -> String?, _ said: Said
    ) -> [FunctionDeclaration] {
        [
            FunctionDeclaration(
                "host", "Configures the host, once.",
                parameters: [Parameter("configuration", .table, "what docs/configuration.md shows")],
                example: "host { portals = { acme = { webhook = env \"ACME_WEBHOOK\" } } }",
                body: .immediate { (call) throws(LuaFailure) in
                    guard said.table == nil else {
                        throw LuaFailure(kind: .recipe, message: "host{} is called twice")
                    }
                    said.table = try call.value(1).objectValue ?? JSONObject()
                }),
            FunctionDeclaration(
                "env", "The value of an environment variable.",
                parameters: [
                    Parameter("name", .string, "the variable's name"),
                    Parameter("default", .string, optional: true, "where it is not set"),
                ],
                results: [ResultDoc("value", .string, "its value")], example: "env \"ACME_WEBHOOK\"",
                body: .immediate { (call) throws(LuaFailure) in
                    let name = try call.string(1)
                    if let value = variable(name) { return try call.push(value) }
                    guard !call.isAbsent(2) else {
                        throw LuaFailure(kind: .recipe, message: "the environment variable \(name) is not set")
                    }
                    try call.push(try call.string(2))
                }),
            FunctionDeclaration(
                "file", "The text of a file, without its last line end.",
                parameters: [Parameter("path", .string, "counted from host.lua's folder")],
                results: [ResultDoc("text", .string, "what it holds")], example: "file \"secrets/acme\"",
                body: .immediate { (call) throws(LuaFailure) in
                    let path = place(try call.string(1), in: folder)
                    let bytes: [UInt8]
                    do throws(HostFailure) {
                        bytes = try SourceFile.read(path, bytesMax: secretFileBytesMax)
                    } catch {
                        throw LuaFailure(kind: .recipe, message: error.message)
                    }
                    try call.push(String(decoding: bytes.last == 10 ? bytes.dropLast() : bytes[...], as: UTF8.self))
                }),
        ]
    }

    static func place(_ path: String, in folder: String) -> String {
        path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
    }
}
