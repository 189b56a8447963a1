/// Telephone numbers in the form that every system agrees on: E.164, `+37120000000`.
public enum PhoneNumber {
    /// E.164 allows 15 digits with the country's code; nothing real has fewer than 7.
    private static let digitsRange = 7...15
    /// More text than anybody writes for one number.
    private static let bytesMax = 64

    /// Finds the number that `text` is: with its country's code after `+` or the international prefix, or as it is
    /// dialled inside `region` (an ISO 3166 code such as `US`), with or without the trunk prefix.
    ///
    /// Spaces, dots, dashes, slashes, brackets and `tel:` do not matter; what follows `ext`, `x`, `#`, `;` or `,` is
    /// an extension and dropped. Nil, honestly, for anything that is no number one could call: too short or too long
    /// for its country, letters, an unknown country code, a national number without a known region. Whether somebody
    /// answers is not ours to know.
    public static func e164(_ text: String, region: String? = nil) -> String? {
        guard text.utf8.count <= bytesMax, let dialled = Dialled(text) else { return nil }
        let home = region.flatMap { PhoneRegion.of($0) }
        if dialled.isInternational { return international(dialled.digits) }
        if let prefix = home?.internationalPrefixes.first(where: { dialled.digits.hasPrefix($0) }) {
            return international(String(dialled.digits.dropFirst(prefix.count)))
        }
        if home == nil, dialled.digits.hasPrefix("00") { return international(String(dialled.digits.dropFirst(2))) }
        guard let home else { return nil }
        if let number = national(dialled.digits, home) { return number }
        // Written with its own country's code but without the plus, as in 371 20 000 000.
        guard dialled.digits.hasPrefix(home.code) else { return nil }
        let rest = String(dialled.digits.dropFirst(home.code.count))
        return number(rest, home)
    }

    /// The number, where it can be one of its region.
    private static func number(_ rest: String, _ region: PhoneRegion) -> String? {
        guard region.lengths.contains(rest.count), digitsRange.contains(region.code.count + rest.count) else {
            return nil
        }
        // What is dialled before a number does not start one; in North America neither area nor exchange has 0 or 1.
        if region.trunk == "0", rest.hasPrefix("0") { return nil }
        if region.code == "1", rest.hasPrefix("0") || rest.hasPrefix("1") { return nil }
        return "+" + region.code + rest
    }

    private static func international(_ digits: String) -> String? {
        guard digitsRange.contains(digits.count), let region = PhoneRegion.withCode(of: digits) else { return nil }
        var rest = String(digits.dropFirst(region.code.count))
        // The trunk prefix is not dialled from abroad, but often written: +49 030 …
        if let trunk = region.trunk, rest.hasPrefix(trunk), trunk == "0" || !region.lengths.contains(rest.count) {
            rest = String(rest.dropFirst(trunk.count))
        }
        return number(rest, region)
    }

    private static func national(_ digits: String, _ home: PhoneRegion) -> String? {
        var rest = digits
        if let trunk = home.trunk, digits.hasPrefix(trunk) {
            let bare = String(digits.dropFirst(trunk.count))
            // A Russian number may itself start with the trunk prefix, 8: length decides.
            if home.lengths.contains(bare.count) { rest = bare }
        }
        return number(rest, home)
    }
}

/// The digits of a number as somebody wrote it.
private struct Dialled {
    var digits = ""
    var isInternational = false

    private static let separators: Set<Character> = [
        " ", "\u{a0}", "\u{2009}", "\u{202f}", "\t", "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", ".", "/", "(",
        ")",
    ]

    init?(_ text: String) {
        var rest = text.drop(while: \.isWhitespace)
        if rest.prefix(4).lowercased() == "tel:" { rest = rest.dropFirst(4) }
        let written = Dialled.withoutOptionalTrunk(rest)
        for (at, character) in zip(written.indices, written) {
            switch character {
            case "+" where digits.isEmpty && !isInternational: isInternational = true
            case "0"..."9": digits.append(character)
            case _ where Dialled.separators.contains(character): continue
            default:
                guard !digits.isEmpty, Dialled.isExtension(written[at...]) else { return nil }
                return
            }
        }
        if digits.isEmpty { return nil }
    }

    /// `+44 (0) 20 …` shows the trunk prefix to those who dial from inside the country.
    private static func withoutOptionalTrunk(_ text: Substring) -> String {
        guard text.first == "+", let open = text.firstIndex(of: "("), text[open...].hasPrefix("(0)") else {
            return String(text)
        }
        return String(text[..<open]) + text[open...].dropFirst(3)
    }

    private static func isExtension(_ tail: Substring) -> Bool {
        let tail = tail.lowercased()
        guard let mark = ["extension", "ext", "x", "#", ";ext=", ";", ","].first(where: tail.hasPrefix) else {
            return false
        }
        return tail.dropFirst(mark.count).allSatisfy { "0123456789 .:-#,;".contains($0) }
    }
}
