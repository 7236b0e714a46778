/// HTML for letters and the page of a digest: what is written in the source stands, what is interpolated is escaped.
struct Markup: Hashable, Sendable, ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral text: String) { self.text = text }
    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    static func += (a: inout Markup, b: Markup) { a.text += b.text }

    static func + (a: Markup, b: Markup) -> Markup {
        var sum = a
        sum += b
        return sum
    }

    struct StringInterpolation: StringInterpolationProtocol {
        var text = ""
        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }
        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
        mutating func appendInterpolation(_ value: String) {
            for scalar in value.unicodeScalars {
                switch scalar {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                case "\"": text += "&quot;"
                case "'": text += "&#39;"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
    }

    /// Only what leads to a page: an address of another scheme would run as a script.
    static func link(_ text: String, _ url: String?, _ attributes: Markup = "") -> Markup {
        guard let url, WebAddress(url) != nil else { return "\(text)" }
        return "<a href=\"\(url)\"\(attributes)>\(text)</a>"
    }
}
