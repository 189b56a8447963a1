import Bitrix24

/// Refuses names that no portal has, before anything is sent.
enum KnownMethod {
    /// Who asks: each writes a method, and a way round, in words of its own.
    enum Asker {
        case recipe, shell

        fileprivate func written(_ method: String) -> String {
            switch self {
            case .recipe: "b24.\(method)"
            case .shell: "host call \(method)"
            }
        }

        fileprivate var hint: String {
            switch self {
            case .recipe:
                "'host methods WORD' lists them; b24.call(name, parameters, { unknown = true }) calls any"
            case .shell: "'host methods WORD' lists what can be called; --unknown calls any"
            }
        }
    }

    static func check(_ method: String, _ api: RESTVersion? = nil, for asker: Asker) throws(HostFailure) {
        guard Catalog.lookup(method, api: api) == nil else { return }
        if api == .v3, let classic = Catalog.lookup(method, api: .classic) {
            throw HostFailure(
                .recipe, "\(classic.name) has no REST 3.0 form; call \(asker.written(classic.name))")
        }
        let nearest = Catalog.nearest(to: method)
        let meant = nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: ", "))?"
        throw HostFailure(.recipe, "there is no method '\(method)'\(meant)", hint: asker.hint)
    }
}
