internal import Wire

/// Takes the parameters out of a request: query and body, JSON or form, merged as PHP merges them.
enum RequestParameters {
    /// - Parameter api: v3 reads its JSON body only.
    /// - Returns: The parameters, and the files of a multipart body.
    static func read(
        _ request: PortalRequest, api: PortalAPI
    ) throws(PortalFailure) -> (JSONObject, [(field: String, content: FileContent)]) {
        guard api == .classic else { return (try v3Body(request), []) }
        var merged = try form(Array(request.query.utf8))
        let type = request.header("content-type") ?? ""
        guard !type.lowercased().hasPrefix("multipart/") else {
            let multipart = try MultipartBody(request.body, contentType: type)
            for (key, value) in multipart.fields { merged[key] = value }
            return (merged, multipart.files)
        }
        for (key, value) in try body(request, type: type.lowercased()) { merged[key] = value }
        return (merged, [])
    }

    private static func body(_ request: PortalRequest, type: String) throws(PortalFailure) -> JSONObject {
        guard !request.body.isEmpty else { return JSONObject() }
        guard type.contains("json") else { return try form(request.body) }
        // PHP ignores a body it cannot decode; the call then lacks its parameters.
        guard let value = try? JSONValue(parsing: request.body) else { return JSONObject() }
        return value.phpObject ?? JSONObject()
    }

    private static func v3Body(_ request: PortalRequest) throws(PortalFailure) -> JSONObject {
        guard !request.body.isEmpty else { return JSONObject() }
        guard let value = try? JSONValue(parsing: request.body), let object = value.phpObject else {
            throw PortalFailure(
                "BITRIX_REST_V3_EXCEPTION_INVALIDJSONEXCEPTION", "The request body is not valid JSON.")
        }
        return object
    }

    static func form(_ bytes: [UInt8]) throws(PortalFailure) -> JSONObject {
        guard !bytes.isEmpty else { return JSONObject() }
        do { return try Form.decode(bytes) } catch {
            throw PortalFailure("INVALID_REQUEST", "The form could not be read: \(error)")
        }
    }
}
