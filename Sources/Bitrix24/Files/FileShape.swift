import Wire

/// How a method wants a file written. The content always is Base64 without a `data:` in front.
/// Source: https://apidocs.bitrix24.com/api-reference/files/how-to-upload-files.html
enum FileShape: Equatable {
    /// `["offer.pdf", "<Base64>"]`: smart processes, the timeline, Drive, templates of business processes, and whatever
    /// says nothing else.
    case pair
    /// `{"fileData": ["offer.pdf", "<Base64>"]}`: the CRM of old, products, activities.
    case fileData
    /// The Base64 itself, the name in a member beside it.
    case text(nameMember: String)

    /// - Parameters:
    ///   - path: the parameter, and the members within it down to the one that the file stands at.
    ///   - facts: nil for a method that is not documented, which is told nothing about its files.
    init(method: String, path: [String], facts: MethodFacts?) throws(Failure) {
        let method = method.asciiLowercased()
        let names = path.map { $0.asciiLowercased() }
        let member = names.last ?? ""
        if member == "uf_task_webdav_files" {
            throw Failure(
                local: Upload.notTakenCode, "a task takes files of Drive, not contents", method: method,
                hint: "Upload it by disk.folder.uploadFile, then give UF_TASK_WEBDAV_FILES = { \"n\" .. ID }.")
        }
        guard facts.map({ FileShape.mayTake(names, $0) }) ?? true else {
            let place = path.prefix(1).joined() + path.dropFirst().map { "[\($0)]" }.joined()
            var failure = Failure(
                local: Upload.notTakenCode, "\(place) takes no file", method: method,
                hint: "A file goes where the method documents one, or into a field of the portal's own.")
            failure.argument = place
            throw failure
        }
        switch member {
        case "file_content": self = .text(nameMember: "FILENAME")
        case "content" where FileShape.namesBeside.contains(method):
            self = .text(nameMember: method.hasPrefix("task.") ? "NAME" : "name")
        default:
            let isOfOld = FileShape.familiesOfOld.contains { method.hasPrefix($0) }
            self = isOfOld && member != "filecontent" ? .fileData : .pair
        }
    }

    func written(_ name: String, _ content: String) -> JSONValue {
        switch self {
        case .pair: [.string(name), .string(content)]
        case .fileData: ["fileData": [.string(name), .string(content)]]
        case .text: .string(content)
        }
    }

    /// A file that ended in a field of text would be lost without a word: the platform keeps nothing of it.
    private static func mayTake(_ names: [String], _ facts: MethodFacts) -> Bool {
        let parameter = facts.parameters.first { $0.name.asciiLowercased() == names.first }
        if let parameter, ["file", "any"].contains(parameter.type) { return true }
        // What a process or its task asks for has names of its own.
        if facts.name.hasPrefix("bizproc.") { return true }
        return names.contains { name in
            documented.contains(name) || ownFields.contains { name.hasPrefix($0) }
        }
    }

    /// Fields that a portal gave itself, whose types only it knows: `UF_CRM_1`, `ufCrm7_1`, `PROPERTY_107`.
    private static let ownFields = ["uf", "property"]
    /// The names under which https://apidocs.bitrix24.com documents files, in lower case.
    private static let documented: Set<String> = [
        "filecontent", "file_content", "content", "file", "files", "template_data", "avatar", "photo",
        "personal_photo", "work_logo", "logo", "picture", "preview_picture", "detail_picture", "previewpicture",
        "detailpicture", "image", "imageid", "imagecontent", "pdfcontent", "icon", "icon_file", "iconfile",
        "icon_image",
    ]
    private static let namesBeside: Set<String> = ["im.v2.file.upload", "imbot.v2.file.upload", "task.item.addfile"]
    private static let familiesOfOld = [
        "crm.deal.", "crm.lead.", "crm.contact.", "crm.company.", "crm.quote.", "crm.invoice.", "crm.activity.",
        "crm.product.", "catalog.product.", "catalog.section.",
    ]
}
