import Testing

@testable import Wire

@Suite struct PHPSerializedTests {
    @Test(
        arguments: [
            ("N;", JSONValue.null), ("b:1;", true), ("i:-7;", -7), ("d:1.5;", 1.5), (#"s:0:"";"#, ""),
            (#"s:10:"Привет"#, nil), (#"s:12:"Привет";"#, "Привет"), (#"s:3:"a"b";"#, #"a"b"#),
            (#"a:2:{i:0;s:1:"x";i:1;N;}"#, ["x", .null]), (#"a:1:{i:1;s:1:"x";}"#, ["1": "x"]), ("a:0:{}", []),
            (#"a:1:{s:1:"k";a:1:{i:0;b:0;}}"#, ["k": [false]]),
        ] as [(String, JSONValue?)])
    func valuesAsPHPWritesThem(_ text: String, _ expected: JSONValue?) {
        #expect((try? PHPSerialized.decode(Array(text.utf8))) == expected)
    }

    @Test(arguments: [
        "", "x", "i:;", "i:1", "b:2;", "d:INF;", #"s:5:"abc";"#, #"s:-1:"";"#, "a:1:{}", "a:1:{N;N;}", "a:-1:{}",
        #"O:8:"stdClass":0:{}"#, "R:1;", "i:1;i:2;", "a:99999999999:{}", "s:9223372036854775807:\"a\";",
    ])
    func whatIsBrokenOrNamesAClassIsRefused(_ text: String) {
        #expect(throws: PHPSerializedFailure.self) { try PHPSerialized.decode(Array(text.utf8)) }
    }

    @Test func nestingIsBounded() {
        let depth = PHPSerialized.depthMax + 1
        let text = String(repeating: "a:1:{i:0;", count: depth) + "N;" + String(repeating: "}", count: depth)
        #expect(throws: PHPSerializedFailure.self) { try PHPSerialized.decode(Array(text.utf8)) }
    }
}
