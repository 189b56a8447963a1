public import Wire

/// Many calls of one method, packed into batches: each is done once or not at all, and what became of it is known.
///
/// Items go in; `next` says what to do and `receive` takes what came of it, until there is nothing left:
///
///     while true {
///         switch many.next(nowMS: now) {
///         case .send(let requests): many.receive(answers, nowMS: now)   // one answer for each request
///         case .wait(let milliseconds): …
///         case .finished: return many.outcome(0)
///         }
///     }
///
/// An item is sent again when the portal said that it did nothing. When the answer was lost, nobody knows; an item with
/// an origin is then looked up. Found, it is done. Not found, it may still be on its way into the database, so the
/// look-up is repeated when the portal cannot be working on it any more, and only then is it sent again. An item
/// without an origin stays uncertain.
public struct ManyWrite: Sendable {
    public struct Policy: Sendable {
        /// Requests that `send` asks for at most.
        public var requestsMax = 200
        /// After the answer was lost, the time in which the portal may still do the work. The cloud ends a request
        /// after 60 s; the rest is for the way there.
        /// Source: https://apidocs.bitrix24.com/limits.html
        public var settleAfterMS: UInt64 = 65_000
        /// Times that an item is sent whose answers are lost.
        public var sendingsMax = 4
        /// Look-ups that fail one after another before they are given up.
        public var lookUpFailuresMax = 3
        /// Rounds that the portal refuses, one after another, as it has no time.
        public var refusalsMax = 100
        /// The wait after the first refusal; it doubles. Milliseconds.
        public var refusalWaitMS: UInt64 = 1000
        public var refusalWaitMSMax: UInt64 = 30_000
        /// The shortest wait for operating time.
        public var operatingWaitMSMin: UInt64 = 10_000

        public init() {}
    }

    public enum Action: Sendable {
        /// Independent of each other: in any order, or at once.
        case send([BatchRequest])
        case wait(milliseconds: UInt64)
        case finished
    }

    public enum Outcome: Sendable {
        /// The JSON text of the call's result; of a record that was found, what the add would have answered.
        case done([UInt8])
        case failed(Failure)
    }

    /// Which items are the same although they stand in the list twice is decided by this: `once` for all, else only
    /// what lost answers need.
    struct Item: Sendable {
        enum Standing: Sendable, Equatable {
            /// The caller's own origin: it may be on the portal since an earlier run.
            case unchecked
            case ready
            /// Sent, and no answer came.
            case lost
            /// Lost, and not on the portal when last looked up.
            case missing
            case over
        }

        /// Empty once it is over.
        var parameters: JSONObject
        let fields: OriginFields?
        /// Nil when it cannot be looked up.
        let origin: RecordOrigin?
        var standing: Standing
        var sendings = 0
        var lostMS: UInt64 = 0
        /// What the loss looked like.
        var loss: Failure?
        var outcome: Outcome?
    }

    enum Round: Sendable {
        /// The items of each request.
        case writes([[Int]])
        /// The commands of each request.
        case lookUps([[LookUp]], askedMS: UInt64)
    }

    /// One command that asks for items by their origins.
    struct LookUp: Sendable {
        let places: [Int]
        /// An item that is certainly there: when it is not found, the caller may not read what he adds.
        let control: Int?
    }

    public static let itemsMax = 100_000

    let method: String
    let access: Access
    let policy: Policy
    var items: [Item]
    /// Items that are the same as an earlier one.
    private var originals: [Int: Int] = [:]
    var round: Round?
    var holdUntilMS: UInt64 = 0
    var refusals = 0
    var lookUpFailures = 0
    /// How long the method's operating time lasts, as the portal last told. Milliseconds.
    var operatingResetMS: UInt64 = 0
    /// Items that the portal certainly has not done although they were sent.
    private(set) var undone = 0

    /// - Parameters:
    ///   - once: gives every item an origin where it has none, and does not add what is there already.
    ///   - originPrefix: what origins of ours begin with; the same for a run that is repeated.
    /// - Throws: a failure of the category `.invalid`; nothing is sent then.
    public init(
        _ method: String, _ items: [JSONObject], once: Bool, originPrefix: String, policy: Policy = Policy()
    ) throws(Failure) {
        try ManyWrite.checkCount(items.count, method)
        let probe = BatchCommand("1", method)
        try Batch.check(probe)
        self.method = method
        access = probe.access
        self.policy = policy
        self.items = []
        self.items.reserveCapacity(items.count)
        var places: [RecordOrigin: Int] = [:]
        var twice: Set<RecordOrigin> = []
        for (place, parameters) in items.enumerated() {
            var item = try ManyWrite.item(
                parameters, place, method, once: once, RecordOrigin(system: RecordOrigin.host, id: originPrefix))
            if let origin = item.origin {
                if let first = places.updateValue(places[origin] ?? place, forKey: origin) {
                    twice.insert(origin)
                    if once {
                        originals[place] = first
                        item.standing = .over
                        item.parameters = JSONObject()
                    }
                }
            }
            self.items.append(item)
        }
        guard !once, !twice.isEmpty else { return }
        // Two records with one origin cannot be told apart by looking.
        for (place, item) in self.items.enumerated() where item.origin.map(twice.contains) == true {
            self.items[place] = Item(parameters: item.parameters, fields: nil, origin: nil, standing: .ready)
        }
    }

    public static func checkCount(_ count: Int, _ method: String) throws(Failure) {
        guard count <= itemsMax else {
            throw Failure(
                local: "TOO_MANY_ITEMS", "\(count) items are more than itemsMax, \(itemsMax)", method: method,
                hint: "Give them in several calls.")
        }
    }

    /// One item that was sent already, without an answer.
    ///
    /// Nil when it has no whole origin, or is known not to have been done: then there is nothing to settle.
    public init?(
        settling loss: Failure, of method: String, _ parameters: JSONObject, nowMS: UInt64, policy: Policy = Policy()
    ) {
        guard loss.isUncertain, let fields = OriginFields(method, parameters),
            let origin = fields.origin(in: parameters)
        else { return nil }
        self.method = method
        access = .write
        self.policy = policy
        var item = Item(parameters: parameters, fields: fields, origin: origin, standing: .lost)
        item.sendings = 1
        item.lostMS = nowMS
        item.loss = loss
        items = [item]
    }

    private static func item(
        _ parameters: JSONObject, _ place: Int, _ method: String, once: Bool, _ ours: RecordOrigin
    ) throws(Failure) -> Item {
        guard let fields = OriginFields(method, parameters) else {
            guard !once else {
                throw Failure(
                    local: "ONCE_UNSUPPORTED", "its records have no origin by which they could be found again",
                    method: method,
                    hint: "once works with \(OriginFields.methods) (entityTypeId 1 to 4); leave it out here.")
            }
            return Item(parameters: parameters, fields: nil, origin: nil, standing: .ready)
        }
        guard once else {
            return Item(
                parameters: parameters, fields: fields, origin: fields.origin(in: parameters), standing: .ready)
        }
        let given = fields.given(parameters)
        let origin = RecordOrigin(system: given.system ?? ours.system, id: given.id ?? "\(ours.id)-\(place + 1)")
        return Item(
            parameters: fields.marked(parameters, origin), fields: fields, origin: origin,
            standing: given.id == nil ? .ready : .unchecked)
    }

    // -- What came of it ----------------------------------------------------------------------------------------------

    public var count: Int { items.count }

    /// Writes that are still to be sent, as far as is known.
    public var writes: Int { access == .write ? items.count { $0.standing != .over } : 0 }

    /// Where in a result the useful part is.
    public var resultKey: String? { Catalog.lookup(method, api: .classic)?.resultKey }

    /// What became of the item at a place, from 0; nil while that is open.
    public func outcome(_ place: Int) -> Outcome? { items[originals[place] ?? place].outcome }

    /// Commands that were sent, did nothing, and are to be sent again, since this was last asked.
    public mutating func takeUndone() -> Int {
        defer { undone = 0 }
        return undone
    }

    mutating func end(_ place: Int, _ outcome: Outcome) {
        items[place].outcome = outcome
        items[place].standing = .over
        items[place].parameters = JSONObject()
        items[place].loss = nil
    }

    mutating func sendAgain(_ place: Int) {
        items[place].standing = .ready
        undone += 1
    }

    // -- What to do ---------------------------------------------------------------------------------------------------

    public mutating func next(nowMS: UInt64) -> Action {
        guard nowMS >= holdUntilMS else { return .wait(milliseconds: holdUntilMS - nowMS) }
        let unchecked = places(.unchecked)
        if !unchecked.isEmpty { return lookUp(unchecked, nowMS: nowMS) }
        let ready = places(.ready)
        if !ready.isEmpty {
            let requests = writes(ready)
            if !requests.isEmpty { return .send(requests) }
            // Every one of them was found impossible to send.
            return next(nowMS: nowMS)
        }
        let lost = places(.lost)
        let missing = places(.missing)
        if !lost.isEmpty {
            return lookUp(lost + missing.filter { isSettled($0, nowMS: nowMS) }, nowMS: nowMS)
        }
        guard let last = missing.map({ items[$0].lostMS }).max() else { return .finished }
        let due = last + policy.settleAfterMS
        return nowMS >= due ? lookUp(missing, nowMS: nowMS) : .wait(milliseconds: due - nowMS)
    }

    private func places(_ standing: Item.Standing) -> [Int] {
        items.indices.filter { items[$0].standing == standing }
    }

    /// The portal cannot be working on it any more.
    func isSettled(_ place: Int, nowMS: UInt64) -> Bool { nowMS >= items[place].lostMS + policy.settleAfterMS }

    /// After a refusal a single request tries whether the portal takes them again.
    private mutating func writes(_ ready: [Int]) -> [BatchRequest] {
        let requestsMax = refusals == 0 ? policy.requestsMax : 1
        var requests: [BatchRequest] = []
        var sent: [[Int]] = []
        var commands: [BatchCommand] = []
        var texts: [String] = []
        var places: [Int] = []
        for place in ready {
            let command = BatchCommand(String(place + 1), method, items[place].parameters)
            do throws(Failure) {
                texts.append(try ManyWrite.text(of: command))
            } catch {
                end(place, .failed(error.about(method, access, part: ManyWrite.part(place))))
                continue
            }
            commands.append(command)
            places.append(place)
            items[place].sendings += 1
            guard commands.count == Batch.commandsPerRequestMax else { continue }
            requests.append(BatchRequest(commands, texts: texts, halt: false))
            sent.append(places)
            (commands, texts, places) = ([], [], [])
            if requests.count == requestsMax { break }
        }
        if !commands.isEmpty {
            requests.append(BatchRequest(commands, texts: texts, halt: false))
            sent.append(places)
        }
        round = .writes(sent)
        return requests
    }

    private static func text(of command: BatchCommand) throws(Failure) -> String {
        guard try command.references().isEmpty else {
            throw Failure(
                local: "BATCH_REFERENCE", "an item refers to another command", method: command.method,
                hint: "References work in b24.batch.")
        }
        return try command.text(keys: [:])
    }

    static func part(_ place: Int) -> String { "item \(place + 1)" }
}
