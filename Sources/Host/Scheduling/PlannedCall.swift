public import Wire

/// A REST call that a plan asks for. Calls asked for together travel in one batch, in this order, so that a later one
/// may refer to an earlier one's result, by an object `{"$ref": "deal.CONTACT_ID"}` in its parameters.
public struct PlannedCall: Sendable, Equatable {
    /// Names the call in its batch and its answer in the replies.
    public let key: String
    public let method: String
    public let parameters: JSONObject

    public init(_ key: String, _ method: String, _ parameters: JSONObject) {
        self.key = key
        self.method = method
        self.parameters = parameters
    }

    /// As many as one batch takes (https://apidocs.bitrix24.com/settings/how-to-call-rest-api/batch.html).
    public static let batchCountMax = 50
}

/// What came back for one planned call. A call that failed has no reply.
public struct PlannedReply: Sendable, Equatable {
    public let result: JSONValue
    /// Of a list: how many rows there are on all pages.
    public let total: Int?

    public init(result: JSONValue, total: Int? = nil) {
        self.result = result
        self.total = total
    }
}

extension JSONValue {
    /// A number, or a text that is one: the classic methods write numbers as text.
    var lenientInteger: Int64? { integerValue ?? stringValue.flatMap { Int64($0) } }
}
