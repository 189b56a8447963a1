internal import Wire

/// Deals by stage, a board for each funnel.
struct DealsPart {
    /// Deals a column shows; the rest is counted.
    static let columnDealsMax = 12

    let data: PageData
    let people: [Int: JSONObject]

    func render(_ html: inout HTML) throws(PortalFailure) {
        html.raw("<section id=\"deals\"><h2>Deals")
        guard let deals = try data.rows("crm.deal.list", ["order": ["ID": "DESC"], "select": ["*"]]) else {
            html.raw("</h2><p class=\"empty\">This portal plays no deals.</p></section>")
            return
        }
        html.element("<small>", "\(deals.total) in all", "</small></h2>")
        if deals.rows.isEmpty { html.raw("<p class=\"empty\">None yet.</p>") }
        let byFunnel = Dictionary(grouping: deals.rows) { $0["CATEGORY_ID"]?.lenientInteger ?? 0 }
        let names = try funnels()
        for funnel in byFunnel.keys.sorted() {
            html.element("<h3>", names[funnel] ?? "Funnel \(funnel)", "</h3><div class=\"board\">")
            let byStage = Dictionary(grouping: byFunnel[funnel] ?? []) { $0.shown("STAGE_ID") }
            var stages = try self.stages(funnel)
            for id in byStage.keys.sorted() where !stages.contains(where: { $0.id == id }) {
                stages.append((id, id, "P"))
            }
            for stage in stages { column(stage.name, stage.kind, byStage[stage.id] ?? [], &html) }
            html.raw("</div>")
        }
        html.raw("</section>")
    }

    private func column(_ name: String, _ kind: String, _ deals: [JSONObject], _ html: inout HTML) {
        switch kind {
        case "S": html.raw("<div class=\"col S\"><h4>")
        case "F": html.raw("<div class=\"col F\"><h4>")
        default: html.raw("<div class=\"col P\"><h4>")
        }
        html.text(name)
        html.element(" <span>", String(deals.count), "</span></h4>")
        for deal in deals.prefix(Self.columnDealsMax) {
            html.element("<div class=\"deal\">", deal.shown("TITLE"), "<p><span>")
            html.text(people[deal["ASSIGNED_BY_ID"]?.lenientInteger ?? 0].map(UserRecord.name) ?? "nobody")
            html.element("</span><span>", money(deal), "</span></p></div>")
        }
        if deals.count > Self.columnDealsMax {
            html.element("<span class=\"dim\">and ", String(deals.count - Self.columnDealsMax), " more</span>")
        }
        html.raw("</div>")
    }

    /// `340 USD`, without cents that say nothing.
    private func money(_ deal: JSONObject) -> String {
        let amount = deal.shown("OPPORTUNITY")
        guard let value = Double(amount), value != 0 else { return "" }
        let short = amount.hasSuffix(".00") ? String(amount.dropLast(3)) : amount
        return "\(short) \(deal.shown("CURRENCY_ID"))"
    }

    private func funnels() throws(PortalFailure) -> [Int: String] {
        let found = try data.rows("crm.category.list", ["entityTypeId": 2], inside: "categories")?.rows ?? []
        let pairs = found.compactMap { row in row["id"]?.lenientInteger.map { ($0, row.shown("name")) } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private func stages(_ funnel: Int) throws(PortalFailure) -> [(id: String, name: String, kind: String)] {
        let entity = funnel == 0 ? "DEAL_STAGE" : "DEAL_STAGE_\(funnel)"
        let parameters: JSONObject = ["filter": ["ENTITY_ID": .string(entity)], "order": ["SORT": "ASC"]]
        let found = try data.rows("crm.status.list", parameters)?.rows ?? []
        let sorted = found.sorted { ($0["SORT"]?.lenientInteger ?? 0) < ($1["SORT"]?.lenientInteger ?? 0) }
        return sorted.map { ($0.shown("STATUS_ID"), $0.shown("NAME"), $0.shown("SEMANTICS")) }
    }
}
