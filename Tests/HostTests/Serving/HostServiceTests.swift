import Bitrix24
import Foundation
import Net
import Testing
import Wire

@testable import Host

/// The served host over HTTP, in this process, on a free port.
@Suite struct HostServiceTests {
    private final class House {
        let service: HostService
        let client = HTTPClient()
        let folder: URL
        private(set) var url = ""

        init(eventsMax: Int = 1_000, _ recipe: String) throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("service-\(UUID())")
            let place = folder.appendingPathComponent("desk")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try recipe.write(to: place.appendingPathComponent("recipe.lua"), atomically: true, encoding: .utf8)
            var configuration = HostConfiguration()
            configuration.listening.port = 0
            configuration.store = .file(folder.appendingPathComponent("store.db").path)
            configuration.inboxEventsMax = eventsMax
            configuration.apiKeys = [.init(name: "me", key: try #require(Secret("key-of-mine")))]
            configuration.consolePassword = Secret("open-sesame")
            try configuration.add(recipe: place.path)
            let connection = try PortalConnection(webhook: "http://127.0.0.1:9/rest/1/secret0secret/")
            let token = Secret("apptoken1")
            service = try HostService(
                configuration, key: .file(folder.appendingPathComponent("key").path), log: HostLog(.json) { _ in },
                portals: [ServedPortal("acme", connection, applicationToken: { token })])
        }

        func start() async throws { url = "http://127.0.0.1:\(try await service.start())/" }

        func stop() async {
            await service.stop()
            client.close()
            try? FileManager.default.removeItem(at: folder)
        }

        func send(
            _ method: String, _ path: String, _ body: String = "", _ headers: [(name: String, value: String)] = []
        ) async throws -> HTTPResponse {
            try await client.send(
                HTTPRequest(
                    method: method, url: url + path, headers: headers, body: Array(body.utf8), timeoutMS: 600_000))
        }

        func json(_ response: HTTPResponse) throws -> JSONValue { try JSONValue(parsing: response.body) }
    }

    private static let key = [(name: "Authorization", value: "Bearer key-of-mine")]

    private static let recipe = """
        recipe { name = "desk" }
        on("greet", { title = "Greets", input = { name = { type = "string", required = true, help = "who" } } },
          function(event) return "Hello " .. event.data.name end)
        on("ONCRMDEALADD", function(event) store.set("deal", event.data.FIELDS.ID) end)
        on("nap", function() sleep("1h") end)
        on("boom", function() error("no good") end)
        """

    @Test("Events come in by their doors, and what is wrong with one is said")
    func events() async throws {
        let house = try House(Self.recipe)
        try await house.start()
        let form = "event=ONCRMDEALADD&data[FIELDS][ID]=7&ts=1&auth[application_token]="
        for (method, path, body, headers, status) in [
            ("POST", "bitrix/acme", form + "apptoken1", [], 200), ("POST", "bitrix/acme", form + "apptoken1", [], 200),
            ("POST", "bitrix/acme", form + "apptoken2", [], 403),
            ("POST", "bitrix/acme", "event=ONCRMDEALADD", [], 403),
            ("POST", "bitrix/acme", "a=b", [], 400), ("POST", "bitrix/other", form + "apptoken1", [], 404),
            ("GET", "bitrix/acme", "", [], 405), ("POST", "events/greet", #"{"name":"Ada"}"#, [], 401),
            ("POST", "events/greet", #"{"name":"Ada"}"#, [("Authorization", "Bearer key-of-thine")], 401),
            ("POST", "events/greet", #"{"name":"#, Self.key, 400), ("POST", "events/greet", "{}", Self.key, 422),
            ("POST", "events/greet", #"{"name":7}"#, Self.key, 422), ("POST", "events/grete", "{}", Self.key, 404),
            ("POST", "events/greet?wait=soon", #"{"name":"Ada"}"#, Self.key, 400),
            ("POST", "events/greet?wait=2h", #"{"name":"Ada"}"#, Self.key, 400),
            ("POST", "events/boom", "", Self.key, 202), ("GET", "events/greet", "", Self.key, 405),
            ("GET", "health", "", [], 200), ("GET", "tools", "", [], 401), ("GET", "metrics", "", [], 200),
            ("GET", "nothing", "", [], 303), ("POST", "nothing", "", [], 401),
        ] as [(String, String, String, [(name: String, value: String)], Int)] {
            let response = try await house.send(method, path, body, headers)
            #expect(response.status == status, "\(method) \(path) \(body)")
        }
        let metrics = try await house.send("GET", "metrics")
        let text = String(decoding: metrics.body, as: UTF8.self)
        #expect(text.contains("host_events_total{outcome=\"redelivered\"} 1"))
        #expect(text.contains("host_events_total{outcome=\"forged\"} 2"))
        await house.stop()
    }

    @Test("Whoever waits is told the reply, the failure, or that it goes on")
    func waiting() async throws {
        let house = try House(Self.recipe)
        try await house.start()
        let done = try house.json(
            try await house.send("POST", "events/greet?wait=20s", #"{"name":"Ada"}"#, Self.key))
        #expect(done["status"] == "done")
        #expect(done["reply"] == "Hello Ada")
        let failed = try await house.send("POST", "events/boom?wait=20s", "", Self.key)
        #expect(failed.status == 500)
        #expect(try house.json(failed)["error"]?["message"]?.stringValue?.contains("no good") == true)
        let asleep = try house.json(try await house.send("POST", "events/nap?wait=20s", "", Self.key))
        #expect(asleep["status"] == "asleep")
        let meant = try house.json(try await house.send("POST", "events/gret", "{}", Self.key))
        #expect(meant["hint"] == "did you mean greet?")
        let tools = try house.json(try await house.send("GET", "tools", "", Self.key))["tools"]
        #expect(tools?[0]?["name"] == "greet")
        #expect(tools?[0]?["input_schema"]?["required"] == ["name"])
        #expect(tools?[1] == nil)
        await house.stop()
    }

    @Test("When the inbox is full senders are asked to come again, and nothing is lost")
    func full() async throws {
        let house = try House(eventsMax: 2, #"on("wait", function() sleep("4s") end)"#)
        try await house.start()
        for status in [202, 202, 503, 503] {
            let response = try await house.send("POST", "events/wait", "{}", Self.key)
            #expect(response.status == status)
            #expect(response.headers.contains { $0.name == "Retry-After" } == (status == 503))
        }
        await house.stop()
    }

    @Test("The console lets in who knows the password, and does what its own forms say")
    func console() async throws {
        let house = try House(Self.recipe)
        try await house.start()
        #expect(try await house.send("GET", "").status == 303)
        #expect(try await house.send("POST", "login", "password=wrong").status == 403)
        let foreign = try await house.send(
            "POST", "login", "password=open-sesame", [(name: "Origin", value: "https://evil.example")])
        #expect(foreign.status == 403)
        let entered = try await house.send("POST", "login", "password=open-sesame")
        let header = try #require(entered.headers.first { $0.name == "Set-Cookie" }?.value)
        #expect(header.contains("HttpOnly") && header.contains("SameSite=Strict"))
        let cookie = [(name: "Cookie", value: String(header.prefix { $0 != ";" }))]
        let failed = try await house.send("POST", "events/boom?wait=20s", #"{"x":"<script>"}"#, Self.key)
        let run = try #require(try house.json(failed)["runs"]?[0]?.stringValue)
        for path in ["", "?failed=1", "runs/\(run)", "recipes", "portals"] {
            let page = try await house.send("GET", path, "", cookie)
            let text = String(decoding: page.body, as: UTF8.self)
            #expect(page.status == 200, "\(path)")
            #expect(!text.contains("<script") && !text.contains(" style=") && !text.contains("onclick"), "\(path)")
            #expect(page.headers.contains { $0.name == "Content-Security-Policy" })
        }
        #expect(try await house.send("GET", "runs/0000000000000", "", cookie).status == 404)
        #expect(try await house.send("POST", "runs/\(run)/drop", "", cookie).status == 403)
        let page = String(decoding: try await house.send("GET", "runs/\(run)", "", cookie).body, as: UTF8.self)
        let token = try #require(
            page.split(separator: "name=\"token\" value=\"").dropFirst().first?.prefix { $0 != "\"" })
        #expect(try await house.send("POST", "runs/\(run)/drop", "token=\(token)", cookie).status == 303)
        let history = try await house.service.history.detail(run)
        #expect(history.run.state == .dropped)
        await house.stop()
    }

    @Test("A recipe that changes on the disk is served anew, and one that does not load leaves the old one")
    func reload() async throws {
        let house = try House(#"on("say", function() return "one" end)"#)
        try await house.start()
        func say() async throws -> JSONValue? {
            try house.json(try await house.send("POST", "events/say?wait=20s", "{}", Self.key))["reply"]
        }
        func write(_ text: String) async throws {
            let path = house.folder.appendingPathComponent("desk/recipe.lua")
            try text.write(to: path, atomically: true, encoding: .utf8)
            if let recipes = await house.service.library.refresh() { house.service.dispatcher.serve(recipes) }
        }
        #expect(try await say() == "one")
        try await write(#"on("say", function() return "two" end)"#)
        #expect(try await say() == "two")
        try await write(#"on("say", function( return "three" end)"#)
        #expect(try await say() == "two")
        #expect(house.service.library.problems.count == 1)
        await house.stop()
    }
}
