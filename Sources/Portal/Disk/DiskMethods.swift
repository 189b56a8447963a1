internal import Wire

/// What drives, folders and files have in common: looking, renaming, moving, copying, deleting.
enum DiskMethods {
    static func object(_ kind: DiskObject.Kind, _ call: MethodCall, in state: PortalState) throws(PortalFailure)
        -> Documents.Entry
    {
        guard let id = call.integer("id") else { throw DiskFailure.argument("id") }
        return try DiskObject.find(id, kind, in: state)
    }

    static func get(_ kind: DiskObject.Kind) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            MethodReply(try DiskObject.row(try object(kind, call, in: state), for: call, in: state))
        }
    }

    static func rename(_ kind: DiskObject.Kind) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            let entry = try object(kind, call, in: state)
            guard let name = call.text("newName"), !name.isEmpty else { throw DiskFailure.argument("newName") }
            let folder = entry.fields["PARENT_ID"]?.lenientInteger ?? 0
            if name.lowercased() != DiskObject.name(entry).lowercased() {
                _ = try DiskObject.freeName(name, in: folder, isUnique: false, state)
            }
            return try changed(entry, kind, ["NAME": .string(name)], call, state)
        }
    }

    static func move(_ kind: DiskObject.Kind) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            let entry = try object(kind, call, in: state)
            let target = try targetFolder(call, in: state)
            _ = try DiskObject.freeName(DiskObject.name(entry), in: target.id, isUnique: false, state)
            try checkOutside(entry, target, in: state)
            let changes: JSONObject = [
                "PARENT_ID": .string(String(target.id)), "STORAGE_ID": .string(String(DiskObject.storage(target))),
            ]
            return try changed(entry, kind, changes, call, state)
        }
    }

    static func copy(_ kind: DiskObject.Kind) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            let entry = try object(kind, call, in: state)
            let target = try targetFolder(call, in: state)
            let copied = try DiskObject.copy(entry, to: target, by: call.userID, state)
            return MethodReply(try DiskObject.row(try DiskObject.find(copied, kind, in: state), for: call, in: state))
        }
    }

    /// Into the bin, or out of it.
    static func mark(_ kind: DiskObject.Kind, isDeleted: Bool) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            let changes: JSONObject = [
                "DELETED_TYPE": isDeleted ? "3" : "0", "DELETE_TIME": isDeleted ? .string(state.now) : .null,
                "DELETED_BY": isDeleted ? .string(String(call.userID)) : "0",
            ]
            return try changed(try object(kind, call, in: state), kind, changes, call, state)
        }
    }

    static func delete(_ kind: DiskObject.Kind) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            let entry = try object(kind, call, in: state)
            guard entry.fields["PARENT_ID"]?.isNull == false else {
                throw PortalFailure("ACCESS_DENIED", "Access denied", status: 403)
            }
            try DiskObject.deleteTree(entry.id, in: state)
            return MethodReply(true)
        }
    }

    static func link(_ kind: DiskObject.Kind) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            let entry = try object(kind, call, in: state)
            return MethodReply(.string("\(state.site.portalURL)~local\(entry.id)"))
        }
    }

    /// The rows of a folder: by name's filter and order, in pages of 50.
    static func children(of folder: Int, _ call: MethodCall, in state: PortalState) throws(PortalFailure) -> MethodReply
    {
        let entries = try matching(try DiskObject.children(of: folder, in: state), call, in: state)
        return try page(entries, call, in: state) { entry throws(PortalFailure) in
            try DiskObject.row(entry, for: call, in: state)
        }
    }

    /// Rows are made for the page that is shown only: each file's has a new link.
    static func page(
        _ entries: [Documents.Entry], _ call: MethodCall, in state: PortalState,
        row: (Documents.Entry) throws(PortalFailure) -> JSONValue
    ) throws(PortalFailure) -> MethodReply {
        let numbers = entries.indices.map { JSONValue.integer(Int64($0)) }
        var reply = RowPage.reply(numbers, call, state)
        var rows: [JSONValue] = []
        guard case .value(let shown) = reply.result else { return reply }
        for place in shown.phpList.compactMap(\.lenientInteger) { rows.append(try row(entries[place])) }
        reply.result = .value(.array(rows))
        return reply
    }

    static func matching(
        _ entries: [Documents.Entry], _ call: MethodCall, in state: PortalState
    ) throws(PortalFailure) -> [Documents.Entry] {
        let match = RowMatch(state: state)
        let filter = try call.object("filter") ?? JSONObject()
        var found = entries.filter { entry in
            filter.allSatisfy { key, wanted in
                let (operation, name) = FilterOperation.split(key.uppercased())
                if name == "ID" { return match.matches(operation, wanted, .integer(Int64(entry.id)), .number) }
                let kind: RowMatch.Kind = name.hasSuffix("_TIME") ? .time : numeric.contains(name) ? .number : .text
                return match.matches(operation, wanted, entry.fields[name], kind)
            }
        }
        for (key, direction) in try call.object("order") ?? JSONObject() {
            let isDown = direction.phpText?.uppercased() == "DESC"
            let name = key.uppercased()
            found.sort { left, right in
                let (first, second) = isDown ? (right, left) : (left, right)
                if name == "ID" { return first.id < second.id }
                return (first.fields[name]?.phpText ?? "") < (second.fields[name]?.phpText ?? "")
            }
            break
        }
        return found
    }

    private static let numeric: Set<String> = [
        "SIZE", "FILE_ID", "STORAGE_ID", "PARENT_ID", "CREATED_BY", "UPDATED_BY", "DELETED_BY", "DELETED_TYPE",
    ]

    private static func targetFolder(_ call: MethodCall, in state: PortalState) throws(PortalFailure) -> Documents.Entry
    {
        guard let id = call.integer("targetFolderId") else { throw DiskFailure.argument("targetFolderId") }
        return try DiskObject.find(id, .folder, in: state)
    }

    /// A folder cannot go into itself.
    private static func checkOutside(
        _ entry: Documents.Entry, _ target: Documents.Entry, in state: PortalState
    ) throws(PortalFailure) {
        var folder: Int? = target.id
        var steps = 0
        while let id = folder, id > 0, steps < DiskObject.depthMax {
            guard id != entry.id else { throw DiskFailure.argument("targetFolderId") }
            folder = try DiskObject.documents.get(id, in: state)?["PARENT_ID"]?.lenientInteger
            steps += 1
        }
    }

    private static func changed(
        _ entry: Documents.Entry, _ kind: DiskObject.Kind, _ changes: JSONObject, _ call: MethodCall,
        _ state: PortalState
    ) throws(PortalFailure) -> MethodReply {
        try DiskObject.update(entry, changes, by: call.userID, in: state)
        return MethodReply(try DiskObject.row(try DiskObject.find(entry.id, kind, in: state), for: call, in: state))
    }
}
