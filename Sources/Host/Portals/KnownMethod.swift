import Bitrix24

/// Refuses names that no portal has, before anything is sent.
enum KnownMethod {
    static func check(_ method: String, _ api: RESTVersion? = nil) throws(HostFailure) {
        guard Catalog.lookup(method, api: api) == nil else { return }
        let nearest = Catalog.nearest(to: method)
        let meant = nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: ", "))?"
        throw HostFailure(
            .recipe, "there is no method '\(method)'\(meant)", hint: "'host methods WORD' lists what can be called")
    }
}
