import Testing

@testable import Host

@Suite struct PhoneTests {
    @Test(
        arguments: [
            ("+371 20 000 000", nil, "+37120000000"), ("20000000", "LV", "+37120000000"),
            ("00371 20000000", "LV", "+37120000000"),
            ("0037120000000", nil, "+37120000000"), ("371 20000000", "lv", "+37120000000"),
            ("tel:+371-2000-0000", nil, "+37120000000"),
            ("(212) 555-0123", "US", "+12125550123"), ("1-212-555-0123", "US", "+12125550123"),
            ("212.555.0123", "CA", "+12125550123"),
            ("+1 (212) 555-0123 ext. 45", nil, "+12125550123"), ("212-555-0123x45", "US", "+12125550123"),
            ("2125550123;ext=45", "US", "+12125550123"), ("011 44 20 7946 0958", "US", "+442079460958"),
            ("020 7946 0958", "GB", "+442079460958"), ("+44 (0)20 7946 0958", nil, "+442079460958"),
            ("+44 020 7946 0958", nil, "+442079460958"), ("07700 900123", "GB", "+447700900123"),
            ("8 (495) 123-45-67", "RU", "+74951234567"), ("495 1234567", "RU", "+74951234567"),
            ("+7 495 123 45 67", nil, "+74951234567"),
            ("8 800 555 35 35", "RU", "+78005553535"), ("800 555 35 35", "RU", "+78005553535"),
            ("8 10 371 20000000", "RU", "+37120000000"),
            ("030 123456", "DE", "+4930123456"), ("+49 030 123456", nil, "+4930123456"),
            ("0151 23456789", "DE", "+4915123456789"),
            ("06 1234 5678", "IT", "+390612345678"), ("+39 06 1234 5678", "US", "+390612345678"),
            ("+39 333 1234567", nil, "+393331234567"),
            ("06 1 234 5678", "HU", "+3612345678"), ("0044 20 7946 0958", "FR", "+442079460958"),
            ("01 23 45 67 89", "FR", "+33123456789"),
            ("+33\u{a0}1\u{202f}23\u{2011}45 67 89", nil, "+33123456789"), ("0911234567", "ET", "+251911234567"),
            ("  +55 11 91234-5678 ", nil, "+5511912345678"), ("98765 43210", "IN", "+919876543210"),
            ("8 029 123 45 67", "BY", "+375291234567"),
        ] as [(String, String?, String)])
    func `numbers are normalised`(text: String, region: String?, expected: String) {
        #expect(PhoneNumber.e164(text, region: region) == expected)
        #expect(PhoneNumber.e164(expected, region: region) == expected)
    }

    @Test(
        arguments: [
            ("", nil), ("   ", "US"), ("no phone", "US"), ("n/a", "US"), ("-", "US"), ("+", nil),
            ("++37120000000", nil),
            ("20000000", nil), ("20000000", "ZZ"), ("911", "US"), ("555-0123", "US"), ("12125550123456", "US"),
            ("+371 2000000", nil), ("+371 200000000", nil), ("+999 123456789", nil), ("0123456789", "US"),
            ("1125550123", "US"),
            ("anna@example.com", "US"), ("call 212-555-0123", "US"), ("212-555-CALL", "US"),
            ("2125550123 or 2125550124", "US"),
            ("+1 212 555 0123 Anna", nil), ("２１２５５５０１２３", "US"), ("x12", "US"), ("+1234567890123456", nil),
            (String(repeating: "2125550123 ", count: 10), "US"), ("01234", "DE"), ("1/2/2026 10:00", "US"),
            ("+0 123 4567", nil),
            // Cutting a trunk prefix off must not leave something shorter or another prefix.
            ("+4305325", nil), ("+32005271767", nil), ("+11125550123", nil),
        ] as [(String, String?)])
    func `what is no number is nil`(text: String, region: String?) {
        #expect(PhoneNumber.e164(text, region: region) == nil)
    }

    @Test func `the table is whole: no code starts another, every name and bound makes sense`() throws {
        for code in 1...999 {
            guard let region = PhoneRegion.withCode(of: String(code) + "0000") else { continue }
            #expect(PhoneRegion.of(region.name) != nil)
            #expect(String(code).hasPrefix(region.code) || region.code.hasPrefix(String(code)))
            #expect(region.lengths.upperBound + region.code.count <= 15)
            #expect(!region.internationalPrefixes.isEmpty)
        }
    }
}
