internal import Wire

/// A plain table of the page: leads, contacts, tasks, messages.
struct ListPart {
    static let rowsMax = 25

    let open: StaticString
    let title: String
    let columns: [String]
    let rows: [[String]]
    let total: Int

    func render(_ html: inout HTML) {
        html.raw(open)
        html.element("<h2>", title, "<small>")
        html.text(total > rows.count ? "the newest \(rows.count) of \(total)" : "\(total) in all")
        html.raw("</small></h2>")
        if rows.isEmpty {
            html.raw("<p class=\"empty\">None yet.</p></section>")
            return
        }
        html.raw("<table><tr>")
        for column in columns { html.element("<th>", column, "</th>") }
        html.raw("</tr>")
        for row in rows {
            html.raw("<tr>")
            for cell in row { html.element("<td>", cell, "</td>") }
            html.raw("</tr>")
        }
        html.raw("</table></section>")
    }

    static func leads(_ data: PageData, _ people: [Int: JSONObject]) throws(PortalFailure) -> ListPart {
        let asked: JSONObject = ["order": ["ID": "DESC"], "select": ["*", "PHONE"]]
        let found = try data.rows("crm.lead.list", asked, pagesMax: 1) ?? ([], 0)
        let rows = found.rows.prefix(rowsMax).map { lead in
            [
                lead.shown("ID"), lead.shown("TITLE"), "\(lead.shown("NAME")) \(lead.shown("LAST_NAME"))",
                lead.firstOf("PHONE"), lead.shown("STATUS_ID"), name(lead["ASSIGNED_BY_ID"], people),
            ]
        }
        return ListPart(
            open: "<section id=\"leads\">", title: "Leads",
            columns: ["", "Lead", "Who", "Phone", "Status", "Responsible"], rows: rows, total: found.total)
    }

    static func contacts(_ data: PageData) throws(PortalFailure) -> ListPart {
        let asked: JSONObject = ["order": ["ID": "DESC"], "select": ["*", "PHONE", "EMAIL"]]
        let found = try data.rows("crm.contact.list", asked, pagesMax: 1) ?? ([], 0)
        let rows = found.rows.prefix(rowsMax).map { contact in
            [
                contact.shown("ID"), "\(contact.shown("NAME")) \(contact.shown("LAST_NAME"))",
                contact.firstOf("PHONE"), contact.firstOf("EMAIL"),
            ]
        }
        return ListPart(
            open: "<section id=\"contacts\">", title: "Contacts", columns: ["", "Contact", "Phone", "E-mail"],
            rows: rows, total: found.total)
    }

    static func tasks(_ state: PortalState, _ people: [Int: JSONObject]) throws(PortalFailure) -> ListPart {
        let all = try TaskRecord.documents.all(in: state).map { TaskRecord(id: $0.id, fields: $0.fields) }
        let words = [2: "waiting", 3: "in progress", 4: "to be accepted", 5: "done", 6: "put off"]
        let rows = all.reversed().prefix(rowsMax).map { task in
            let deadline = state.instant(task.text("DEADLINE")).map { PageTime.moment($0, state.wallClock) } ?? ""
            let status = words[task.integer("STATUS")] ?? ""
            return [
                String(task.id), task.text("TITLE"), name(task.fields["RESPONSIBLE_ID"], people), deadline,
                task.subStatus(state) == -1 ? "\(status), overdue" : status,
            ]
        }
        return ListPart(
            open: "<section id=\"tasks\">", title: "Tasks",
            columns: ["", "Task", "Responsible", "Deadline", "Status"], rows: rows, total: all.count)
    }

    /// Notifications and chat messages, newest first.
    static func messages(_ state: PortalState, _ people: [Int: JSONObject]) throws(PortalFailure) -> ListPart {
        var lines: [(date: String, row: [String])] = []
        let notifications = try Notifications.documents.all(in: state)
        for one in notifications.suffix(rowsMax) {
            let from = one.fields["from"]?.lenientInteger == 0 ? "the system" : name(one.fields["from"], people)
            lines.append((one.fields.shown("date"), [from, name(one.fields["to"], people), one.fields.shown("text")]))
        }
        let messages = try Message.documents.all(in: state)
        for one in messages.suffix(rowsMax) {
            let to = "chat \(one.fields.shown("chat_id"))"
            lines.append(
                (one.fields.shown("date"), [name(one.fields["author_id"], people), to, one.fields.shown("text")]))
        }
        // Dates are kept in one zone and one form; their texts sort by time, but for the hour put back in autumn.
        let newest = lines.sorted { $0.date > $1.date }.prefix(rowsMax)
        let rows = newest.map { line in
            [state.instant(line.date).map { PageTime.moment($0, state.wallClock) } ?? ""] + line.row
        }
        return ListPart(
            open: "<section id=\"messages\">", title: "Messages and notifications",
            columns: ["When", "From", "To", "Text"], rows: rows, total: notifications.count + messages.count)
    }

    private static func name(_ id: JSONValue?, _ people: [Int: JSONObject]) -> String {
        people[id?.lenientInteger ?? 0].map(UserRecord.name) ?? ""
    }
}

/// The last calls, newest first.
struct CallsPart {
    static let rowsMax = 60

    let log: CallLog
    let clock: WallClock

    func render(_ html: inout HTML) {
        html.raw("<section id=\"calls\"><h2>Last calls<small>newest first</small></h2>")
        if log.entries.isEmpty {
            html.raw("<p class=\"empty\">None yet.</p></section>")
            return
        }
        html.raw("<table><tr><th>When</th><th>Method</th><th>User</th><th>Status</th><th>Error</th>")
        html.raw("<th class=\"n\">ms</th></tr>")
        for entry in log.entries.suffix(Self.rowsMax).reversed() {
            html.element("<tr><td class=\"dim\">", clock.local(entry.unixSeconds).time.description, "</td><td><code>")
            html.text(entry.method)
            html.raw("</code>")
            if entry.isInBatch { html.raw(" <span class=\"tag\">batch</span>") }
            html.element("</td><td>", String(entry.userID), "</td>")
            html.raw(entry.status < 400 ? "<td class=\"good\">" : "<td class=\"bad\">")
            html.element("", String(entry.status), "</td>")
            html.element("<td class=\"bad\">", entry.error, "</td>")
            html.element("<td class=\"n\">", milliseconds(entry.durationMicroseconds), "</td></tr>")
        }
        html.raw("</table></section>")
    }

    /// `0.4`
    private func milliseconds(_ microseconds: Int64) -> String {
        let tenths = (microseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10)"
    }
}
