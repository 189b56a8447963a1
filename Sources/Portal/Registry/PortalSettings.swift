/// How this portal behaves. Defaults follow the public documentation; where that is silent, the
/// behaviour has a name here, so that a client can be tested against every answer it might meet.
public struct PortalSettings: Sendable {
    /// Credentials that the portal accepts.
    public var webhooks: [PortalWebhook] = [PortalWebhook(userID: 1, secret: "local0portal0secret")]
    /// Applications that are on the portal from its start.
    public var applications: [PortalApplication] = []
    /// Host names that it answers to besides loopback names, such as one that a client under test insists on.
    public var hostNames: Set<String> = []
    /// Employees with administrator rights.
    public var administratorIDs: Set<Int> = [1]
    /// Name of the portal's zone in the system's zone database.
    public var timeZoneName = "UTC"
    /// Currency of records that name none.
    public var baseCurrency = "USD"

    /// Where chance begins: tokens, names and faults at a rate are the same for the same number.
    public var seedNumber: UInt64 = 1
    /// The portal's identity, 32 hexadecimal digits; nil takes one that follows from `seedNumber`.
    public var memberID: String?
    /// How long every reply of REST waits on its way, in milliseconds.
    public var latencyMS = 0
    /// Why the portal refuses everybody, if it does.
    public var closure: PortalClosure?
    /// Answers of an administrator who was asked whether a credential may call a method, by lower-case method name.
    public var consents: [String: Consent] = ["voximplant.user.get": .waiting]

    // MARK: Limits, https://apidocs.bitrix24.com/limits.html

    /// Requests a second that leave the bucket; nil switches the intensity limit off.
    public var drainPerSecond: Double? = 2
    /// The bucket's size: a request that finds more than this inside is refused.
    public var burst: Double = 50
    /// Seconds of one method by one credential in ten minutes; nil switches the limit off.
    public var operatingSecondsMax: Double? = 480
    /// Whom the time of a batch's commands is charged to. Both are seen in the wild.
    public var operatingAccounting = OperatingAccounting.method
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
    /// 500 by the general error table, 410 by an SDK.
    public var deletedPortalStatus = 500
    /// Whether webhooks are refused over plain HTTP, as the cloud refuses them.
    public var requiresHTTPS = false
    /// Whether the envelope of a batch tells its operating time when the batch itself is charged.
    public var batchTimeHasOperating = true
    /// 403 by the general error table, 401 by the SDKs.
    public var insufficientScopeStatus = 403
    /// The reply to a webhook that calls a method for applications only: the pages know both.
    public var applicationOnly = ApplicationOnly.accessDenied
    /// Whether a webhook may call `app.info` and learns its scopes: the page says no, an SDK reads the answer.
    public var webhooksMayAskAppInfo = false
    /// Whether replies write other letters than ASCII as `\u0442`, the way PHP's `json_encode` does.
    public var escapesUnicode = false
    /// Whether phone search ignores brackets, dashes and blanks.
    public var phoneSearchIgnoresFormat = true
    /// Whether `crm.contact.add` refuses a contact with neither name nor last name.
    public var contactNeedsName = false
    /// What `crm.duplicate.findbycomm` answers when nobody matches.
    public var duplicateMissIsObject = false

    public var oauth = OAuthSettings()
    public var events = EventSettings()
    public var processes = ProcessSettings()
    /// The same for the calendar, tasks, users and messages.
    public var office = OfficeSettings()
    /// The same for chats and bots.
    public var chats = ChatSettings()
    /// The same for the CRM.
    public var crm = CrmSettings()

    public enum MissingReference: String, Sendable, CaseIterable { case empty, literal }
    public enum ArrayReference: String, Sendable, CaseIterable { case nested, empty }
    public enum ApplicationOnly: String, Sendable, CaseIterable { case accessDenied, wrongAuthType }
    public enum OperatingAccounting: String, Sendable, CaseIterable { case method, batch }
    /// What an administrator said to a credential's wish for a guarded method.
    public enum Consent: String, Sendable, CaseIterable { case waiting, denied, given }

    /// Requests that leave the bucket and its size, by what the portal's owner pays.
    public enum Plan: String, Sendable, CaseIterable {
        case standard, enterprise

        public var drainPerSecond: Double { self == .enterprise ? 5 : 2 }
        public var burst: Double { self == .enterprise ? 250 : 50 }
    }

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
