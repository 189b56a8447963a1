import Wire

extension Call {
    /// The names of the top-level parameters; none for a list.
    public var parameterNames: [String] {
        body.withUnsafeBufferPointer { bytes in
            var names: [String] = []
            do throws(JSONFailure) {
                var scanner = try JSONScanner(bytes)
                guard case .beginObject = try scanner.next() else { return [] }
                while case .key(let key) = try scanner.next() {
                    names.append(key.string)
                    _ = try scanner.skipValue()
                }
            } catch {
                // Whoever sends the call finds out what is wrong with it.
                return names
            }
            return names
        }
    }
}
