import Domain

/// `pantau detect`: rows of text in, the same rows with `score` and `anomaly` out, each as soon as it is read.
package struct StreamText: Sendable {
    package enum Form: String, Sendable, CaseIterable {
        case csv, json
    }

    private let form: Form
    private var detector = StreamDetector()
    private var line = 0
    private var rows = 0
    private var columns: Columns?

    private struct Columns: Sendable {
        var timestamp: Int
        var value: Int
    }

    package init(_ form: Form) { self.form = form }

    /// All rows of a text at once.
    package static func detect(_ text: String, form: Form = .csv) throws(Failure) -> String {
        var stream = StreamText(form)
        var output = ""
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            output += try stream.read(String(Substring(line)))
        }
        return try output + stream.end()
    }

    /// What the next line adds to the output; empty for an empty line.
    ///
    /// Throws with the number of the line when it is no row. A value that is empty or `NaN` is missing: its row has
    /// score 0 and teaches nothing. Rows are taken in the order in which they come, whatever their times say.
    package mutating func read(_ text: String) throws(Failure) -> String {
        line += 1
        var text = text[...]
        if line == 1, text.unicodeScalars.first == "\u{FEFF}" {
            text = Substring(text.unicodeScalars.dropFirst())
        }
        while let last = text.unicodeScalars.last, last == "\r" || last == "\n" {
            text = Substring(text.unicodeScalars.dropLast())
        }
        guard text.contains(where: { !$0.isWhitespace }) else { return "" }
        let fields = try Self.fields(text, line)
        guard let columns else {
            let found = try header(fields)
            self.columns = found.columns
            guard found.isHeader else { return try head("timestamp,value") + row(text, fields, found.columns) }
            return head(String(text))
        }
        return try row(text, fields, columns)
    }

    /// What comes after the last line.
    package mutating func end() throws(Failure) -> String {
        guard columns != nil else {
            throw Failure(
                .malformed, id: "Masukan kosong; beri CSV dengan kolom timestamp dan value.",
                en: "The input is empty; give CSV with the columns timestamp and value.")
        }
        return form == .json ? (rows == 0 ? "]\n" : "\n]\n") : ""
    }

    private func head(_ columns: String) -> String { form == .json ? "[" : columns + ",score,anomaly\n" }

    private func header(_ fields: [String]) throws(Failure) -> (columns: Columns, isHeader: Bool) {
        let names = fields.map { $0.lowercased() }
        if let timestamp = names.firstIndex(of: "timestamp"), let value = names.firstIndex(of: "value") {
            return (Columns(timestamp: timestamp, value: value), true)
        }
        // No header: a file that begins with its first row.
        guard fields.count == 2, StreamTimestamp.seconds(fields[0]) != nil, Double(fields[1]) != nil else {
            throw Failure(
                .malformed,
                id: "Baris \(line): baris pertama harus memuat kolom timestamp dan value, dipisah koma.",
                en: "Line \(line): the first row must name the columns timestamp and value, with a comma between.")
        }
        return (Columns(timestamp: 0, value: 1), false)
    }

    private mutating func row(_ text: Substring, _ fields: [String], _ columns: Columns) throws(Failure) -> String {
        guard fields.count > max(columns.timestamp, columns.value) else {
            throw Failure(
                .malformed, id: "Baris \(line): kolomnya kurang; perlu timestamp dan value.",
                en: "Line \(line): a column is missing; timestamp and value are needed.")
        }
        let timestamp = fields[columns.timestamp]
        guard let seconds = StreamTimestamp.seconds(timestamp) else {
            throw Failure(
                .malformed,
                id: "Baris \(line): waktunya tidak terbaca; tulis seperti 2026-11-23T10:15:00Z atau detik Unix.",
                en: "Line \(line): the timestamp cannot be read; write it as 2026-11-23T10:15:00Z or in Unix seconds.")
        }
        let value = try number(fields[columns.value])
        let verdict = detector.add(value, seconds: seconds)
        defer { rows += 1 }
        let score = Self.decimal(verdict.score)
        guard form == .json else { return "\(text),\(score),\(verdict.isAnomaly ? 1 : 0)\n" }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("timestamp", timestamp)
            writer.key("value")
            if let value { writer.number(value) } else { writer.null() }
            writer.key("score")
            writer.raw(score)
            writer.key("anomaly")
            writer.number(verdict.isAnomaly ? 1 : 0)
        }
        return (rows == 0 ? "\n  " : ",\n  ") + writer.text
    }

    private func number(_ field: String) throws(Failure) -> Double? {
        if ["", "nan", "null", "na", "n/a", "none"].contains(field.lowercased()) { return nil }
        guard let value = Double(field), value.isFinite else {
            throw Failure(
                .malformed,
                id: "Baris \(line): nilainya bukan angka; tulis seperti 12.5, atau kosongkan bila tidak ada.",
                en: "Line \(line): the value is not a number; write it as 12.5, or leave it empty where there is none.")
        }
        return value
    }

    /// Five decimals, rounded down so that a score just short of an alarm is not shown as one.
    static func decimal(_ score: Double) -> String {
        guard score.isFinite else { return "0.00000" }
        let parts = Int((min(max(score, 0), 1) * 100_000).rounded(.down))
        let digits = String(parts % 100_000)
        return "\(parts / 100_000)." + String(repeating: "0", count: 5 - digits.count) + digits
    }

    /// The fields of a row as RFC 4180 quotes them, without blanks around.
    private static func fields(_ text: Substring, _ line: Int) throws(Failure) -> [String] {
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var wasQuote = false
        for scalar in text.unicodeScalars {
            if isQuoted {
                if scalar == "\"" {
                    isQuoted = false
                    wasQuote = true
                } else {
                    field.unicodeScalars.append(scalar)
                }
            } else if scalar == "\"" {
                if wasQuote { field.unicodeScalars.append(scalar) }
                isQuoted = true
                wasQuote = false
            } else if scalar == "," {
                fields.append(trimmed(field))
                field = ""
                wasQuote = false
            } else {
                field.unicodeScalars.append(scalar)
                wasQuote = false
            }
        }
        guard !isQuoted else {
            throw Failure(
                .malformed, id: "Baris \(line): tanda kutip tidak ditutup.",
                en: "Line \(line): a quotation mark is not closed.")
        }
        return fields + [trimmed(field)]
    }

    private static func trimmed(_ field: String) -> String {
        var field = field[...]
        while field.first?.isWhitespace == true { field.removeFirst() }
        while field.last?.isWhitespace == true { field.removeLast() }
        return String(field)
    }
}
