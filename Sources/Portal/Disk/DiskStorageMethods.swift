internal import Wire

/// `disk.storage.*`.
enum DiskStorageMethods {
    static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let storages = try DiskMethods.matching(try DiskStorage.all(in: state), call, in: state)
        return try DiskMethods.page(storages, call, in: state) { DiskStorage.row($0) }
    }

    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        MethodReply(DiskStorage.row(try storage(call, in: state)))
    }

    static func types(_ state: PortalState, _ call: MethodCall) -> MethodReply {
        MethodReply(["user", "common", "group"])
    }

    /// The application's own drive, which comes to be when it first asks for it.
    static func forApplication(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let clientID = call.credential.clientID else {
            throw PortalFailure("ACCESS_DENIED", "Access denied! Application context required", status: 403)
        }
        let number = try DiskStorage.number(of: .application(clientID), in: state)
        return MethodReply(DiskStorage.row(try DiskStorage.find(number, in: state)))
    }

    static func children(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try DiskMethods.children(of: DiskStorage.root(try storage(call, in: state)), call, in: state)
    }

    static func addFolder(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try addFolder(in: try root(call, in: state), call, state)
    }

    static func addFolder(
        in folder: Documents.Entry, _ call: MethodCall, _ state: PortalState
    ) throws(PortalFailure) -> MethodReply {
        guard let name = try call.object("data")?["NAME"]?.phpText, !name.isEmpty else {
            throw PortalFailure("DISK_BASE_SERVICE_22001", "The field NAME is required.")
        }
        let free = try DiskObject.freeName(name, in: folder.id, isUnique: false, state)
        let id = try DiskObject.add(
            .folder, named: free, in: folder.id, storage: DiskObject.storage(folder), by: call.userID, state)
        return MethodReply(try DiskObject.row(try DiskObject.find(id, .folder, in: state), for: call, in: state))
    }

    static func upload(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try DiskUploads.begin(into: try root(call, in: state), call, in: state)
    }

    /// Only an application's own drive may be renamed.
    static func rename(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let entry = try storage(call, in: state)
        guard let name = call.text("newName"), !name.isEmpty else { throw DiskFailure.argument("newName") }
        guard let clientID = call.credential.clientID, entry.fields["ENTITY_ID"]?.stringValue == clientID else {
            throw PortalFailure("ACCESS_DENIED", "Access denied", status: 403)
        }
        try DiskStorage.replace(entry.id, entry.fields, ["NAME": .string(name)], in: state)
        return MethodReply(DiskStorage.row(try DiskStorage.find(entry.id, in: state)))
    }

    private static func storage(_ call: MethodCall, in state: PortalState) throws(PortalFailure) -> Documents.Entry {
        guard let id = call.integer("id") else { throw DiskFailure.argument("id") }
        return try DiskStorage.find(id, in: state)
    }

    private static func root(_ call: MethodCall, in state: PortalState) throws(PortalFailure) -> Documents.Entry {
        try DiskObject.find(DiskStorage.root(try storage(call, in: state)), .folder, in: state)
    }
}
