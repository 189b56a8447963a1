import Bridge
import Glibc
import Storage
import Wire

/// The Lua files of a recipe as they were at one moment: what runs that began with them are replayed with, whatever
/// becomes of the files.
public struct RecipeCode: Sendable {
    /// The name of each file below the recipe's folder, and its text.
    let files: [(name: String, bytes: [UInt8])]
    /// Which of them is the recipe itself.
    let main: String
    /// Tells codes apart.
    let id: Int64

    static let filesMax = 200
    static let bytesMax = 8 << 20
    static let depthMax = 6
    static let context: StaticString = "code"

    init(files: [(name: String, bytes: [UInt8])], main: String) {
        self.files = files.sorted { $0.name < $1.name }
        self.main = main
        var print = EffectPrint()
        print.add(main)
        for (name, bytes) in self.files {
            print.add(name)
            print.add(bytes)
        }
        id = Int64(bitPattern: print.value)
    }

    /// As the store keeps it.
    var encoded: [UInt8] {
        var names = JSONObject()
        for (name, bytes) in files { names[name] = .string(String(decoding: bytes, as: UTF8.self)) }
        return JSONValue.object(["main": .string(main), "files": .object(names)]).encoded()
    }

    init?(encoded: [UInt8]) {
        guard let value = try? JSONValue(parsing: encoded), let main = value["main"]?.stringValue,
            let files = value["files"]?.objectValue
        else { return nil }
        self.init(files: files.map { ($0.key, Array(($0.value.stringValue ?? "").utf8)) }, main: main)
    }

    func bytes(of name: String) -> [UInt8]? { files.first { $0.name == name }?.bytes }
}

/// The rows of `code`.
enum CodeTable {
    static func put(_ code: RecipeCode, _ store: HostStore) async throws(HostFailure) {
        let sealed = try store.sealer.seal(code.encoded, RecipeCode.context)
        try await store.result { (database) throws(DatabaseFailure) in
            _ = try database.run(
                "INSERT INTO code(id, payload) VALUES (?, ?) ON CONFLICT(id) DO NOTHING",
                [.integer(code.id), .blob(sealed)])
        }
    }

    static func code(
        _ id: Int64, _ store: HostStore, in database: any SQLConnection
    ) throws(DatabaseFailure) -> RecipeCode? {
        let sealed = try database.query("SELECT payload FROM code WHERE id = ?", [.integer(id)]) {
            (row) throws(DatabaseFailure) in row.blob(0)
        }.first
        guard let sealed else { return nil }
        return RecipeCode(encoded: try store.opened(sealed, RecipeCode.context, database))
    }
}
