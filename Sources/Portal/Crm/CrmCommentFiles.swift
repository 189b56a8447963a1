internal import Wire

/// Files of timeline comments: kept as numbers, shown with where to get them.
///
/// https://apidocs.bitrix24.com/api-reference/crm/timeline/comments/crm-timeline-comment-list.html
struct CrmCommentFiles {
    let state: PortalState

    /// `[["name", "<Base64>"], …]` → the numbers of the files; null for none.
    func stored(_ value: JSONValue) throws(PortalFailure) -> JSONValue {
        var ids: [JSONValue] = []
        for item in value.phpList {
            if let content = try FileContent(item) { ids.append(.integer(Int64(try state.files.add(content)))) }
        }
        return ids.isEmpty ? .null : .array(ids)
    }

    /// The comment as it is printed: files by their numbers, none where there are none.
    func shown(_ comment: JSONObject, for call: MethodCall) throws(PortalFailure) -> JSONObject {
        var shown = comment
        guard let ids = shown.remove("FILES"), !ids.phpList.isEmpty else { return shown }
        let author = comment["AUTHOR_ID"]?.lenientInteger ?? call.userID
        var files = JSONObject()
        for id in ids.phpList.compactMap(\.lenientInteger) {
            guard let content = try state.files.content(id) else { continue }
            let url = JSONValue.string(try state.fileLinks.url("download", .file(id), module: "disk", for: call))
            let isImage = content.mediaType.hasPrefix("image/")
            files[String(id)] = [
                "id": .integer(Int64(id)), "date": comment["CREATED"] ?? .string(state.now),
                "type": isImage ? "image" : "file", "name": .string(content.name),
                "size": .integer(Int64(content.bytes.count)), "image": .bool(isImage),
                "authorId": .integer(Int64(author)), "authorName": .string(try UserRecord.name(author, in: state)),
                "urlPreview": isImage ? url : "", "urlShow": url, "urlDownload": url,
            ]
        }
        shown["FILES"] = .object(files)
        return shown
    }

    /// The same for every row of a list.
    func show(in reply: inout MethodReply, for call: MethodCall) throws(PortalFailure) {
        guard let rows = try? JSONValue(parsing: reply.resultBytes) else { throw .local("a list is no JSON") }
        var shown: [JSONValue] = []
        for row in rows.phpList { shown.append(.object(try self.shown(row.objectValue ?? JSONObject(), for: call))) }
        reply.result = .json(JSONValue.array(shown).encoded())
    }
}
