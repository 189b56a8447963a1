/// The members of a JSON object, in order. Setting a name again keeps its place and replaces its value.
///
/// A small object is searched, a larger one keeps an index: lookups cost the same whatever its size. Equality
/// disregards order, as JSON does.
public struct JSONObject: Sendable {
    /// Above this many members an index pays for itself.
    private static let searchedCountMax = 12

    private var members: [(key: String, value: JSONValue)] = []
    /// Places in `members`; empty while the object is small.
    private var places: [String: Int] = [:]

    public init() {}

    /// Of pairs with the same name the last wins.
    public init(_ pairs: some Sequence<(String, JSONValue)>) {
        for (key, value) in pairs { self[key] = value }
    }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    /// The names, in order.
    public var keys: [String] { members.map(\.key) }

    public subscript(key: String) -> JSONValue? {
        get { place(of: key).map { members[$0].value } }
        set {
            guard let newValue else {
                remove(key)
                return
            }
            if let place = place(of: key) {
                members[place].value = newValue
            } else {
                append(key, newValue)
            }
        }
    }

    /// Removes a member and returns its value; nil when there was none. Costs a pass over the members.
    @discardableResult
    public mutating func remove(_ key: String) -> JSONValue? {
        guard let place = place(of: key) else { return nil }
        let value = members.remove(at: place).value
        places.removeAll(keepingCapacity: true)
        if members.count > JSONObject.searchedCountMax { buildIndex() }
        return value
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if !places.isEmpty {
            places[key] = members.count - 1
        } else if members.count > JSONObject.searchedCountMax {
            buildIndex()
        }
    }

    private mutating func buildIndex() {
        places.reserveCapacity(members.count)
        for (place, member) in members.enumerated() { places[member.key] = place }
    }

    private func place(of key: String) -> Int? {
        places.isEmpty ? members.firstIndex { $0.key == key } : places[key]
    }
}

extension JSONObject: Sequence {
    public typealias Element = (key: String, value: JSONValue)

    public func makeIterator() -> IndexingIterator<[Element]> { members.makeIterator() }
}

extension JSONObject: Equatable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
