import Bitrix24
import Bridge
import Wire

/// `file.*`: files as values, for `b24.upload`.
enum FileModule {
    static let functions = [read, from]

    private static let read = HostFunction(
        "file.read", "Stands for a file of the recipe's folder 'files'; its content goes straight from the disk.",
        parameters: [
            Parameter("path", .string, "inside the folder 'files' beside the recipe, or in the one given by --files"),
            Parameter("name", .string, optional: true, "what the portal is to call it; else the path's last part"),
        ],
        results: [ResultDoc("file", .table, "to be put where b24.upload's method takes a file")],
        errors: ["the path leads out of the folder"],
        example: "b24.upload(\"crm.item.update\", { entityTypeId = 2, id = 7,\n"
            + "  fields = { ufCrm_7_OFFER = file.read \"offer.pdf\" } })",
        immediate: { (run, call) throws(LuaFailure) in
            let path = try call.string(1)
            do throws(HostFailure) {
                try run.files.check(path)
            } catch {
                throw LuaFailure(EffectFailure.host(error))
            }
            let name = call.isAbsent(2) ? nil : try call.string(2)
            try call.push(.object(FileValue(path: path, name: name).marked))
        })

    private static let from = HostFunction(
        "file.from", "Makes a file of bytes that are at hand.",
        parameters: [
            Parameter("name", .string, "what the portal is to call it"),
            Parameter("bytes", .string, "its content"),
        ],
        results: [ResultDoc("file", .table, "to be put where b24.upload's method takes a file")],
        example: "local report = file.from(\"report.csv\", \"id;title\\n7;Roof\\n\")",
        immediate: { (_, call) throws(LuaFailure) in
            let name = try call.string(1)
            let text = try call.withBytes(2) { (bytes) throws(LuaFailure) in Base64.encode(Array(bytes)) }
            try call.push(.object(FileValue(name: name, base64: text).marked))
        })
}
