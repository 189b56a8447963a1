import Wire

/// Commands for `batch`, checked and divided into requests.
///
/// A portal takes 50 commands a request and runs them one after another. More are sent as several requests, cut where
/// no reference crosses; the order stays.
/// Source: https://apidocs.bitrix24.com/settings/how-to-call-rest-api/batch.html
public struct Batch: Sendable {
    /// What the platform takes in one request.
    public static let commandsPerRequestMax = 50
    /// What one `Batch` takes: two hundred requests.
    public static let commandsMax = 10_000

    /// In order; with `halt` the next may go out only when the one before had no failure.
    public let requests: [BatchRequest]
    public let halt: Bool

    /// - Parameter halt: stop at the first command that fails.
    /// - Throws: a failure of the category `.invalid` that names the command at fault.
    public init(_ commands: [BatchCommand], halt: Bool = false) throws(Failure) {
        guard !commands.isEmpty else {
            throw Failure(local: "BATCH_EMPTY", "the batch has no command", method: "batch")
        }
        guard commands.count <= Batch.commandsMax else {
            throw Failure(
                local: "BATCH_TOO_LONG", "\(commands.count) commands are more than commandsMax, \(Batch.commandsMax)",
                method: "batch")
        }
        for command in commands { try Batch.check(command) }
        let earliest = try Batch.checked(commands)
        var requests: [BatchRequest] = []
        var start = 0
        while start < commands.count {
            let end = try Batch.cut(from: start, commands, earliest)
            requests.append(try BatchRequest(Array(commands[start..<end]), halt: halt))
            start = end
        }
        self.requests = requests
        self.halt = halt
    }

    /// For each command the place of the earliest command it refers to, or its own.
    static func checked(_ commands: [BatchCommand]) throws(Failure) -> [Int] {
        var places: [String: Int] = [:]
        var earliest: [Int] = []
        for (place, command) in commands.enumerated() {
            var first = place
            for reference in try command.references() {
                guard let target = places[reference.command] else {
                    throw Failure(
                        local: "BATCH_REFERENCE",
                        "the command '\(command.name)' refers to '\(reference.command)', which is not before it",
                        method: command.method, hint: "Name an earlier command of the same batch.")
                }
                first = min(first, target)
            }
            guard places.updateValue(place, forKey: command.name) == nil else {
                throw Failure(
                    local: "BATCH_NAME", "two commands are named '\(command.name)'", method: command.method,
                    hint: "Give each command a name of its own.")
            }
            earliest.append(first)
        }
        return earliest
    }

    static func check(_ command: BatchCommand) throws(Failure) {
        guard Call.isName(command.method) else {
            throw Failure(
                local: "BAD_METHOD_NAME", "the command '\(command.name)' has no valid method name", method: "batch")
        }
        let isNested = command.method.asciiLowercased() == "batch"
        guard !isNested, command.facts?.movesFiles != true else {
            throw Failure(
                local: "ERROR_BATCH_METHOD_NOT_ALLOWED",
                isNested ? "a batch inside a batch" : "files do not travel in a batch", method: command.method,
                hint: "Call it alone: a batch takes neither files nor another batch.")
        }
        guard command.facts != nil || Catalog.lookup(command.method, api: .v3) == nil else {
            throw Failure(
                local: "ERROR_BATCH_METHOD_NOT_ALLOWED", "the method belongs to REST 3.0", method: command.method,
                hint: "Call it alone: a classic batch takes classic methods.")
        }
    }

    /// The latest place to cut at most 50 commands on so that nothing after refers to anything before.
    private static func cut(from start: Int, _ commands: [BatchCommand], _ earliest: [Int]) throws(Failure) -> Int {
        let last = min(start + commandsPerRequestMax, commands.count)
        var needed = commands.count
        var cuts: [Int] = []
        // Walking backwards, `needed` is the earliest command used by anything from here on.
        for place in stride(from: commands.count - 1, to: start, by: -1) {
            needed = min(needed, earliest[place])
            if place <= last, needed >= place { cuts.append(place) }
        }
        if last == commands.count { return last }
        guard let cut = cuts.first else {
            throw Failure(
                local: "BATCH_TOO_LONG",
                "more than \(commandsPerRequestMax) commands from '\(commands[start].name)' on refer to each other",
                method: "batch", hint: "Read what they refer to first, and give them the values.")
        }
        return cut
    }
}

/// One request of a batch: at most 50 commands.
public struct BatchRequest: Sendable {
    public let commands: [BatchCommand]
    public let halt: Bool
    public let api: RESTVersion
    /// The body of the call of `batch`.
    public let body: [UInt8]

    /// Commands go out under names of ours, `c0`, `c1` …: a portal answers numeric names as a list, and a name of the
    /// caller's could break a reference.
    init(_ commands: [BatchCommand], halt: Bool) throws(Failure) {
        var keys: [String: String] = [:]
        for (place, command) in commands.enumerated() { keys[command.name] = BatchRequest.key(place) }
        var texts: [String] = []
        for command in commands { texts.append(try command.text(keys: keys)) }
        self.init(commands, texts: texts, halt: halt)
    }

    /// For commands whose references are written already, or that have none.
    init(_ commands: [BatchCommand], texts: [String], halt: Bool) {
        self.commands = commands
        self.halt = halt
        api = .classic
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("halt")
        writer.integer(halt ? 1 : 0)
        writer.key("cmd")
        writer.beginObject()
        for (place, text) in texts.enumerated() {
            writer.key(BatchRequest.key(place))
            writer.string(text)
        }
        writer.endObject()
        writer.endObject()
        body = writer.bytes
    }

    /// The name under which the portal knows the command at a place.
    public static func key(_ place: Int) -> String { "c\(place)" }

    /// Where a portal's key leads; nil for keys that were not sent.
    func place(of key: JSONSlice) -> Int? {
        guard key.count > 1, key.raw[0] == UInt8(ascii: "c") else { return nil }
        guard let place = Int(String(decoding: key.raw.dropFirst(), as: UTF8.self)), commands.indices.contains(place)
        else { return nil }
        return place
    }

    /// A batch changes nothing when none of its commands does.
    public var access: Access { commands.allSatisfy { $0.access == .read } ? .read : .write }

    /// The call to send.
    public var call: Call { Call(batch: body, api: api, access: access) }
}
