import Domain

/// A line of a file of outcomes that cannot be used.
package struct OutcomeFileProblem: Error, Hashable, Sendable {
    /// Counted from 1, the header included.
    package var line: Int
    package var message: Text

    package init(line: Int, message: Text) {
        self.line = line
        self.message = message
    }
}

/// Outcomes as a table that people export: a header line with the names of `POST /api/v1/outcomes`, then one outcome a
/// line, separated by commas, semicolons or tabs. Each good line becomes the record that the API would have been sent,
/// so that an import and the API are read by the same code.
package struct OutcomeFile: Sendable {
    /// One JSON object each, with the line it came from.
    package private(set) var records: [(line: Int, json: [UInt8])] = []
    /// Lines that are left out.
    package private(set) var problems: [OutcomeFileProblem] = []

    /// All records as NDJSON: the body of a delivery.
    package var body: [UInt8] { body(of: records.indices) }

    /// Some of the records as NDJSON, for files that are larger than a delivery may be.
    package func body(of range: Range<Int>) -> [UInt8] {
        var body: [UInt8] = []
        for record in records[range.clamped(to: records.indices)] {
            body += record.json
            body.append(UInt8(ascii: "\n"))
        }
        return body
    }

    /// Never throws: a line that makes no sense takes none of its neighbours with it. The parameters are those of
    /// `OutcomeRecords.decode`.
    package static func records(
        _ bytes: [UInt8], home: Country, currency: String? = nil, source: String? = nil
    ) -> OutcomeFile {
        var file = OutcomeFile()
        let table = SeparatedValues(bytes, separator: separator(of: bytes))
        if let line = table.openQuote {
            file.report(line, id: "tanda kutip tidak ditutup", en: "a quotation mark is not closed")
            return file
        }
        var lines = table.records.filter { !$0.isEmpty }[...]
        guard let head = lines.popFirst() else {
            file.report(1, id: "berkas kosong", en: "the file is empty")
            return file
        }
        let names = head.cells.map { $0.lowercased().replacing(" ", with: "_") }
        guard names.contains("id"), Set(names.filter { !$0.isEmpty }).count == names.filter({ !$0.isEmpty }).count
        else {
            file.report(
                head.line,
                id: "baris pertama harus nama kolom, masing-masing satu kali: paling sedikit id, kind, dan at",
                en: "the first line must name the columns, each once: id, kind and at at least")
            return file
        }
        for line in lines {
            do throws(OutcomeFileProblem) {
                let json = try record(line, names)
                try check(json, line.line, home: home, currency: currency, source: source)
                file.records.append((line.line, json))
            } catch {
                file.problems.append(error)
            }
        }
        return file
    }

    private mutating func report(_ line: Int, id: String, en: String) {
        problems.append(Self.problem(line, id: id, en: en))
    }

    private static func problem(_ line: Int, id: String, en: String) -> OutcomeFileProblem {
        OutcomeFileProblem(line: line, message: Text(id: "baris \(line): \(id)", en: "line \(line): \(en)"))
    }

    /// The one that the header has most of.
    private static func separator(of bytes: [UInt8]) -> UInt8 {
        let head = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let choices = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        let counts = choices.map { choice in head.count { $0 == choice } }
        let most = counts.max() ?? 0
        return zip(choices, counts).first { $0.1 == most }?.0 ?? UInt8(ascii: ",")
    }

    // MARK: Lines

    private static func record(
        _ line: SeparatedValues.Record, _ names: [String]
    ) throws(OutcomeFileProblem) -> [UInt8] {
        guard line.cells.count <= names.count || line.cells[names.count...].allSatisfy(\.isEmpty) else {
            throw problem(
                line.line,
                id: "lebih banyak kolom daripada baris pertama; beri tanda kutip pada teks yang berisi pemisah",
                en: "more columns than the first line; put quotation marks around texts that hold a separator")
        }
        var writer = JSONWriter()
        writer.beginObject()
        for (name, cell) in zip(names, line.cells) where !name.isEmpty && !cell.isEmpty && cell != "null" {
            if amounts.contains(name), isAmbiguous(cell) {
                throw problem(
                    line.line, id: "\(name) tidak jelas; tulis 250000 atau 250000.00, tanpa pemisah ribuan",
                    en: "\(name) can be read in two ways; write 250000 or 250000.00, without thousands separators")
            }
            writer.key(name)
            writer.string(cell)
        }
        writer.endObject()
        return writer.bytes
    }

    private static let amounts: Set<String> = ["value", "refunded_value", "refund_value"]

    /// A comma, or exactly three digits behind the only point: `250.000` is a quarter of a million to some and 250 to
    /// others.
    private static func isAmbiguous(_ cell: String) -> Bool {
        if cell.contains(",") { return true }
        let parts = cell.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[1].utf8.count == 3 && parts[0].utf8.count <= 3 && parts[0] != "0"
    }

    private static func check(
        _ json: [UInt8], _ line: Int, home: Country, currency: String?, source: String?
    ) throws(OutcomeFileProblem) {
        guard let value = try? JSON.parse(json) else {
            throw problem(line, id: "tidak dapat dibaca", en: "cannot be read")
        }
        do throws(RecordProblem) {
            let reading = OutcomeRecordReading(
                value: value, number: line, unit: Text(id: "baris", en: "line"), home: home, currency: currency,
                source: source)
            _ = try reading.event()
        } catch {
            throw OutcomeFileProblem(line: line, message: error.message)
        }
    }
}
