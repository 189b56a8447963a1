import Wire

extension Reply {
    /// Where the useful part of the result stands in `bytes`: its member `key`, such as `items`, or all of it when
    /// there is no key or no such member. `MethodFacts.resultKey` names it. Costs one pass over the result.
    public func part(_ key: String?) -> Range<Int> { Reply.part(key, of: resultRange, in: bytes) }

    /// The same for the result of a command inside a batch's reply.
    public static func part(_ key: String?, of result: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        guard let key else { return result }
        let found = bytes.withUnsafeBufferPointer { all -> Range<Int>? in
            // The envelope was read already, so that the JSON is known to be whole.
            (try? member(key, in: UnsafeBufferPointer(rebasing: all[result]))) ?? nil
        }
        guard let found else { return result }
        return found.lowerBound + result.lowerBound..<found.upperBound + result.lowerBound
    }

    private static func member(
        _ key: String, in json: UnsafeBufferPointer<UInt8>
    ) throws(JSONFailure) -> Range<Int>? {
        var scanner = try JSONScanner(json)
        guard case .beginObject = try scanner.next() else { return nil }
        while case .key(let name) = try scanner.next() {
            let value = try scanner.skipValue()
            if name.matches(key) { return value }
        }
        return nil
    }
}
