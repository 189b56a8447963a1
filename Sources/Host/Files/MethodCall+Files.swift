import Bitrix24
import Net
public import Wire

extension MethodCall {
    /// The largest file `host call` sends or receives: what the cloud takes in one request.
    public static let fileBytesMax = 2 << 30

    /// The JSON text of `result` of a method that takes files: `FileValue`s among the parameters, whose paths are the
    /// person's own.
    public static func result(
        ofUploading parameters: JSONObject, by method: NamedMethod, on portal: PortalConnection
    ) async throws(EffectFailure) -> String {
        let upload: Upload
        do throws(Failure) {
            upload = try Upload(method.name, api: method.api, parameters: parameters)
        } catch {
            guard error.code == Upload.notTakenCode, error.argument != nil else { throw .portal(error) }
            throw .host(HostFailure(.usage, "\(error.message); for text that begins with @ write @@…"))
        }
        let contents = try EffectFailure.wrapping { () throws(HostFailure) in try sources(of: upload) }
        let reply = try await portal.reply(to: upload, contents, for: RunTicket())
        return reply.withResult { String(decoding: $0, as: UTF8.self) }
    }

    /// Saves the file that a method's answer links to; how many bytes it has.
    ///
    /// - Parameters:
    ///   - field: the way to the link in the answer, such as `ufCrm_7.0`; empty when the answer itself has one.
    ///   - path: where to; a file that is there is replaced, and left alone when something fails.
    public static func download(
        from method: NamedMethod, _ parameters: JSONObject, field: String, to path: String, on portal: PortalConnection
    ) async throws(EffectFailure) -> Int {
        let call = try EffectFailure.wrapping { () throws(Failure) in
            try Call(method.name, api: method.api, parameters: parameters)
        }
        let target = try EffectFailure.wrapping { () throws(HostFailure) in try fileTarget(path) }
        try await portal.download(
            .call(call, path: field.split(separator: ".").map(String.init)), to: target, for: RunTicket())
        return target.bytesWritten
    }

    private static func sources(of upload: Upload) throws(HostFailure) -> [FileSource] {
        var contents: [FileSource] = []
        for file in upload.files {
            switch file.content {
            case .base64(let text): contents.append(try FileSource(file.name, base64: text))
            case .path(let path):
                do throws(FileFailure) {
                    contents.append(try FileSource(path: path, bytesMax: fileBytesMax))
                } catch {
                    throw HostFailure(.usage, error.message)
                }
            }
        }
        return contents
    }

    private static func fileTarget(_ path: String) throws(HostFailure) -> FileTarget {
        do throws(FileFailure) {
            return try FileTarget(path: path, bytesMax: fileBytesMax)
        } catch {
            throw HostFailure(.usage, error.message)
        }
    }
}
