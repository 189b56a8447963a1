internal import Wire

/// Folders and files of Drive, numbered together.
///
/// https://apidocs.bitrix24.com/api-reference/disk/file/index.html
enum DiskObject {
    static let documents = Documents(kind: "disk.object")

    enum Kind: String { case folder, file }

    /// Longer chains of folders are no folders any more; copying and deleting follow them.
    static let depthMax = 64

    /// - Parameters:
    ///   - folder: where it lies; nil for the root of a drive.
    ///   - file: the number of its bytes, and how many they are.
    static func add(
        _ kind: Kind, named name: String, in folder: Int?, storage: Int, by userID: Int,
        file: (id: Int, size: Int)? = nil, _ state: PortalState
    ) throws(PortalFailure) -> Int {
        let user = JSONValue.string(String(userID))
        let now = JSONValue.string(state.now)
        var fields: JSONObject = [
            "NAME": .string(name), "CODE": .null, "STORAGE_ID": .string(String(storage)),
            "TYPE": .string(kind.rawValue), "PARENT_ID": folder.map { .string(String($0)) } ?? .null,
            "DELETED_TYPE": "0", "CREATE_TIME": now, "UPDATE_TIME": now, "DELETE_TIME": .null, "CREATED_BY": user,
            "UPDATED_BY": user, "DELETED_BY": "0",
        ]
        if let file {
            fields["GLOBAL_CONTENT_VERSION"] = "1"
            fields["FILE_ID"] = .string(String(file.id))
            fields["SIZE"] = .string(String(file.size))
        }
        return try documents.insert(fields, owner: "folder:\(folder ?? 0)", in: state)
    }

    static func find(_ id: Int, _ kind: Kind, in state: PortalState) throws(PortalFailure) -> Documents.Entry {
        guard let fields = try documents.get(id, in: state), fields["TYPE"]?.stringValue == kind.rawValue else {
            throw DiskFailure.notFound(id)
        }
        return Documents.Entry(id: id, fields: fields)
    }

    /// What lies in a folder and is not in the bin.
    static func children(of folder: Int, in state: PortalState) throws(PortalFailure) -> [Documents.Entry] {
        try documents.owned(by: "folder:\(folder)", in: state).filter { $0.fields["DELETED_TYPE"]?.phpText == "0" }
    }

    /// - Returns: The name, or with `isUnique` the first of `name (1)`, `name (2)` … that is free.
    static func freeName(
        _ name: String, in folder: Int, isUnique: Bool, _ state: PortalState
    ) throws(PortalFailure) -> String {
        let taken = Set(try children(of: folder, in: state).compactMap { $0.fields["NAME"]?.stringValue?.lowercased() })
        guard taken.contains(name.lowercased()) else { return name }
        guard isUnique else { throw DiskFailure.nameTaken }
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        var number = 1
        while true {
            let candidate = "\(name[..<dot]) (\(number))\(name[dot...])"
            if !taken.contains(candidate.lowercased()) { return candidate }
            number += 1
        }
    }

    static func update(
        _ entry: Documents.Entry, _ changes: JSONObject, by userID: Int, in state: PortalState
    ) throws(PortalFailure) {
        var fields = entry.fields
        for (key, value) in changes { fields[key] = value }
        fields["UPDATE_TIME"] = .string(state.now)
        fields["UPDATED_BY"] = .string(String(userID))
        let folder = fields["PARENT_ID"]?.lenientInteger ?? 0
        guard folder != entry.fields["PARENT_ID"]?.lenientInteger ?? 0 else {
            return try documents.replace(entry.id, with: fields, in: state)
        }
        // What it hangs on is a column of its own.
        try documents.delete(entry.id, in: state)
        try documents.insert(fields, id: entry.id, owner: "folder:\(folder)", in: state)
    }

    /// Takes away a file, or a folder with all that is in it, and the bytes.
    static func deleteTree(_ id: Int, depth: Int = 0, in state: PortalState) throws(PortalFailure) {
        guard depth < depthMax else { throw .local("folders nested deeper than \(depthMax)") }
        for child in try documents.owned(by: "folder:\(id)", in: state) {
            try deleteTree(child.id, depth: depth + 1, in: state)
        }
        if let file = try documents.get(id, in: state)?["FILE_ID"]?.lenientInteger { try state.files.remove(file) }
        try documents.delete(id, in: state)
    }

    static func copy(
        _ entry: Documents.Entry, to folder: Documents.Entry, by userID: Int, depth: Int = 0, _ state: PortalState
    ) throws(PortalFailure) -> Int {
        guard depth < depthMax else { throw .local("folders nested deeper than \(depthMax)") }
        let name = try freeName(name(entry), in: folder.id, isUnique: false, state)
        let storage = storage(folder)
        guard let file = entry.fields["FILE_ID"]?.lenientInteger else {
            // Read before the copy exists: it may lie inside.
            let inside = try children(of: entry.id, in: state)
            let copied = try add(.folder, named: name, in: folder.id, storage: storage, by: userID, state)
            let target = try find(copied, .folder, in: state)
            for child in inside { _ = try copy(child, to: target, by: userID, depth: depth + 1, state) }
            return copied
        }
        guard let content = try state.files.content(file) else { throw DiskFailure.notFound(entry.id) }
        let bytes = (id: try state.files.add(content), size: content.bytes.count)
        return try add(.file, named: name, in: folder.id, storage: storage, by: userID, file: bytes, state)
    }

    static func name(_ entry: Documents.Entry) -> String { entry.fields["NAME"]?.stringValue ?? "" }
    static func storage(_ entry: Documents.Entry) -> Int { entry.fields["STORAGE_ID"]?.lenientInteger ?? 0 }

    /// The record as every method of Drive shows it; a file's holds a link for downloading.
    static func row(_ entry: Documents.Entry, for call: MethodCall, in state: PortalState) throws(PortalFailure)
        -> JSONValue
    {
        var row: JSONObject = ["ID": .string(String(entry.id))]
        for (key, value) in entry.fields {
            row[key] = value
            if key == "TYPE", value == "folder" { row["REAL_OBJECT_ID"] = .string(String(entry.id)) }
            if key == "DELETED_BY", let file = entry.fields["FILE_ID"]?.lenientInteger {
                row["DOWNLOAD_URL"] = .string(try state.fileLinks.url("download", .file(file), for: call))
            }
        }
        row["DETAIL_URL"] = .string("\(state.site.portalURL)docs/path/\(PercentCoding.encode(name(entry)))")
        return .object(row)
    }
}
