/// How events reach their handlers. What the documentation leaves open has a switch.
///
/// https://apidocs.bitrix24.com/api-reference/events/index.html
public struct EventSettings: Sendable {
    /// Deliveries one handler gets at a time. More than one makes their order a matter of chance, as it is on the
    /// platform; one keeps runs repeatable.
    public var deliveriesAtOnce = 1
    /// How long a handler may take to answer, in milliseconds; nobody documents the platform's patience.
    public var handlerTimeoutMS = 30_000
    /// An answer that takes longer, in milliseconds, makes its handler a slow one.
    public var slowHandlerMS = 5_000
    /// What a slow handler waits for its next delivery, in seconds; doubled with every further slow answer, forgotten
    /// after a fast one.
    public var slowPauseSeconds = 1.0
    public var slowPauseSecondsMax = 60.0

    // MARK: Behaviour that the documentation leaves open

    /// Whether `event.offline.get` says `false` instead of an event's data, as the sample of its page does.
    public var offlineDataIsHidden = false
    /// Whether ONOFFLINEEVENT says under `data` which event was queued, as the sample of its page does; else it says
    /// nothing and the queue must be read.
    public var offlineNoticeHasData = false
    /// Whether events of timeline comments carry `data[FIELDS][ID]` as the CRM's others do; their pages say `data[ID]`.
    public var commentEventHasFields = false
    /// Whether ONTASKCOMMENTADD comes from the new task card: `ID` is 0 and `MESSAGE_ID` says which message it is.
    public var taskCommentIsMessage = true

    public init() {}
}
