/// How long the portal worked. Seconds.
/// Source: https://apidocs.bitrix24.com/limits.html
public struct Timing: Sendable, Equatable {
    public var start: Double?
    public var finish: Double?
    public var duration: Double?
    public var processing: Double?
    /// What this method has used up of its 480 s in the last ten minutes; on-premise portals may not count.
    public var operating: Double?
    /// When the oldest of the ten minutes leaves the sum, in seconds since 1970 by the portal's clock.
    public var operatingResetAt: Double?

    public init() {}
}
