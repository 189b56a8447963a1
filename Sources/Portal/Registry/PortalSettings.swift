/// How this portal behaves. Defaults follow the public documentation; where that is silent, the
/// behaviour has a name here, so that a client can be tested against every answer it might meet.
public struct PortalSettings: Sendable {
    /// Credentials that the portal accepts.
    public var webhooks: [PortalWebhook] = [PortalWebhook(userID: 1, secret: "local0portal0secret")]
    /// Employees with administrator rights.
    public var administratorIDs: Set<Int> = [1]
    /// Name of the portal's zone in the system's zone database.
    public var timeZoneName = "UTC"
    /// Currency of records that name none.
    public var baseCurrency = "USD"

    // MARK: Limits, https://apidocs.bitrix24.com/limits.html

    /// Requests a second that leave the bucket; nil switches the intensity limit off.
    public var drainPerSecond: Double? = 2
    /// The bucket's size: a request that finds more than this inside is refused.
    public var burst: Double = 50
    /// Seconds of one method by one credential in ten minutes; nil switches the limit off.
    public var operatingSecondsMax: Double? = 480
    /// Added to the measured time of a call, by lower-case method name: makes a method slow on paper.
    public var operatingSecondsAdded: [String: Double] = [:]
    /// Commands a batch runs; the others fail with `ERROR_BATCH_LENGTH_EXCEEDED`.
    public var batchCommandsMax = 50
    /// Rows on a page of a list.
    public var pageRows = 50

    // MARK: Behaviour that the documentation leaves open

    /// Whether a request refused by the bucket still adds one to it.
    public var refusedRequestsCount = false
    /// Whether a list asked with `start=-1` says `next` when its page is full.
    public var nextWithoutCounting = false
    /// What stands for a `$result[…]` that leads nowhere.
    public var batchMissingReference = MissingReference.empty
    /// What stands for a `$result[…]` that leads to a list or an object.
    public var batchArrayReference = ArrayReference.nested
    /// Code of the 401 that a wrong webhook gets.
    public var wrongWebhookCode = "NO_AUTH_FOUND"
    /// 403 by the general error table, 401 by the SDKs.
    public var insufficientScopeStatus = 403
    /// The reply to a webhook that calls a method for applications only: the pages know both.
    public var applicationOnly = ApplicationOnly.accessDenied
    /// Whether replies write other letters than ASCII as `\u0442`, the way PHP's `json_encode` does.
    public var escapesUnicode = false
    /// Whether phone search ignores brackets, dashes and blanks.
    public var phoneSearchIgnoresFormat = true
    /// Whether `crm.contact.add` refuses a contact with neither name nor last name.
    public var contactNeedsName = false
    /// What `crm.duplicate.findbycomm` answers when nobody matches.
    public var duplicateMissIsObject = false

    /// The same for the calendar, tasks, users and messages.
    public var office = OfficeSettings()

    public enum MissingReference: String, Sendable, CaseIterable { case empty, literal }
    public enum ArrayReference: String, Sendable, CaseIterable { case nested, empty }
    public enum ApplicationOnly: String, Sendable, CaseIterable { case accessDenied, wrongAuthType }

    public init() {}
}

/// An inbound webhook: a secret that acts in an employee's name.
public struct PortalWebhook: Sendable, Equatable {
    public var userID: Int
    public var secret: String
    /// Lower-case scopes; nil grants all.
    public var scopes: Set<String>?

    public init(userID: Int, secret: String, scopes: Set<String>? = nil) {
        self.userID = userID
        self.secret = secret
        self.scopes = scopes
    }
}
