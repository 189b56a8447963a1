internal import Wire

/// Drives: the company's, each employee's, and each application's own.
///
/// https://apidocs.bitrix24.com/api-reference/disk/storage/index.html
enum DiskStorage {
    static let documents = Documents(kind: "disk.storage")

    enum Owner: Equatable {
        case company
        case user(Int)
        case application(String)

        var type: String {
            switch self {
            case .company: "common"
            case .user: "user"
            case .application: "restapp"
            }
        }

        var id: String {
            switch self {
            case .company: "shared_files_s1"
            case .user(let id): String(id)
            case .application(let clientID): clientID
            }
        }
    }

    /// The drives an employee sees: the company's and those of employees, made when somebody first looks.
    static func all(in state: PortalState) throws(PortalFailure) -> [Documents.Entry] {
        _ = try number(of: .company, in: state)
        for user in try UserRecord.documents.all(in: state) { _ = try number(of: .user(user.id), in: state) }
        return try documents.all(in: state).filter { $0.fields["ENTITY_TYPE"] != "restapp" }
    }

    static func find(_ id: Int, in state: PortalState) throws(PortalFailure) -> Documents.Entry {
        _ = try all(in: state)
        guard let fields = try documents.get(id, in: state) else { throw DiskFailure.notFound(id) }
        return Documents.Entry(id: id, fields: fields)
    }

    /// The drive of an owner, which comes to be with its root folder.
    static func number(of owner: Owner, in state: PortalState) throws(PortalFailure) -> Int {
        let key = "\(owner.type):\(owner.id)"
        if let known = try documents.owned(by: key, in: state).first { return known.id }
        let name: String
        switch owner {
        case .company: name = "Company Drive"
        case .user(let id): name = try UserRecord.name(id, in: state)
        case .application(let clientID): name = clientID
        }
        let fields: JSONObject = [
            "NAME": .string(name), "CODE": .null, "MODULE_ID": "disk", "ENTITY_TYPE": .string(owner.type),
            "ENTITY_ID": .string(owner.id), "ROOT_OBJECT_ID": .null,
        ]
        let number = try documents.insert(fields, owner: key, in: state)
        let root = try DiskObject.add(.folder, named: name, in: nil, storage: number, by: 1, state)
        try replace(number, fields, ["ROOT_OBJECT_ID": .string(String(root))], in: state)
        return number
    }

    static func replace(
        _ id: Int, _ fields: JSONObject, _ changes: JSONObject, in state: PortalState
    ) throws(PortalFailure) {
        var changed = fields
        for (key, value) in changes { changed[key] = value }
        try documents.replace(id, with: changed, in: state)
    }

    static func root(_ entry: Documents.Entry) -> Int { entry.fields["ROOT_OBJECT_ID"]?.lenientInteger ?? 0 }

    static func row(_ entry: Documents.Entry) -> JSONValue {
        var row: JSONObject = ["ID": .string(String(entry.id))]
        for (key, value) in entry.fields { row[key] = value }
        return .object(row)
    }
}

/// Refusals of Drive.
enum DiskFailure {
    static func notFound(_ id: Int) -> PortalFailure {
        PortalFailure("ERROR_NOT_FOUND", "Could not find entity with id '\(id)'.")
    }

    static let nameTaken = PortalFailure("DISK_OBJ_22000", "The object with this name already exists.")

    static func argument(_ name: String) -> PortalFailure {
        PortalFailure("ERROR_ARGUMENT", "Invalid value of parameter {\(name)}.")
    }
}
