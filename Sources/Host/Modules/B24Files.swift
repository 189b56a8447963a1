import Bitrix24
import Bridge
import Wire

/// `b24.upload` and `b24.download`.
enum B24Files {
    static let upload = HostFunction(
        "b24.upload", "Calls a method that takes files, each in the shape the method wants.",
        parameters: [
            Parameter("method", .string, "such as \"disk.folder.uploadFile\", in any letter case"),
            Parameter(
                "parameters", .table,
                "the method's parameters, with file.read or file.from where it documents a file or its content"),
        ],
        results: [
            ResultDoc("result", .any, "the useful part of what the method answered"),
            ResultDoc("page", .table, "time, as far as the portal gave it"),
        ],
        errors: ["a file cannot be read", "the method is unknown", "the portal refuses"],
        cost: "one request; two for a large file to Drive or of a call's record",
        example: "b24.upload(\"disk.folder.uploadFile\", { id = 12, fileContent = file.read \"offer.pdf\" })",
        waiting: { (run, call) throws(LuaFailure) in
            let method = try call.string(1)
            try B24Module.known(method, nil)
            guard let parameters = try call.value(2).objectValue else {
                throw call.badArgument(2, expected: "table")
            }
            try run.remark(on: parameters.keys, of: Catalog.lookup(method))
            let upload: Upload
            do throws(Failure) {
                upload = try Upload(method, parameters: parameters)
            } catch {
                throw LuaFailure(EffectFailure.portal(error))
            }
            return run.operation { () async throws(EffectFailure) in
                let result: EffectResult
                do throws(EffectFailure) {
                    result = try await run.result(of: Effect(.upload(upload)))
                } catch {
                    // A file that cannot be read, for one: nothing was sent.
                    if case .host = error { run.door.takeBack(writes: 1) }
                    throw error
                }
                return { (call) throws(LuaFailure) in
                    guard case .reply(let reply) = result else { return }
                    try B24Call.push(reply, reply.part(upload.facts?.resultKey), call)
                }
            }
        })

    static let download = HostFunction(
        "b24.download", "Downloads a file into the recipe's folder 'files', whole or not at all.",
        parameters: [
            Parameter(
                "source", .any,
                "a method that answers with a link, as { \"method\", { parameters } }, asked again when the link has "
                    + "expired; or a link, or a record's file with one in it"),
            Parameter("path", .string, "where to, inside the folder; a file that is there is replaced"),
            Parameter(
                "field", .string, optional: true, "the way to the file in the source, such as \"ufCrm_7_OFFER.0\""),
        ],
        results: [ResultDoc("file", .table, "path and bytes")],
        errors: ["there is no link", "the link has expired", "the file is larger than the limit 'file'"],
        cost: "one request, and one for the method",
        example: "local file = b24.download({ \"disk.file.get\", { id = 7 } }, \"offer.pdf\")",
        waiting: { (run, call) throws(LuaFailure) in
            let field = call.isAbsent(3) ? "" : try call.string(3)
            let source = try source(try call.value(1), field.split(separator: ".").map(String.init), call)
            let path = try call.string(2)
            return run.operation(Effect(.download(source, path: path))) { (result, call) throws(LuaFailure) in
                guard case .json(let bytes) = result else { return }
                try call.push(json: bytes[...], nulls: .absent)
            }
        })

    private static func source(
        _ value: JSONValue, _ path: [String], _ call: borrowing LuaCall
    ) throws(LuaFailure) -> DownloadSource {
        guard let pair = value.arrayValue, let method = pair.first?.stringValue, pair.count <= 2 else {
            guard let text = FileLink.text(in: value, path: path) else {
                throw call.badArgument(
                    1, problem: "there is no link in it, and it is no { \"method\", { parameters } }")
            }
            return .link(text)
        }
        try B24Module.known(method, nil)
        let parameters = pair.count == 2 ? pair[1].objectValue : JSONObject()
        guard let parameters else { throw call.badArgument(1, problem: "the method's parameters are no table") }
        do throws(Failure) {
            return .call(try Call(method, parameters: parameters), path: path)
        } catch {
            throw LuaFailure(EffectFailure.portal(error))
        }
    }
}
