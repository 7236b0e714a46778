/// Rows as RFC 4180: commas, CRLF, quotes where they are needed.
package enum CSVText {
    /// - Parameter rows: nil is empty.
    package static func table(_ header: [String], _ rows: [[String?]]) -> String {
        ([header] + rows).map { line($0.map(field)) }.joined()
    }

    /// - Parameter fields: as they are to stand, see `text` and `quoted`.
    static func line(_ fields: [String]) -> String { fields.joined(separator: ",") + "\r\n" }

    private static func field(_ text: String?) -> String {
        guard let text else { return "" }
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
        return isNumber ? text : self.text(text)
    }

    /// A text that a spreadsheet would run as a formula gets an apostrophe in front, because names of templates and
    /// campaigns come from outside.
    static func text(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        return quoted(isFormula ? "'" + text : text)
    }

    static func quoted(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
