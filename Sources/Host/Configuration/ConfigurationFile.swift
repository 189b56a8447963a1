import Bridge
import Glibc
import Wire

/// Runs `host.lua` in the sandbox recipes have: it may compute, read variables and files of secrets, and do nothing.
public enum ConfigurationFile {
    /// A certificate's key has a few KB.
    static let secretFileBytesMax = 64 << 10

    private static let limits = LuaLimits(
        memoryBytesMax: 32 << 20, cpuMSMax: 1000, wallMSMax: 10_000, valueBytesMax: 1 << 20,
        sourceBytesMax: SourceFile.bytesMax)

    /// - Parameters:
    ///   - path: of the file.
    ///   - variable: an environment variable's value; nil where it is not set or empty.
    public static func load(
        _ path: String, variable: @escaping (String) -> String?
    ) async -> Result<HostConfiguration, ConfigurationFailure> {
        let problems = ConfigurationProblems(place: path)
        let reader = ConfigurationReader(folder: Self.folder(of: path), variable: variable, problems)
        do throws(LuaFailure) {
            if let declared = try await declared(by: path, variable, problems) {
                let configuration = reader.configuration(declared)
                if problems.sentences.isEmpty { return .success(configuration) }
            } else {
                problems.add("it calls no host { … }")
            }
        } catch {
            problems.place = error.location?.description ?? path
            problems.add(error.message)
        }
        return .failure(ConfigurationFailure(problems: problems.sentences, warnings: problems.warnings))
    }

    /// What holds without a file: the portal of the environment, and no recipes.
    public static func standard(
        variable: @escaping (String) -> String?
    ) -> Result<HostConfiguration, ConfigurationFailure> {
        let problems = ConfigurationProblems(place: "the environment")
        let configuration = ConfigurationReader(folder: "", variable: variable, problems)
            .configuration(.object(JSONObject()))
        guard problems.sentences.isEmpty else {
            return .failure(ConfigurationFailure(problems: problems.sentences, warnings: problems.warnings))
        }
        return .success(configuration)
    }

    /// The table that the file gave to `host`; nil where it called it never.
    private static func declared(
        by path: String, _ variable: @escaping (String) -> String?, _ problems: ConfigurationProblems
    ) async throws(LuaFailure) -> JSONValue? {
        let sources: RecipeFolder
        let source: LuaSource
        do throws(HostFailure) {
            sources = try RecipeFolder(path)
            source = try sources.recipe()
        } catch {
            throw LuaFailure(EffectFailure.host(error))
        }
        let run = try LuaRun(limits: limits, sources: sources)
        defer { run.close() }
        var declared: (value: JSONValue, place: String)?
        try run.install([
            FunctionDeclaration(
                "host", "Declares the host.", parameters: [Parameter("configuration", .any, "a table of its sections")],
                example: "host { recipes = { \"recipes/*\" } }",
                body: .immediate { (call) throws(LuaFailure) in
                    let place = call.location(outside: wrapper.name)
                    guard declared == nil else {
                        throw LuaFailure(kind: .host, message: "host { … } is called twice", location: place)
                    }
                    guard call.type(1) == .table else {
                        throw LuaFailure(
                            kind: .argument, message: "host takes a table: host { … }", location: place)
                    }
                    do throws(LuaFailure) {
                        declared = (try call.value(1), place?.description ?? path)
                    } catch {
                        throw LuaFailure(kind: error.kind, message: error.message, location: place)
                    }
                }),
            env(variable, problems), file(folder(of: path), problems),
        ])
        try await run.run(wrapper)
        try await run.run(source)
        if let declared { problems.place = declared.place }
        return declared?.value
    }

    /// `recipes` may be a list and a table in one, which no JSON is: here it is taken apart.
    private static let wrapper = LuaSource(
        """
        local declare, pairs, type, mathtype = host, pairs, type, math.type
        function host(declaration)
          if type(declaration) == "table" and type(declaration.recipes) == "table" then
            local copy, paths, named = {}, {}, {}
            for key, value in pairs(declaration) do copy[key] = value end
            for key, value in pairs(declaration.recipes) do
              if mathtype(key) == "integer" then paths[#paths + 1] = value else named[key] = value end
            end
            copy.recipes = { paths = paths, named = named }
            declaration = copy
          end
          return declare(declaration)
        end
        """, name: "host")

    private static func env(
        _ variable: @escaping (String) -> String?, _ problems: ConfigurationProblems
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            "env", "The value of an environment variable.",
            parameters: [
                Parameter("name", .string, "of the variable"),
                Parameter("default", .string, optional: true, "where it is not set"),
            ],
            example: "webhook = env \"ACME_WEBHOOK\"",
            body: .immediate { (call) throws(LuaFailure) in
                let name = try call.string(1)
                if let value = variable(name) {
                    problems.hide(value)
                    return try call.push(value)
                }
                if !call.isAbsent(2) { return try call.push(try call.string(2)) }
                problems.place = call.location?.description ?? problems.place
                problems.add("the environment variable \(name) is not set")
                try call.push(ConfigurationProblems.missingValue)
            })
    }

    private static func file(_ folder: String, _ problems: ConfigurationProblems) -> FunctionDeclaration {
        FunctionDeclaration(
            "file", "What a file holds, without its last line end.",
            parameters: [Parameter("path", .string, "from the configuration's folder")],
            example: "key = file \"secrets/gemini\"",
            body: .immediate { (call) throws(LuaFailure) in
                let path = ConfigurationFile.path(try call.string(1), in: folder)
                problems.place = call.location?.description ?? problems.place
                guard let value = secret(of: path, problems) else {
                    return try call.push(ConfigurationProblems.missingValue)
                }
                problems.hide(value)
                try call.push(value)
            })
    }

    private static func secret(of path: String, _ problems: ConfigurationProblems) -> String? {
        var bytes: [UInt8]
        do throws(HostFailure) {
            bytes = try SourceFile.read(path, bytesMax: secretFileBytesMax)
        } catch {
            problems.add(error.message)
            return nil
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty else {
            problems.add("\(path) holds no text")
            return nil
        }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & 0o044 != 0 {
            problems.warn("\(path) can be read by others: chmod 600 \(path)")
        }
        return text
    }

    /// Empty for the current folder.
    static func folder(of path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }

    static func path(_ path: String, in folder: String) -> String {
        path.hasPrefix("/") || (folder.isEmpty) ? path : "\(folder)/\(path)"
    }
}
