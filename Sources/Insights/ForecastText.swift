import Domain

/// `pantau forecast`: `timestamp,value` as CSV in, `timestamp,mean,lo80,hi80,lo95,hi95` out.
package enum ForecastText {
    package enum Form: String, Sendable, CaseIterable {
        case csv, json
    }

    /// - Parameter seasons: in steps; nil for what steps of this length usually have (24 and 168 for hours).
    package static func forecast(
        _ csv: [UInt8], horizon: Int, seasons: [Int]? = nil, form: Form = .csv
    ) throws(Failure) -> String {
        let series = try series(csv)
        let request = ForecastRequest(
            values: series.values, seasons: seasons ?? series.usualSeasons, horizon: horizon)
        let points = try Forecaster.forecast(request).points
        var text = form == .csv ? "timestamp,mean,lo80,hi80,lo95,hi95\n" : "["
        for (step, point) in points.enumerated() {
            let timestamp = series.timestamp(series.values.count + step)
            let numbers = [point.mean, point.low80, point.high80, point.low95, point.high95].map(decimal)
            switch form {
            case .csv: text += timestamp + "," + numbers.joined(separator: ",") + "\n"
            case .json:
                var writer = JSONWriter()
                writer.object { writer in
                    writer.member("timestamp", timestamp)
                    for (name, number) in zip(["mean", "lo80", "hi80", "lo95", "hi95"], numbers) {
                        writer.key(name)
                        writer.raw(number)
                    }
                }
                text += (step == 0 ? "\n  " : ",\n  ") + writer.text
            }
        }
        return form == .csv ? text : text + "\n]\n"
    }

    static func series(_ csv: [UInt8]) throws(Failure) -> EvenSeries {
        var reader = SeparatedRows(csv)
        guard let first = try reader.next() else {
            throw Failure(
                .malformed, id: "Masukan kosong; beri CSV dengan kolom timestamp dan value.",
                en: "The input is empty; give CSV with the columns timestamp and value.")
        }
        let names = first.map { String(decoding: $0, as: UTF8.self) }
        let known = names.map { $0.lowercased() }
        var columns = (time: 0, value: 1)
        var rows: [(time: Double, value: Double?)] = []
        var layout: TimestampLayout?
        if let time = known.firstIndex(of: "timestamp"), let value = known.firstIndex(of: "value") {
            columns = (time, value)
        } else if names.count == 2, let (time, spelled) = TimestampLayout.read(names[0]) {
            // No header: a file that begins with its first row.
            rows.append((time, try number(first[1], line: reader.line)))
            layout = spelled
        } else if names.count != 2 {
            throw Failure(
                .malformed, id: "Baris pertama harus menyebut kolom timestamp dan value, dipisah koma.",
                en: "The first row must name the columns timestamp and value, with a comma between.")
        }
        while let row = try reader.next() {
            guard row.count > max(columns.time, columns.value) else {
                throw Failure(
                    .malformed, id: "Baris \(reader.line): kolomnya kurang; perlu timestamp dan value.",
                    en: "Line \(reader.line): a column is missing; timestamp and value are needed.")
            }
            let spelled = String(decoding: row[columns.time], as: UTF8.self)
            guard let (time, form) = TimestampLayout.read(spelled) else {
                throw Failure(
                    .malformed,
                    id: "Baris \(reader.line): waktunya tidak terbaca; tulis seperti 2026-11-23T10:00:00Z.",
                    en: "Line \(reader.line): the timestamp cannot be read; write it as 2026-11-23T10:00:00Z.")
            }
            rows.append((time, try number(row[columns.value], line: reader.line)))
            layout = form
        }
        guard let layout else {
            throw Failure(
                .unprocessable, id: "Tidak ada baris data di bawah baris judul.",
                en: "There is no row below the header.")
        }
        return EvenSeries(rows, layout: layout)
    }

    private static func number(_ field: ArraySlice<UInt8>, line: Int) throws(Failure) -> Double? {
        let text = String(decoding: field, as: UTF8.self)
        if ["", "nan", "null", "na", "n/a", "none"].contains(text.lowercased()) { return nil }
        guard let value = Double(text), value.isFinite, abs(value) < 1e150 else {
            throw Failure(
                .malformed, id: "Baris \(line): nilainya bukan angka; kosongkan bila tidak ada.",
                en: "Line \(line): the value is not a number; leave it empty where there is none.")
        }
        return value
    }

    /// Six digits at most behind the point; tiny numbers in full.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        guard abs(value) >= 1e-3 || value == 0 else { return value.description }
        let rounded = abs(value) < 1e9 ? (value * 1e6).rounded() / 1e6 : value.rounded()
        if let whole = Int64(exactly: rounded) { return String(whole) }
        return rounded.description
    }
}
