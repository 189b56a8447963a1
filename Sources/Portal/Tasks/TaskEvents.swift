internal import Wire

extension PortalEvents {
    /// Events of tasks say what was before and after; what is not there is the word `undefined`.
    ///
    /// https://apidocs.bitrix24.com/api-reference/tasks/events-tasks/index.html
    func emitTask(_ name: String, before: JSONObject?, after: JSONObject?) {
        emit(
            name,
            [
                "FIELDS_BEFORE": before.map { .object($0) } ?? "undefined",
                "FIELDS_AFTER": after.map { .object($0) } ?? "undefined",
                "IS_ACCESSIBLE_BEFORE": before == nil ? "N" : "undefined",
                "IS_ACCESSIBLE_AFTER": after == nil ? "N" : "undefined",
            ])
    }
}
