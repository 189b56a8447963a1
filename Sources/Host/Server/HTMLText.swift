/// HTML in the making: text is escaped, markup is what the program wrote.
struct HTMLText: ExpressibleByStringInterpolation, Sendable {
    private(set) var markup: String

    init(stringLiteral markup: String) { self.markup = markup }

    init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

    init(_ parts: [HTMLText]) { markup = parts.map(\.markup).joined() }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { markup += literal }

        /// Somebody's text.
        mutating func appendInterpolation(_ text: String) { markup += HTMLText.escaped(text) }

        mutating func appendInterpolation(_ number: some BinaryInteger) { markup += String(number) }

        mutating func appendInterpolation(_ html: HTMLText) { markup += html.markup }

        mutating func appendInterpolation(_ parts: [HTMLText]) { for part in parts { markup += part.markup } }
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
