import Wire

extension BatchRequest {
    /// A batch of REST 3.0: all commands are done, or none.
    ///
    /// The body is a bare list: the portal takes any member beside the commands for a command.
    /// Source: https://apidocs.bitrix24.com/api-reference/rest-v3/index.html
    ///
    /// - Parameter commands: made for REST 3.0, in an order in which references lead to earlier ones.
    /// - Throws: a failure of the category `.invalid` that names the command at fault.
    public init(v3 commands: [BatchCommand]) throws(Failure) {
        guard !commands.isEmpty else {
            throw Failure(local: "BATCH_EMPTY", "the batch has no command", method: "batch")
        }
        guard commands.count <= Batch.commandsPerRequestMax else {
            throw Failure(
                local: "BATCH_TOO_LONG",
                "\(commands.count) commands are more than the \(Batch.commandsPerRequestMax) of a REST 3.0 batch",
                method: "batch", hint: "It is done whole or not at all, so that it cannot be divided: make several.")
        }
        for command in commands where command.facts?.api != .v3 {
            throw Failure(
                local: "BATCH_MIXED", "the command '\(command.name)' is no method of REST 3.0", method: command.method,
                hint: "Put classic methods and those of REST 3.0 into batches of their own.")
        }
        _ = try Batch.checked(commands)
        var keys: [String: String] = [:]
        for (place, command) in commands.enumerated() { keys[command.name] = BatchRequest.key(place) }
        var entries: [JSONValue] = []
        for (place, command) in commands.enumerated() {
            entries.append([
                "method": .string(command.method), "query": try command.query(keys: keys),
                "as": .string(BatchRequest.key(place)),
            ])
        }
        self.commands = commands
        halt = true
        api = .v3
        body = JSONValue.array(entries).encoded()
    }

    /// The failure of the request as a whole, when it is uncertain: which commands may have been done, and where to
    /// look.
    public func explained(_ failure: Failure) -> Failure {
        let writes = commands.filter { $0.access == .write }
        guard failure.isUncertain, !writes.isEmpty else { return failure }
        var failure = failure
        let named = writes.prefix(BatchRequest.namedMax).map { "'\($0.name)' (\($0.method))" }.joined(separator: ", ")
        let more = writes.count > BatchRequest.namedMax ? " and \(writes.count - BatchRequest.namedMax) more" : ""
        var places: [String] = []
        for place in writes.compactMap({ Hint.sibling(of: $0.method) }) where !places.contains(place) {
            places.append(place)
        }
        let look =
            places.isEmpty ? "on the portal" : "with \(places.prefix(BatchRequest.namedMax).joined(separator: ", "))"
        failure.hint = "It is uncertain whether the portal did \(named)\(more): look \(look) before doing it again."
        return failure
    }

    private static let namedMax = 5
}
