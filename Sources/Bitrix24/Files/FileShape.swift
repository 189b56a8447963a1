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

    /// - Parameter member: the parameter, or the member of it, that the file stands at.
    init(method: String, member: String) throws(Failure) {
        let method = method.asciiLowercased()
        let member = member.asciiLowercased()
        if member == "uf_task_webdav_files" {
            throw Failure(
                local: "FILE_NOT_TAKEN", "a task takes files of Drive, not contents", method: method,
                hint: "Upload it by disk.folder.uploadFile, then give UF_TASK_WEBDAV_FILES = { \"n\" .. ID }.")
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

    private static let namesBeside: Set<String> = ["im.v2.file.upload", "imbot.v2.file.upload", "task.item.addfile"]
    private static let familiesOfOld = [
        "crm.deal.", "crm.lead.", "crm.contact.", "crm.company.", "crm.quote.", "crm.invoice.", "crm.activity.",
        "crm.product.", "catalog.product.", "catalog.section.",
    ]
}
