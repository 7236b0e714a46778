import Catalogue
import Domain
import Insights

extension WhyQuestion {
    /// Reads the body of `POST /api/v1/why`: `metric`, `segment` (or `filters`), `at` or `range`, `compare`.
    package static func parse(_ body: [UInt8], now: Instant, workspace: Workspace) throws(Failure) -> WhyQuestion {
        guard let value = try? JSON.parse(body), value.isObject else {
            throw Failure(
                .malformed, id: "Isi permintaan bukan objek JSON yang benar.",
                en: "The request body is not a valid JSON object.")
        }
        let known = ["metric", "segment", "filters", "at", "range", "compare", "timezone"]
        for key in value.keys where !known.contains(key) {
            throw Failure(
                .unprocessable,
                id: "Kunci \"\(String(key.prefix(64)))\" tidak dikenal. Pilihannya: \(known.joined(separator: ", ")).",
                en: "Unknown key \"\(String(key.prefix(64)))\". Choices: \(known.joined(separator: ", ")).")
        }
        guard let metric = value["metric"]?.string else {
            throw Failure(
                .unprocessable, id: "Sebutkan satu metrik di \"metric\".", en: "Name one metric in \"metric\".")
        }
        // Filters, range, comparison and zone are those of a query.
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("metrics", array: { $0.string(metric) })
            for key in ["filters", "range", "compare", "timezone"] {
                guard let member = value.member(named: key) else { continue }
                writer.key(key)
                writer.value(member)
            }
        }
        var query = try Query.parse(writer.bytes)
        let members: [(key: String, value: JSON.Value)] = value["segment"].map { Array($0.members) } ?? []
        for member in members {
            let dimension = try Catalogue.requireDimension(member.key)
            let filter =
                member.value.isNull
                ? Filter(dimension: dimension, op: .isNull)
                : Filter(dimension: dimension, op: .isIn, values: [member.value.string ?? ""])
            query.filters.append(filter)
        }
        if let at = value["at"]?.string {
            query.range = try range(at: at, now: now, timezone: query.timezone, workspace)
        }
        return WhyQuestion(
            metric: metric, filters: query.filters, range: query.range, compare: query.compare ?? .previousPeriod,
            timezone: query.timezone)
    }

    /// The local day of a date, or the six hours around an instant: as much of it as is over.
    package static func range(
        at text: String, now: Instant, timezone: String?, _ workspace: Workspace
    ) throws(Failure) -> QueryRange {
        if let date = LocalDate(text) { return .dates(from: date, to: date.adding(days: 1)) }
        guard let at = RFC3339.parse(text) else {
            throw Failure(
                .unprocessable,
                id: "\"at\" harus tanggal seperti 2026-11-22 atau waktu seperti 2026-11-22T10:00:00+07:00.",
                en: "\"at\" must be a date such as 2026-11-22 or a time such as 2026-11-22T10:00:00+07:00.")
        }
        let quarter = QuarterHour(containing: at).start
        let latest = QuarterHour(containing: now).start
        let to = min(quarter.adding(seconds: 3 * 3600), max(latest, quarter.adding(seconds: 900)))
        return .instants(from: to.adding(seconds: -6 * 3600), to: to)
    }
}

extension WhyAnswer {
    package func json() -> JSONWriter {
        var writer = JSONWriter(reservingBytes: 4_096)
        writer.object { writer in
            writer.member("metric", metric.id)
            writer.member("range", object: { Self.write(range, to: &$0) })
            writer.member("compared_with", object: { Self.write(before, to: &$0) })
            writer.member("value", value)
            writer.member("value_before", valueBefore)
            writer.member("unit", metric.unit.rawValue)
            writer.member("currency", currency)
            writer.member("rate_effect", rateEffect)
            writer.member("mix_effect", mixEffect)
            writer.member("causes", array: { list in causes.forEach { $0.write(to: &list) } })
            writer.member("alternatives", array: { list in alternatives.forEach { $0.write(to: &list) } })
            writer.member(
                "error_codes",
                array: { list in
                    for code in codes {
                        list.object {
                            $0.member("code", code.code)
                            $0.member("count", code.count)
                            $0.member("expected", code.expected)
                            $0.member("title", object: { ErrorCatalogue[code.code].title.write(to: &$0) })
                            $0.member("remedy", object: { ErrorCatalogue[code.code].remedy.write(to: &$0) })
                        }
                    }
                })
            writer.member("marks", array: { list in marks.forEach { $0.write(to: &list) } })
            writer.member("leaves", leafCount)
            writer.member(
                "notes",
                array: { list in
                    for note in notes { list.object { note.write(to: &$0) } }
                })
            writer.key("query")
            writer.raw(query)
        }
        return writer
    }

    private static func write(_ range: Range<Instant>, to writer: inout JSONWriter) {
        writer.member("from", RFC3339.format(range.lowerBound))
        writer.member("to", RFC3339.format(range.upperBound))
    }
}

extension WhyAnswer.Reason {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member(
                "elements",
                array: { list in
                    for segment in segments { list.object { segment.write(to: &$0) } }
                })
            writer.member("share", share)
            writer.member("deviation", deviation)
            writer.member("real", real)
            writer.member("expected", expected)
            writer.member("rate", rate)
            writer.member("rate_before", rateBefore)
            writer.member("outside_rate", outsideRate)
            writer.member("outside_rate_before", outsideRateBefore)
            writer.member("text", object: { text.write(to: &$0) })
            writer.key("query")
            writer.raw(query)
        }
    }
}
