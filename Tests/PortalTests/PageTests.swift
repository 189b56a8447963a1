import Testing
import Wire

@testable import Portal

@Suite struct PageTests {
    private func page(_ harness: PortalHarness, query: String = "") -> String {
        let answer = harness.engine.handle(PortalRequest("GET", "/", query: query))
        #expect(answer.status == 200)
        #expect(answer.headers.contains { $0.value.hasPrefix("text/html") })
        return String(decoding: answer.body, as: UTF8.self)
    }

    @Test func whatARecipeDidIsThere() throws {
        let harness = try PortalHarness()
        try harness.call(
            "calendar.event.add",
            [
                "type": "user", "ownerId": 1, "name": "Deep clean", "from": "2026-05-15T10:00:00",
                "to": "2026-05-15T11:30:00", "auto_detect_section": "Y", "crm_fields": ["C_5"],
            ])
        try harness.call("tasks.task.add", ["fields": ["TITLE": "Buy soap", "RESPONSIBLE_ID": 1]])
        try harness.call("im.notify", ["USER_ID": 1, "MESSAGE": "Booked for Friday"])
        try harness.call("no.such.method")
        let text = page(harness)
        for expected in [
            "Deep clean", "10:00–11:30", "C_5", "Buy soap", "Booked for Friday", "calendar.event.add",
            "no.such.method",
            "Fri 15 May",
        ] {
            #expect(text.contains(expected), "\(expected)")
        }
    }

    @Test func nothingThatCameFromOutsideIsMarkup() throws {
        let harness = try PortalHarness()
        let bad = "<script>alert('x')</script>\"&"
        try harness.call("tasks.task.add", ["fields": ["TITLE": .string(bad), "RESPONSIBLE_ID": 1]])
        try harness.call("im.notify", ["USER_ID": 1, "MESSAGE": .string(bad)])
        try harness.call(
            "calendar.event.add",
            [
                "type": "user", "ownerId": 1, "name": .string(bad), "from": "2026-05-15T10:00:00",
                "to": "2026-05-15T11:00:00", "auto_detect_section": "Y", "crm_fields": [.string(bad)],
            ])
        try UserRecord.insert(["NAME": .string(bad), "WORK_POSITION": .string(bad)], in: harness.engine.state)
        try Company.setName(bad, in: harness.engine.state)
        let text = page(harness)
        #expect(!text.contains("<script"))
        #expect(text.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"))
    }

    @Test(arguments: [
        ("refresh=5", true), ("x=1&refresh=60", true), ("refresh=0", false), ("refresh=<b>", false), ("", false),
    ])
    func thePageReloadsOnlyWhenAsked(_ query: String, _ isReloading: Bool) throws {
        #expect(page(try PortalHarness(), query: query).contains("http-equiv=\"refresh\"") == isReloading)
    }

    @Test func thePageAsksForNothingElse() throws {
        let text = page(try PortalHarness())
        for needle in ["http://", "https://", "<script", "<link", "<img", "@import", "url("] {
            #expect(!text.contains(needle), "\(needle)")
        }
    }
}
