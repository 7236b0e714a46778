import Analytics
import Catalogue
import Domain
import Hummingbird
import Web

/// What waiting makes customers do.
extension Surfaces {
    var repeatEffect: Operation {
        Operation(
            .post, "/api/v1/repeat-effect", access: Self.waitReaders, group: .service,
            summary: Text(id: "Pengaruh menunggu pada pesan ulang", en: "What waiting does to repeat messages"),
            detail: Text(
                id: "Peluang pelanggan menulis lagi dan banyaknya pesan tambahan menurut lamanya menunggu, titik sejak "
                    + "kapan laju itu naik, dan satu kalimat kesimpulan. Isinya filters, range, dan timezone seperti "
                    + "pada /api/v1/query.",
                en: "How likely customers write again, and how many messages more, by how long they have waited; from "
                    + "when on that rate rises; and a sentence that sums it up. The body has filters, range and "
                    + "timezone as in /api/v1/query."),
            body: Accepted(
                type: "application/json", schema: .reference("RepeatQuestion"),
                example: ServiceExamples.repeatQuestion),
            answers: [
                .json(
                    200, Text(id: "Jawaban", en: "The answer"), .reference("RepeatEffect"),
                    example: ServiceExamples.repeatEffect),
                .problem(400, Text(id: "Bukan JSON", en: "Not JSON")),
                .problem(422, Text(id: "Filter atau rentang yang tidak ada", en: "Unknown filter or range")),
            ]
        ) { [analyst] request, _ in
            let body = try await request.bytes(upTo: Limits.apiBodyBytesMax)
            let query = try Query.parse(body)
            guard query == Query(metrics: [], filters: query.filters, range: query.range, timezone: query.timezone)
            else {
                throw Failure(
                    .unprocessable, id: "Di sini hanya filters, range, dan timezone yang dipakai; hapus yang lain.",
                    en: "Only filters, range and timezone have a meaning here; leave the others out.")
            }
            let effect = try await analyst.repeatEffect(
                filters: query.filters, range: query.range, timezone: query.timezone)
            var writer = JSONWriter(reservingBytes: 4096)
            writer.object { effect.write(to: &$0) }
            return .json(writer)
        }
    }
}

extension RepeatEffect {
    func write(to writer: inout JSONWriter) {
        writer.member("waits", waits)
        writer.member("sentence", sentence)
        writer.key("knee")
        if case .rises(let knee) = verdict {
            writer.object {
                $0.member("from_minutes", knee.fromMinutes)
                $0.member("to_minutes", knee.toMinutes)
                $0.member("extra_messages_per_minute_before", knee.before)
                $0.member("extra_messages_per_minute_after", knee.after)
                $0.member("after_interval", knee.afterInterval)
            }
        } else {
            writer.null()
        }
        writer.member("bands", array: { for band in bands { $0.object { band.write(to: &$0) } } })
    }
}

extension RepeatEffect.Band {
    func write(to writer: inout JSONWriter) {
        writer.member("from_minutes", fromMinutes)
        writer.member("to_minutes", toMinutes)
        writer.member("waiting", waiting)
        writer.member("exposure_minutes", exposureMinutes)
        writer.member("first_repeats", firstRepeats)
        writer.member("extra_messages", extraMessages)
        writer.member("repeats_per_minute", hazard)
        writer.member("repeats_per_minute_interval", hazardInterval)
        writer.member("extra_messages_per_minute", rate)
        writer.member("extra_messages_per_minute_interval", rateInterval)
        writer.member("repeated_by_end", repeatedByEnd)
    }
}

extension JSONWriter {
    /// Lower and upper end, or `null`.
    mutating func member(_ name: String, _ interval: Interval?) {
        key(name)
        guard let interval else { return null() }
        array {
            $0.number(interval.lower)
            $0.number(interval.upper)
        }
    }
}
