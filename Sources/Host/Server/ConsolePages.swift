import Bitrix24
import Wire

/// The pages of the console.
struct ConsolePages: Sendable {
    private let service: HostService

    init(_ service: HostService) { self.service = service }

    static let style = Array(ConsoleStyle.text.utf8)

    // -- Runs ---------------------------------------------------------------------------------------------------------

    func runs(
        _ filter: RunHistory.Filter, _ session: ConsoleSessions.Session
    ) async throws(HostFailure) -> ServerReply {
        let runs = try await service.history.runs(filter)
        let recipes = service.dispatcher.recipes.recipes.map(\.name)
        let options = recipes.map { name in
            name == filter.recipe
                ? "<option selected>\(name)</option>" as HTMLText : "<option>\(name)</option>" as HTMLText
        }
        let next: HTMLText =
            runs.count < filter.count
            ? ""
            : "<p><a href=\"/?\(Self.query(filter))before=\(runs.last?.id.description ?? "")\">earlier runs</a></p>"
        let checked: HTMLText = filter.isDead ? " checked" : ""
        let rows: HTMLText =
            runs.isEmpty
            ? "<tr><td colspan=\"6\">\(filter.isDead ? "Nothing has failed." : "No runs yet.")</td></tr>"
            : HTMLText(runs.map(row))
        return page(
            filter.isDead ? "Failed runs" : "Runs", session,
            """
            <form method="get" action="/" class="filter">
            <label>Recipe <select name="recipe"><option value="">all</option>\(options)</select></label>
            <label><input type="checkbox" name="failed" value="1"\(checked)> only failed</label>
            <button>Show</button>
            </form>
            <div class="wide"><table><thead><tr><th>Run</th><th>Began</th><th>State</th><th>Recipe</th>\
            <th>Event</th><th>Worked</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>\(next)
            """)
    }

    private static func query(_ filter: RunHistory.Filter) -> String {
        (filter.isDead ? "failed=1&" : "") + (filter.recipe.map { "recipe=\(PercentCoding.encode($0))&" } ?? "")
    }

    private func row(_ run: RunRecord) -> HTMLText {
        """
        <tr><td><a href="/runs/\(run.id.description)">\(run.id.description)</a></td>\
        <td>\(RunHistory.time(run.startedMS))</td>\
        <td>\(badge(run))</td><td>\(run.recipe)</td><td>\(run.eventName)</td><td \
        class="number">\(run.workedMS) ms</td></tr>
        """
    }

    private func badge(_ run: RunRecord) -> HTMLText {
        let kind: String =
            switch run.state {
            case .running, .parked, .waiting: "going"
            case .done: "done"
            case .dropped: "dropped"
            case .failed, .uncertain: "dead"
            }
        return "<span class=\"badge \(kind)\">\(run.state.word)</span>"
    }

    // -- One run ------------------------------------------------------------------------------------------------------

    func run(_ id: String, _ session: ConsoleSessions.Session) async throws(HostFailure) -> ServerReply {
        let detail = try await service.history.detail(id)
        let run = detail.run
        let ended = run.endedMS.map { ", ended \(RunHistory.time($0))" } ?? ""
        let due = run.dueMS.map { ", goes on \(RunHistory.time($0))" } ?? ""
        let failure: HTMLText = RunHistory.message(of: run).map { "<p class=\"failure\">\($0)</p>" } ?? ""
        let data = detail.event.map { String(decoding: $0.data, as: UTF8.self) } ?? "not kept any more"
        let reply: HTMLText =
            run.reply.map { "<h2>Reply</h2><pre>\(String(decoding: $0, as: UTF8.self))</pre>" } ?? ""
        return page(
            "Run \(run.id)", session,
            """
            <p>\(badge(run)) \(run.recipe), \(run.eventName), \
            attempt \(run.attempt). Began \(RunHistory.time(run.startedMS))\(ended)\(due). \
            Worked \(run.workedMS) ms, \(run.reads) read, \(run.writes) written.</p>
            \(failure)\(actions(detail, session))
            <h2>What it did</h2>
            \(Waterfall.picture(of: detail))
            <div class="wide"><table><thead><tr><th>Step</th><th>Effect</th><th>What</th><th>At</th><th>Took</th>\
            <th>Bytes</th><th>Portal's time</th><th></th></tr></thead>
            <tbody>\(detail.steps.map { step($0, run) })</tbody></table></div>
            \(reply)<h2>Event</h2><pre>\(data)</pre>
            """)
    }

    private func step(_ step: JournalEntry, _ run: RunRecord) -> HTMLText {
        let end = step.state == .asked ? "no answer kept" : step.isFailure ? "failed" : ""
        let took = step.state == .asked ? "" : "\(step.tookMS) ms"
        let cost = step.operating.map { "\(($0 * 1000).rounded() / 1000) s" } ?? ""
        return """
            <tr><td class="number">\(step.step + 1)</td><td>\(step.name)</td><td>\(step.subject)</td>\
            <td class="number">+\(step.atMS - run.startedMS) ms</td><td class="number">\(took)</td>\
            <td class="number">\(step.size)</td><td class="number">\(cost)</td><td>\(end)</td></tr>
            """
    }

    private func actions(_ detail: RunHistory.Detail, _ session: ConsoleSessions.Session) -> HTMLText {
        let run = detail.run
        guard run.state.isDead || run.state == .done || run.state == .dropped, detail.event != nil else { return "" }
        let drop: HTMLText =
            run.state.isDead
            ? """
            <form method="post" \
            action="/runs/\(run.id.description)/drop">\(token(session))<button>Drop it</button></form>
            """ : ""
        let warning: HTMLText =
            run.state == .uncertain
            ? "<p>Nobody knows whether its last write was done. Look at the portal before you try again.</p>" : ""
        return """
            \(warning)<div class="actions">
            <form method="post" \
            action="/runs/\(run.id.description)/retry">\(token(session))\
            <button>Try again from where it failed</button></form>
            <form method="post" action="/runs/\(run.id.description)/retry">\(token(session))<label>from step \
            <input type="number" name="step" value="1" min="1" max="\(max(detail.steps.count, 1))"></label>\
            <button>Try again</button></form>
            \(drop)</div>
            """
    }

    // -- Recipes and portals ------------------------------------------------------------------------------------------

    func recipes(_ session: ConsoleSessions.Session) -> ServerReply {
        let recipes = service.dispatcher.recipes.recipes
        let problems = service.library.problems
        let broken = problems.map { problem -> HTMLText in
            "<p class=\"failure\">\(problem.path): \(problem.failure.message)</p>"
        }
        let none: HTMLText = recipes.isEmpty ? "<p>No recipe is served.</p>" : ""
        return page("Recipes", session, "\(broken)\(none)\(recipes.map(recipe))")
    }

    private func recipe(_ recipe: ServedRecipe) -> HTMLText {
        let schedules = recipe.schedules.map { schedule -> HTMLText in
            let next = schedule.schedule.next(after: service.clock()).map { RunHistory.time($0.unixMilliseconds) }
            return """
                <li><code>\(schedule.schedule.expression.text)</code> \(schedule.schedule.zone.name), \
                \(schedule.title ?? "") next \(next ?? "never")</li>
                """
        }
        let events = recipe.events.map { event -> HTMLText in "<li><code>\(event)</code></li>" }
        let settings = recipe.settings.map { setting -> HTMLText in "<li><code>\(setting.name)</code> is set</li>" }
        return """
            <section><h2>\(recipe.title)</h2>
            <p><a href="/?recipe=\(PercentCoding.encode(recipe.name))">\(recipe.name)</a>, \(recipe.folder.path)\
            \(recipe.portal.map { ", on \($0)" } ?? "")</p>
            <ul>\(events)\(schedules)\(settings)</ul></section>
            """
    }

    func portals(_ session: ConsoleSessions.Session) throws(HostFailure) -> ServerReply {
        let standings =
            try service.budgets.map { (folder) throws(HostFailure) in
                try SharedBudget.standings(in: folder)
            } ?? []
        let portals = service.portals.values.sorted { $0.name < $1.name }
        let none: HTMLText = portals.isEmpty ? "<p>No portal is configured.</p>" : ""
        let sections = portals.map { portal in
            self.portal(portal, standings.first { $0.portal == portal.connection.origin })
        }
        return page("Portals", session, "\(none)\(sections)")
    }

    private func portal(_ portal: ServedPortal, _ standing: PortalStanding?) -> HTMLText {
        let token =
            portal.applicationToken() == nil ? "no application token: its events are refused" : "its events are taken"
        var limits: HTMLText = "<p>Nothing was asked of it lately.</p>"
        if let standing {
            let free = Int(max(0, standing.capacity - standing.level))
            let methods = standing.methods.map { method -> HTMLText in
                """
                <tr><td>\(method.key.method)</td><td><meter min="0" max="480" high="400" \
                value="\(Int(method.seconds))"></meter></td>\
                <td class="number">\(Int(method.seconds)) of 480 s</td></tr>
                """
            }
            limits = """
                <p>\(free) of \(Int(standing.capacity)) requests free at once.</p>
                <table><tbody>\(methods)</tbody></table>
                """
        }
        return """
            <section><h2>\(portal.name)</h2><p>\(portal.connection.origin ?? ""), \(token).</p>\(limits)</section>
            """
    }

    // -- The frame ----------------------------------------------------------------------------------------------------

    func login(_ problem: String?) -> ServerReply {
        let failure: HTMLText = problem.map { "<p class=\"failure\">\($0)</p>" } ?? ""
        return document(
            "Log in", status: problem == nil ? 200 : 403,
            """
            <main class="narrow"><h1>host</h1>\(failure)<form method="post" action="/login">
            <label>Password <input type="password" name="password" autofocus required \
            autocomplete="current-password"></label>
            <button>Log in</button></form></main>
            """)
    }

    func failure(_ failure: HostFailure) -> ServerReply {
        document(
            "Not done", status: failure.kind == .usage ? 404 : 500,
            """
            <main class="narrow"><h1>Not done</h1><p class="failure">\(failure.message)</p>\
            <p>\(failure.hint ?? "")</p>
            <p><a href="/">back to the runs</a></p></main>
            """)
    }

    func nothing(_ session: ConsoleSessions.Session) -> ServerReply {
        var reply = page("Nothing here", session, "<p>There is no page at this address.</p>")
        reply.status = 404
        return reply
    }

    private func token(_ session: ConsoleSessions.Session) -> HTMLText {
        "<input type=\"hidden\" name=\"token\" value=\"\(session.formToken)\">"
    }

    private func page(_ title: String, _ session: ConsoleSessions.Session, _ content: HTMLText) -> ServerReply {
        document(
            title, status: 200,
            """
            <header><strong>host</strong><nav><a href="/">Runs</a> <a href="/?failed=1">Failed</a> \
            <a href="/recipes">Recipes</a> <a href="/portals">Portals</a></nav>\
            <form method="post" action="/logout">\(token(session))<button class="quiet">Log out</button></form>\
            </header>
            <main><h1>\(title)</h1>\(content)</main>
            """)
    }

    private func document(_ title: String, status: Int, _ body: HTMLText) -> ServerReply {
        let html: HTMLText = """
            <!doctype html><html lang="en"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width, initial-scale=1">\
            <title>\(title) · host</title><link rel="stylesheet" href="/console.css"></head><body>
            \(body)
            </body></html>

            """
        return ServerReply(
            status: status, headers: [(name: "Content-Type", value: "text/html; charset=utf-8")],
            body: Array(html.markup.utf8))
    }
}
