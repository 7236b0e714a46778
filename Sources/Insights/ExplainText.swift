import Domain

/// `pantau explain`: a table as CSV in, the explanation as JSON out.
package enum ExplainText {
    /// Columns `real,predict`, or `real_a,real_b,predict_a,predict_b`; every other column is a dimension.
    package static func explain(_ csv: [UInt8]) throws(Failure) -> String {
        json(Explainer.explain(try table(csv)))
    }

    package static func table(_ csv: [UInt8]) throws(Failure) -> LeafTable {
        var reader = SeparatedRows(csv)
        guard let header = try reader.next() else {
            throw Failure(
                .malformed, id: "Masukan kosong; beri CSV dengan kolom dimensi dan real,predict.",
                en: "The input is empty; give CSV with dimension columns and real,predict.")
        }
        let names = header.map { String(decoding: $0, as: UTF8.self) }
        let wanted = try figureColumns(names)
        let dimensions = names.indices.filter { !wanted.contains($0) }
        guard !dimensions.isEmpty else {
            throw Failure(
                .unprocessable, id: "Baris pertama tidak menyebut kolom dimensi. Tambahkan paling sedikit satu.",
                en: "The first row names no dimension column. Add at least one.")
        }
        var columns = dimensions.map { ColumnBuilder(name: names[$0]) }
        var numbers = [[Double]](repeating: [], count: wanted.count)
        while let row = try reader.next() {
            guard row.count == names.count else {
                throw Failure(
                    .malformed,
                    id: "Baris \(reader.line): ada \(row.count) kolom, seharusnya \(names.count).",
                    en: "Line \(reader.line): \(row.count) columns where \(names.count) were expected.")
            }
            for (place, column) in wanted.enumerated() {
                numbers[place].append(try number(row[column], line: reader.line, column: names[column]))
            }
            for (place, column) in dimensions.enumerated() { columns[place].add(row[column]) }
        }
        let figures: LeafTable.Figures =
            wanted.count == 2
            ? .sums(real: numbers[0], expected: numbers[1])
            : .ratio(
                events: numbers[0], base: numbers[1], expectedEvents: numbers[2], expectedBase: numbers[3])
        return try LeafTable(columns: columns.map(\.column), figures: figures)
    }

    private static func figureColumns(_ names: [String]) throws(Failure) -> [Int] {
        let known = names.map { $0.lowercased() }
        for wanted in [["real_a", "real_b", "predict_a", "predict_b"], ["real", "predict"]] {
            let places = wanted.compactMap { known.firstIndex(of: $0) }
            if places.count == wanted.count { return places }
        }
        throw Failure(
            .malformed,
            id: "Baris pertama harus menyebut kolom real,predict atau real_a,real_b,predict_a,predict_b.",
            en: "The first row must name the columns real,predict or real_a,real_b,predict_a,predict_b.")
    }

    private static func number(_ field: ArraySlice<UInt8>, line: Int, column: String) throws(Failure) -> Double {
        guard let value = Double(String(decoding: field, as: UTF8.self)), value.isFinite else {
            throw Failure(
                .malformed,
                id: "Baris \(line): \(column) bukan angka. Isi, atau hapus baris itu.",
                en: "Line \(line): \(column) is not a number. Fill it in, or leave the row out.")
        }
        return value
    }

    private struct ColumnBuilder {
        let name: String
        private var places: [ArraySlice<UInt8>: Int32] = [:]
        private var values: [String] = []
        private var codes: [Int32] = []

        init(name: String) { self.name = name }

        mutating func add(_ field: ArraySlice<UInt8>) {
            if let place = places[field] {
                codes.append(place)
            } else {
                places[field] = Int32(values.count)
                codes.append(Int32(values.count))
                values.append(String(decoding: field, as: UTF8.self))
            }
        }

        var column: LeafTable.Column { .init(name: name, values: values, codes: codes) }
    }

    package static func json(_ explanation: Explanation) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("causes")
            write(explanation.causes, to: &writer)
            writer.key("alternatives")
            write(explanation.alternatives, to: &writer)
        }
        return writer.text
    }

    private static func write(_ causes: [ExplanationCause], to writer: inout JSONWriter) {
        writer.array { writer in
            for cause in causes {
                writer.object { writer in
                    writer.key("elements")
                    writer.array { writer in
                        for element in cause.elements {
                            writer.object { for pair in element.pairs { $0.member(pair.dimension, pair.value) } }
                        }
                    }
                    writer.key("share")
                    writer.number((cause.share * 10_000).rounded() / 10_000)
                }
            }
        }
    }
}

/// Rows of CSV as RFC 4180 has it: quotes, CRLF, a byte order mark, empty lines passed over. Fields are slices of the
/// bytes; blanks around unquoted ones are dropped.
struct SeparatedRows {
    private let bytes: [UInt8]
    private var at: Int
    /// Line on which the row that was read last ends.
    private(set) var line = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    mutating func next() throws(Failure) -> [ArraySlice<UInt8>]? {
        while at < bytes.count {
            let row = try row()
            if row.count > 1 || row.first?.isEmpty == false { return row }
        }
        return nil
    }

    private mutating func row() throws(Failure) -> [ArraySlice<UInt8>] {
        var fields: [ArraySlice<UInt8>] = []
        line += 1
        while true {
            fields.append(try field())
            guard at < bytes.count else { return fields }
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\n") { return fields }
            if byte == UInt8(ascii: "\r") {
                if at < bytes.count, bytes[at] == UInt8(ascii: "\n") { at += 1 }
                return fields
            }
        }
    }

    /// Ends on the comma, the end of the line or of the bytes.
    private mutating func field() throws(Failure) -> ArraySlice<UInt8> {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
        if at < bytes.count, bytes[at] == UInt8(ascii: "\"") { return try quoted() }
        let start = at
        while at < bytes.count, !Self.isEnd(bytes[at]) { at += 1 }
        var end = at
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return bytes[start..<end]
    }

    private mutating func quoted() throws(Failure) -> ArraySlice<UInt8> {
        let first = line
        at += 1
        var text: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") {
                guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
                    // Whatever stands between the closing quote and the comma is dropped.
                    while at < bytes.count, !Self.isEnd(bytes[at]) { at += 1 }
                    return text[...]
                }
                at += 1
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            text.append(byte)
        }
        throw Failure(
            .malformed, id: "Baris \(first): tanda kutip tidak ditutup.",
            en: "Line \(first): a quotation mark is not closed.")
    }

    private static func isEnd(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x0A || byte == 0x0D }
}
