/// What was learnt about a list method on one portal: where it departs from its documentation is found out once.
///
/// Nothing in it is needed to read a list right; it saves the requests that find out.
public struct PagingProfile: Sendable, Equatable {
    /// Rows come in the order of their identifiers, and a filter on the identifier holds.
    var keepsKeyset = true
    /// An upper bound on the identifier holds, and the order can be turned round: a list can be read in several places.
    var keepsRanges = true
    /// A reference inside a longer text is replaced.
    var replacesInTexts = true
    /// References lead from page to page.
    var chains = true
    /// Whether a page may begin anywhere, or only where the portal itself would begin one; nil: not known.
    var beginsAnywhere: Bool?
    /// The most rows seen in one page: a shorter page is the last one.
    var pageRowsSeen = 0

    public init() {}

    /// What both know: a trust once lost stays lost.
    public func merging(_ other: PagingProfile) -> PagingProfile {
        var merged = self
        merged.keepsKeyset = keepsKeyset && other.keepsKeyset
        merged.keepsRanges = keepsRanges && other.keepsRanges
        merged.replacesInTexts = replacesInTexts && other.replacesInTexts
        merged.chains = chains && other.chains
        merged.beginsAnywhere = other.beginsAnywhere ?? beginsAnywhere
        merged.pageRowsSeen = max(pageRowsSeen, other.pageRowsSeen)
        return merged
    }
}
