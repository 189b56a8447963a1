import Wire

/// The requests of a list read by the identifier of its rows: a page after an identifier, and the last rows up to one.
struct KeysetQuery: Sendable {
    let method: String
    let facts: KeysetFacts
    /// The caller's own `filter[>ID]` and `filter[<=ID]`.
    let ownCursor: Int64?
    let ownBound: Int64?
    /// Whether the texts may travel in a batch, where a portal replaces what looks like a reference.
    let mayBatch: Bool
    /// Whether a reference may be used as an upper bound beside the caller's filter.
    let mayBound: Bool
    /// With order and `start`, without filter on the identifier.
    private let base: PageParameters
    private let filter: JSONObject
    private let filterStyle: FilterStyle

    /// `user.get` takes conditions beside the parameters as well as in `FILTER`. What it makes of both at once is not
    /// documented, so that ours goes where the caller's are.
    private enum FilterStyle { case nested, beside }

    /// - Returns: nil when the caller's own order, start or filter does not go with it.
    init?(_ method: MethodFacts, _ parameters: PageParameters) {
        guard let facts = method.keyset, method.api == .classic, method.paging == .start else { return nil }
        var base = parameters
        guard base["order"].isAbsent, base["sort"].isAbsent, base["start"].isAbsent else { return nil }
        guard base["filter"].isAbsent || base["filter"]?.objectValue != nil else { return nil }
        // Found by a word, users come in an order of the search's own.
        guard base["find"].isAbsent else { return nil }
        let isBeside = facts.filtersBeside && base["filter"].isAbsent && !base.undocumented.isEmpty
        filterStyle = isBeside ? .beside : .nested
        var filter = filterStyle == .nested ? base["filter"]?.objectValue ?? JSONObject() : base.object
        // One activity may be found through several bindings, and then comes several times.
        guard PageParameters.key("BINDINGS", in: filter) == nil else { return nil }
        var own: [Int64?] = [nil, nil]
        for (place, sign) in [">", "<="].enumerated() {
            guard let key = PageParameters.key(sign + facts.filterField, in: filter) else { continue }
            guard let id = filter.remove(key)?.scalarText.flatMap({ Int64($0) }) else { return nil }
            own[place] = id
        }
        (ownCursor, ownBound) = (own[0], own[1])
        if filterStyle == .beside {
            base = base.with(filter)
            filter = JSONObject()
        }
        base["start"] = -1
        base.select(facts.filterField)
        self.method = method.name
        self.facts = facts
        self.filter = filter
        mayBatch = !base.looksLikeReference
        mayBound = PageParameters.key("<\(facts.filterField)", in: filterStyle == .nested ? filter : base.object) == nil
        self.base = base
    }

    /// The next rows upwards.
    ///
    /// - Parameters:
    ///   - cursor: what every identifier is greater than.
    ///   - bound: what none is greater than.
    ///   - reference: another condition, `filter[<ID]`.
    func page(after cursor: JSONValue?, upTo bound: Int64?, below reference: JSONValue? = nil) -> JSONObject {
        var parameters = base
        order(&parameters, "ASC")
        put([(">", cursor), ("<=", (bound ?? ownBound).map { .integer($0) }), ("<", reference)], into: &parameters)
        return parameters.object
    }

    /// The last rows, downwards, with nothing but their identifier.
    func last(after cursor: Int64?, upTo bound: Int64?) -> JSONObject {
        var parameters = base
        order(&parameters, "DESC")
        parameters["select"] = [.string(facts.filterField)]
        put([(">", cursor.map { .integer($0) }), ("<=", (bound ?? ownBound).map { .integer($0) })], into: &parameters)
        return parameters.object
    }

    /// The caller's parameters in the order of the identifier, for going on by offset.
    func byOffset(from start: Int) -> PageParameters {
        var parameters = base
        order(&parameters, "ASC")
        put([(">", ownCursor.map { .integer($0) }), ("<=", ownBound.map { .integer($0) })], into: &parameters)
        parameters["start"] = .integer(Int64(start))
        return parameters
    }

    private func order(_ parameters: inout PageParameters, _ direction: JSONValue) {
        parameters["order"] = facts.orderTravelsAsWords ? direction : .object([facts.filterField: direction])
        if facts.orderTravelsAsWords { parameters["sort"] = .string(facts.filterField) }
    }

    private func put(_ conditions: [(sign: String, value: JSONValue?)], into parameters: inout PageParameters) {
        var target = filterStyle == .beside ? parameters.object : filter
        for (sign, value) in conditions {
            guard let value else { continue }
            target["\(sign)\(facts.filterField)"] = value
        }
        switch filterStyle {
        case .beside: parameters = parameters.with(target)
        case .nested: if !target.isEmpty { parameters["filter"] = .object(target) }
        }
    }
}
