/// Behaviour of the CRM that the documentation leaves open or that differs between portals.
///
/// Defaults follow https://apidocs.bitrix24.com.
public struct CrmSettings: Sendable {
    /// Whether the amount of a record with product rows stays the rows' sum when somebody writes another one
    /// without `IS_MANUAL_OPPORTUNITY`.
    public var rowsDecideOpportunity = true
    /// Whether `crm.activity.list` with several `BINDINGS` lists an activity once for each that it has.
    public var bindingsRepeatActivities = true
    /// Whether `imopenlines.config.list.get` prints its dates as the empty objects of `imopenlines.config.get`.
    public var openLineListDatesAreEmpty = false

    /// Employees with the right to see call statistics; nil gives it to everybody.
    public var callStatisticsViewers: Set<Int>?

    public init() {}
}
