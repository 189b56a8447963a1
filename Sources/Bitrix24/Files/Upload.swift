public import Wire

/// A call that takes files along: each stands in its parameters as a `FileValue`, and is put into the shape the method
/// wants.
public struct Upload: Sendable {
    public let method: String
    public let api: RESTVersion?
    public let facts: MethodFacts?
    /// In the order they stand in the parameters.
    public private(set) var files: [FileValue] = []
    /// As they were given.
    public let parameters: JSONObject
    /// Shaped, with a placeholder for each content.
    private var shaped = JSONObject()

    public static let filesMax = 100
    /// The code of the failure when a file stands where the method takes none; its `argument` says where.
    public static let notTakenCode = "FILE_NOT_TAKEN"

    /// - Throws: a failure of the category `.invalid` when there is no file, or none may stand where it does.
    public init(_ method: String, api: RESTVersion? = nil, parameters: JSONObject) throws(Failure) {
        self.method = method
        self.api = api
        facts = Catalog.lookup(method, api: api)
        self.parameters = parameters
        shaped = try shape(parameters, at: [])
        guard (1...Upload.filesMax).contains(files.count) else {
            throw Failure(
                local: "BAD_PARAMETERS",
                "\(files.count) files among the parameters; 1 to \(Upload.filesMax) can be sent",
                method: method, hint: "Put a file where the method documents its content.")
        }
        guard let unnamed = files.first(where: { $0.name.isEmpty || $0.name.utf8.count > Upload.nameBytesMax }) else {
            nameOnDrive()
            return
        }
        throw Failure(
            local: "BAD_PARAMETERS",
            "a file's name has 1 to \(Upload.nameBytesMax) bytes, not \(unnamed.name.utf8.count)",
            method: method)
    }

    static let nameBytesMax = 255

    private mutating func shape(_ object: JSONObject, at path: [String]) throws(Failure) -> JSONObject {
        var shaped = JSONObject()
        var names = JSONObject()
        for (member, value) in object {
            let (written, name) = try shape(value, at: path + [member])
            shaped[member] = written
            if let name { names[name.member] = .string(name.value) }
        }
        for (member, value) in names where shaped[member] == nil { shaped[member] = value }
        return shaped
    }

    /// The value with its files in shape, and a member that belongs beside it.
    private mutating func shape(
        _ value: JSONValue, at path: [String]
    ) throws(Failure) -> (JSONValue, name: (member: String, value: String)?) {
        switch value {
        case .array(let elements):
            var written: [JSONValue] = []
            for element in elements { written.append(try shape(element, at: path).0) }
            return (.array(written), nil)
        case .object(let object):
            guard let file = FileValue(object) else { return (.object(try shape(object, at: path)), nil) }
            let shape = try FileShape(method: method, path: path, facts: facts)
            let written = shape.written(file.name, Upload.placeholder(files.count))
            files.append(file)
            guard case .text(let nameMember) = shape else { return (written, nil) }
            return (written, (nameMember, file.name))
        default: return (value, nil)
        }
    }

    /// Drive calls a file what `data` says, and takes no content without it.
    /// Source: https://apidocs.bitrix24.com/api-reference/disk/folder/disk-folder-upload-file.html
    private mutating func nameOnDrive() {
        guard ["disk.folder.uploadfile", "disk.storage.uploadfile"].contains(method.asciiLowercased()) else { return }
        var data = shaped["data"]?.objectValue ?? JSONObject()
        guard data["NAME"] == nil else { return }
        data["NAME"] = .string(files[0].name)
        shaped["data"] = .object(data)
    }

    // -- As one call --------------------------------------------------------------------------------------------------

    /// The call with the contents in it.
    ///
    /// - Parameter contents: one for each of `files`.
    public func call(_ contents: [any FileContent]) throws(Failure) -> Call {
        var call = try Call(method, api: api, parameters: shaped)
        try call.attach(contents, at: contents.indices.map { Array("\"\(Upload.encodedPlaceholder($0))\"".utf8) })
        return call
    }

    // Control characters, which JSON writes in a way that no other text looks like.
    private static func placeholder(_ index: Int) -> String { "\u{1}file \(index)\u{1}" }
    private static func encodedPlaceholder(_ index: Int) -> String { "\\u0001file \(index)\\u0001" }

    // -- In two steps -------------------------------------------------------------------------------------------------

    /// From this size on a file goes in two steps where the method knows them: Base64 makes a third more of it, and the
    /// cloud ends a request after 60 s.
    public static let twoStepBytesMin = 4 << 20

    /// The parameter whose absence makes the method answer with an address to upload to; nil where it knows no such
    /// way, or the parameters hold more than the one file.
    private var contentMember: String? {
        guard files.count == 1 else { return nil }
        let wanted: String
        switch method.asciiLowercased() {
        case "disk.folder.uploadfile", "disk.storage.uploadfile": wanted = "filecontent"
        case "telephony.externalcall.attachrecord": wanted = "file_content"
        default: return nil
        }
        return shaped.keys.first { $0.asciiLowercased() == wanted }
    }

    public var knowsTwoSteps: Bool { contentMember != nil }

    /// The first step: asks for the address. Nil where the method knows no such way.
    public func addressCall() throws(Failure) -> Call? {
        guard let contentMember else { return nil }
        var parameters = shaped
        parameters.remove(contentMember)
        var call = try Call(method, api: api, parameters: parameters)
        // Without the content it leaves everything as it was, and may be repeated.
        call.access = .read
        return call
    }

    /// Where the second step posts the file as `multipart/form-data`, and in which field.
    public func address(in reply: Reply) throws(Failure) -> UploadAddress {
        let result = try? reply.withResult { (bytes) throws(JSONFailure) in try JSONValue(parsing: Array(bytes)) }
        let members = (result?.objectValue ?? JSONObject()).map { ($0.key.asciiLowercased(), $0.value.stringValue) }
        guard let url = members.first(where: { $0.0 == "uploadurl" })?.1,
            let field = members.first(where: { $0.0 == "field" || $0.0 == "fieldname" })?.1
        else {
            throw Failure(
                code: "NO_UPLOAD_ADDRESS", message: "the portal gave no address to upload to", method: method,
                status: nil, category: .unreadable, outcome: .nothingDone, access: .write)
        }
        return UploadAddress(url: url, field: field)
    }

    /// What the answer to the second step means; it looks like one to the method.
    public func answer(_ raw: RawAnswer) -> Answer {
        Answer(raw, method: method, access: .write, facts: facts)
    }

    /// The parameters with the files' names in their places, for listings.
    public var described: JSONObject {
        JSONObject(parameters.map { ($0.key, Upload.described($0.value)) })
    }

    private static func described(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map(described))
        case .object(let object):
            FileValue(object).map { ["file": .string($0.name)] }
                ?? .object(JSONObject(object.map { ($0.key, described($0.value)) }))
        default: value
        }
    }
}

/// Where a file goes in the second step. The URL holds a token: it may not be shown.
public struct UploadAddress: Sendable, CustomStringConvertible, CustomReflectable {
    public let url: String
    public let field: String

    public var description: String { "an upload address" }
    public var customMirror: Mirror { Mirror(self, children: ["field": field]) }
}

extension Call {
    /// Takes each placeholder out of the body and remembers its place, for the content.
    mutating func attach(_ contents: [any FileContent], at placeholders: [[UInt8]]) throws(Failure) {
        var found: [(offset: Int, index: Int)] = []
        for (index, placeholder) in placeholders.enumerated() {
            let places = body.ranges(of: placeholder)
            guard places.count == 1, let place = places.first else {
                throw Failure(
                    local: "BAD_PARAMETERS", "a text among the parameters looks like our mark of a file",
                    method: method)
            }
            found.append((place.lowerBound, index))
        }
        found.sort { $0.offset < $1.offset }
        var filled: [UInt8] = []
        var copied = 0
        for (offset, index) in found {
            // The quotes stay.
            filled += body[copied...offset]
            attachments.append(Attachment(offset: filled.count, content: contents[index]))
            copied = offset + placeholders[index].count - 1
        }
        body = filled + body[copied...]
    }
}
