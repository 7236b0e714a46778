/// Rows as RFC 4180: commas, CRLF, quotes where they are needed.
package enum CSVText {
    /// - Parameter rows: nil is empty.
    package static func table(_ header: [String], _ rows: [[String?]]) -> String {
        ([header] + rows).map { row in row.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A text that a spreadsheet would run as a formula gets an apostrophe in front, because names of templates and
    /// campaigns come from outside; a number does not.
    private static func field(_ text: String?) -> String {
        guard let text else { return "" }
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
        return quoted(isFormula && !isNumber ? "'" + text : text)
    }

    private static func quoted(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
