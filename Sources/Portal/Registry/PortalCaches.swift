/// What families remember between calls. Everything here can be thrown away and found again in the
/// database.
final class PortalCaches {
    /// Rows in a table, kept because clients that page by offset ask for the total on every page.
    var rowCounts: [String: Int] = [:]
}
