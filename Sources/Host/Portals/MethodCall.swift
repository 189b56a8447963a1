import Bitrix24
public import Wire

/// One REST call outside any recipe: what `host call` does.
public enum MethodCall {
    /// What is odd about the parameters, a sentence each: the platform would ignore them without a word.
    public static func remarks(on parameters: JSONObject, of method: NamedMethod) -> [String] {
        guard let facts = Catalog.lookup(method.name, api: method.api) else { return [] }
        return parameters.keys.compactMap { facts.remark(onParameter: $0) }
    }

    /// The JSON text of `result`.
    public static func result(
        of method: NamedMethod, _ parameters: JSONObject, on portal: PortalConnection
    ) async throws(EffectFailure) -> String {
        let reply = try await portal.reply(to: try call(method, parameters), for: RunTicket())
        return reply.withResult { String(decoding: $0, as: UTF8.self) }
    }

    /// Every row of a list, each as one line of JSON, given to `write` as they come. Returns how many there were.
    public static func rows(
        of method: NamedMethod, _ parameters: JSONObject, on portal: PortalConnection, write: (String) -> Void
    ) async throws(EffectFailure) -> Int {
        var reader = try Self.portal(failing: { () throws(Failure) in
            try RowReader(method.name, api: method.api, parameters, profiles: portal.pagingProfiles)
        })
        var count = 0
        let ticket = RunTicket()
        let fetch: RowReader.Fetch = { (calls) async throws(EffectFailure) in
            try await portal.replies(to: calls, for: ticket)
        }
        while let page = try await reader.nextPage(fetch) {
            for row in rows(in: page.rows) { write(row + "\n") }
            count += page.count
        }
        return count
    }

    private static func portal<T>(failing body: () throws(Failure) -> T) throws(EffectFailure) -> T {
        do throws(Failure) {
            return try body()
        } catch {
            throw .portal(error)
        }
    }

    private static func call(_ method: NamedMethod, _ parameters: JSONObject) throws(EffectFailure) -> Call {
        var random = SystemRandomNumberGenerator()
        return try portal(failing: { () throws(Failure) in
            try Call(method.name, api: method.api, parameters: parameters)
        }).keyed(using: &random)
    }

    private static func rows(in array: ArraySlice<UInt8>) -> [String] {
        array.withUnsafeBufferPointer { bytes in
            var rows: [String] = []
            do throws(JSONFailure) {
                var scanner = try JSONScanner(bytes)
                guard case .beginArray = try scanner.next() else { return [] }
                while let range = try scanner.skipElement() {
                    rows.append(String(decoding: bytes[range], as: UTF8.self))
                }
            } catch {
                // The pager has scanned these bytes already.
                return rows
            }
            return rows
        }
    }
}
