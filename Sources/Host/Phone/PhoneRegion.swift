/// How numbers of a country are written: what `PhoneNumber` needs to know, no more.
///
/// From the ITU's list of country codes (E.164) and its collection of national numbering plans
/// (https://www.itu.int/oth/T0202.aspx?parent=T0202). Lengths are bounds over all kinds of numbers a country has.
struct PhoneRegion: Sendable, Equatable {
    /// ISO 3166, upper case.
    let name: String
    /// Without the plus.
    let code: String
    /// What is dialled before a number inside the country, and not from outside; nil where nothing is.
    let trunk: String?
    /// Digits without country code and trunk prefix.
    let lengths: ClosedRange<Int>
    /// What is dialled instead of the plus.
    let internationalPrefixes: [String]

    static func of(_ region: String) -> PhoneRegion? { byName[region.uppercased()] }

    /// The region whose code `digits` start with. No code is the start of another; of countries that share one the
    /// first stands for all.
    static func withCode(of digits: String) -> PhoneRegion? {
        (1...3).lazy.compactMap { byCode[String(digits.prefix($0))] }.first
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
    private static let byCode = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

    private static let all: [PhoneRegion] = table.split(separator: ";").map { entry in
        let parts = entry.split(whereSeparator: \.isWhitespace).map(String.init)
        return PhoneRegion(
            name: parts[0], code: parts[1], trunk: parts[2] == "-" ? nil : parts[2],
            lengths: (Int(parts[3]) ?? 0)...(Int(parts[4]) ?? 0),
            internationalPrefixes: parts[5].split(separator: ",").map(String.init))
    }

    /// Name, code, trunk prefix, shortest, longest, international prefixes.
    private static let table = """
        US 1 1 10 10 011; CA 1 1 10 10 011; PR 1 1 10 10 011; DO 1 1 10 10 011; JM 1 1 10 10 011;
        BS 1 1 10 10 011; TT 1 1 10 10 011; RU 7 8 10 10 810; KZ 7 8 10 10 810; EG 20 0 8 10 00;
        ZA 27 0 9 9 00; GR 30 - 10 10 00; NL 31 0 9 9 00; BE 32 0 8 9 00; FR 33 0 9 9 00; ES 34 - 9 9 00;
        HU 36 06 8 9 00; IT 39 - 6 11 00; RO 40 0 9 9 00; CH 41 0 9 9 00; AT 43 0 4 13 00; GB 44 0 9 10 00;
        DK 45 - 8 8 00; SE 46 0 7 9 00; NO 47 - 8 8 00; PL 48 - 9 9 00; DE 49 0 5 11 00; PE 51 0 8 9 00;
        MX 52 - 10 10 00; CU 53 0 6 8 119; AR 54 0 10 11 00; BR 55 0 10 11 00; CL 56 - 9 9 00;
        CO 57 - 10 10 00; VE 58 0 10 10 00; MY 60 0 8 10 00; AU 61 0 9 9 0011; ID 62 0 8 12 00,001;
        PH 63 0 8 10 00; NZ 64 0 8 10 00; SG 65 - 8 8 000,001; TH 66 0 8 9 00,001; JP 81 0 9 10 010;
        KR 82 0 8 10 00,001; VN 84 0 9 10 00; CN 86 0 10 11 00; TR 90 0 10 10 00; IN 91 0 10 10 00;
        PK 92 0 9 10 00; AF 93 0 9 9 00; LK 94 0 9 9 00; MM 95 0 7 10 00; IR 98 0 10 10 00; MA 212 0 9 9 00;
        DZ 213 0 8 9 00; TN 216 - 8 8 00; LY 218 0 8 9 00; GM 220 - 7 7 00; SN 221 - 9 9 00; CI 225 - 10 10 00;
        GH 233 0 9 9 00; NG 234 0 8 10 009; CM 237 - 9 9 00; AO 244 - 9 9 00; ET 251 0 9 9 00;
        KE 254 0 9 9 000; TZ 255 0 9 9 000; UG 256 0 9 9 000; MZ 258 - 8 9 00; ZM 260 0 9 9 00;
        ZW 263 0 8 9 00; PT 351 - 9 9 00; LU 352 - 4 11 00; IE 353 0 7 9 00; IS 354 - 7 9 00; AL 355 0 8 9 00;
        MT 356 - 8 8 00; CY 357 - 8 8 00; FI 358 0 5 12 00; BG 359 0 7 9 00; LT 370 0 8 8 00; LV 371 - 8 8 00;
        EE 372 - 7 8 00; MD 373 0 8 8 00; AM 374 0 8 8 00; BY 375 80 9 9 810; AD 376 - 6 9 00; MC 377 - 8 9 00;
        SM 378 - 6 10 00; UA 380 0 9 9 00; RS 381 0 8 9 00; ME 382 0 8 8 00; XK 383 0 8 9 00; HR 385 0 8 9 00;
        SI 386 0 8 8 00; BA 387 0 8 8 00; MK 389 0 8 8 00; CZ 420 - 9 9 00; SK 421 0 9 9 00; LI 423 - 7 9 00;
        GT 502 - 8 8 00; SV 503 - 8 8 00; HN 504 - 8 8 00; NI 505 - 8 8 00; CR 506 - 8 8 00; PA 507 - 7 8 00;
        HT 509 - 8 8 00; BO 591 0 8 8 00; EC 593 0 8 9 00; PY 595 0 9 9 00; UY 598 0 8 8 00; HK 852 - 8 8 001;
        MO 853 - 8 8 00; KH 855 0 8 9 001; LA 856 0 8 10 00; BD 880 0 8 10 00; TW 886 0 8 9 002;
        MV 960 - 7 7 00; LB 961 0 7 8 00; JO 962 0 8 9 00; SY 963 0 8 9 00; IQ 964 0 8 10 00; KW 965 - 8 8 00;
        SA 966 0 9 9 00; YE 967 0 7 9 00; OM 968 - 8 8 00; PS 970 0 8 9 00; AE 971 0 8 9 00; IL 972 0 8 9 00;
        BH 973 - 8 8 00; QA 974 - 8 8 00; MN 976 0 8 8 001; NP 977 0 8 10 00; TJ 992 - 9 9 810;
        TM 993 8 8 8 810; AZ 994 0 9 9 00; GE 995 0 9 9 00; KG 996 0 9 9 00; UZ 998 - 9 9 00
        """
}
