import Testing
import Wire

@Suite struct URLPartsTests {
    @Test func `a URL comes apart and together again`() throws {
        let url = try URLParts("HTTPS://Acme.Bitrix24.com:8443/rest/1/abc/crm.deal.list.json?start=0&x=%20#top")
        #expect(url.scheme == "https")
        #expect(url.host == "acme.bitrix24.com")
        #expect(url.port == 8443)
        #expect(url.path == "/rest/1/abc/crm.deal.list.json")
        #expect(url.query == "start=0&x=%20")
        #expect(url.target == "/rest/1/abc/crm.deal.list.json?start=0&x=%20")
        #expect(url.origin == "https://acme.bitrix24.com:8443")
        #expect(url.text == "https://acme.bitrix24.com:8443/rest/1/abc/crm.deal.list.json?start=0&x=%20")
    }

    @Test(arguments: [
        ("http://localhost", "http://localhost/", 80), ("https://a.b", "https://a.b/", 443),
        ("http://127.0.0.1:8080/?q", "http://127.0.0.1:8080/?q", 8080), ("http://[::1]:80/x", "http://[::1]:80/x", 80),
        ("https://a.b?x=/y", "https://a.b/?x=/y", 443), ("https://a.b:/", "https://a.b/", 443),
        ("https://a.b/p?", "https://a.b/p?", 443),
        ("https://xn--e1aybc.xn--p1ai/", "https://xn--e1aybc.xn--p1ai/", 443),
    ])
    func `missing parts have their defaults`(text: String, expected: String, port: Int) throws {
        let url = try URLParts(text)
        #expect(url.text == expected)
        #expect(url.effectivePort == port)
    }

    @Test(arguments: [
        "", "acme.bitrix24.com", "/rest/1", "ftp://a.b/", "javascript:alert(1)", "https:/a.b", "https://", "https:///x",
        "https://user@a.b/", "https://user:pass@a.b/", "https://a.b:0/", "https://a.b:65536/", "https://a.b:x/",
        "https://a b/", "https://a.b/x y", "https://a.b/\n", "https://тест.рф/", "https://a..b/", "https://.a/",
        "https://[::1/", "https://[xyz]/", "https://[::1]x/", "https://a.b:99999999999999999999/", "https://a%2eb/",
        "https://a.b/" + String(repeating: "x", count: URLParts.bytesMax),
    ])
    func `what is no plain http URL is refused without quoting it`(text: String) {
        let failure = #expect(throws: URLFailure.self) { try URLParts(text) }
        if text.count > 9 { #expect(failure?.message.contains(text) == false) }
    }

    @Test(arguments: [
        ("https://new.bitrix24.com/rest/1/x/", "https://new.bitrix24.com/rest/1/x/"),
        ("//cdn.b24.com/y", "https://cdn.b24.com/y"), ("/other?z=1", "https://a.b:444/other?z=1"),
        ("next", "https://a.b:444/rest/1/next"), ("./next?q#f", "https://a.b:444/rest/1/next?q"),
        ("../up", "https://a.b:444/rest/up"), ("../../../../up", "https://a.b:444/up"), ("..", "https://a.b:444/rest/"),
        (".", "https://a.b:444/rest/1/"), ("?only=query", "https://a.b:444/rest/1/m.json?only=query"),
        ("", "https://a.b:444/rest/1/m.json?old=1"), ("/a/./b/../c/", "https://a.b:444/a/c/"),
        ("http://a.b:444/down", "http://a.b:444/down"), ("a:b/c", ""), ("mailto:x@y", ""), ("/sp ace", ""),
        ("x?y=http://z", "https://a.b:444/rest/1/x?y=http://z"),
    ])
    func `a Location leads where RFC 3986 says`(location: String, expected: String) throws {
        let base = try URLParts("https://a.b:444/rest/1/m.json?old=1")
        #expect((try? base.resolving(location).text) ?? "" == expected)
    }
}
