internal import Wire

/// The company whose portal this is.
enum Company {
    private static let documents = Documents(kind: "company")

    static func name(in state: PortalState) throws(PortalFailure) -> String {
        let name = try documents.get(1, in: state)?["name"]?.phpText ?? ""
        return name.isEmpty ? "Local portal" : name
    }

    static func setName(_ name: String, in state: PortalState) throws(PortalFailure) {
        let fields: JSONObject = ["name": .string(name)]
        if try documents.get(1, in: state) == nil {
            try documents.insert(fields, id: 1, in: state)
        } else {
            try documents.replace(1, with: fields, in: state)
        }
    }
}
