import Analytics
import Catalogue
import Domain
import Hummingbird
import Storage
import Web

/// What a campaign truly brought, against the people held out from it.
extension Surfaces {
    private static let liftDimensions: [Dimension] = [
        .campaign, .variant, .template, .templateLanguage, .useCase, .phoneNumber, .waba, .country,
    ]
    /// The furthest that an effect is looked for.
    private static let windowDaysMax: Int64 = 90

    var lift: Operation {
        Operation(
            .get, "/api/v1/lift", access: Self.moneyReaders, group: .costs,
            summary: Text(id: "Dampak sebenarnya sebuah kampanye", en: "The true effect of a campaign"),
            detail: Text(
                id:
                    "Orang yang dikirimi dibandingkan dengan kelompok yang sengaja ditahan (`\"status\":\"held_out\"` "
                    + "pada catatan pengiriman): bagian yang mencapai hasil dalam window, selisihnya dengan selang "
                    + "95 %, dan berapa hasil yang tidak akan terjadi tanpa kampanye. Atribusi menyebut apa yang "
                    + "mendahului; hanya ini yang menyebut apa yang menyebabkan.",
                en:
                    "People who were sent it against a group that was held out on purpose (`\"status\":\"held_out\"` "
                    + "in the send log): the share with an outcome within window, the difference with its 95 % "
                    + "interval, and how many outcomes would not have come without it. Attribution tells what came "
                    + "before; only this tells what caused it."),
            parameters: [
                .query(
                    "kind", .string,
                    Text(
                        id: "Jenis hasil; boleh diulang; bawaan semua.",
                        en: "Kind of outcome; may be repeated; all by default.")),
                .query(
                    "window", .string,
                    Text(id: "Seperti 7d atau 48h; bawaan 7d.", en: "Such as 7d or 48h; 7d by default.")),
            ] + URLRange.parameters(standard: .last90Days) + URLConditions.parameters(Self.liftDimensions),
            answers: [
                .json(200, Text(id: "Dampaknya", en: "The effect"), .reference("Lift"), example: MoneyExamples.lift),
                .problem(400, Text(id: "Waktu atau parameter tidak terbaca", en: "A time or parameter cannot be read")),
                .problem(422, Text(id: "Filter atau jendela yang tidak mungkin", en: "Impossible filter or window")),
            ]
        ) { [analyst, now, workspace] request, _ in
            let query = request.urlQuery
            let filters = try URLConditions.read(
                query, Self.liftDimensions, others: URLRange.names + ["kind", "window"])
            let kinds = query.items.filter { $0.name == "kind" && !$0.value.isEmpty }.map(\.value)
            let seconds = try Self.window(query.word("window") ?? "7d")
            let lift = try await analyst.lift(
                filters: filters, kinds: kinds,
                range: try query.range(now: now(), in: workspace, standard: .last90Days), windowSeconds: seconds)
            var writer = JSONWriter()
            writer.object {
                lift.write(to: &$0)
                $0.member("window_seconds", seconds)
            }
            return .json(writer)
        }
    }

    /// `7d`, `48h`.
    private static func window(_ text: String) throws -> Int64 {
        let unit: Int64? =
            switch text.last {
            case "d": 86_400
            case "h": 3600
            default: nil
            }
        guard let unit, let count = Int64(text.dropLast()), count > 0, count <= windowDaysMax * 86_400 / unit else {
            throw Failure(
                .malformed, id: "window ditulis seperti 7d atau 48h, paling lama \(windowDaysMax)d.",
                en: "window is written such as 7d or 48h, at most \(windowDaysMax)d.")
        }
        return count * unit
    }
}

extension Lift {
    package func write(to writer: inout JSONWriter) {
        writer.member("treated", object: { Self.side(counts.treated, counts.treatedConverted, treatedRate, &$0) })
        writer.member("held_out", object: { Self.side(counts.heldOut, counts.heldOutConverted, heldOutRate, &$0) })
        writer.member("difference", difference)
        writer.member("difference_interval", interval)
        writer.member("relative", relative)
        writer.member("p_value", pValue)
        writer.member("extra_persons", extra)
        writer.member("extra_persons_interval", extraInterval)
        writer.member("enough", isEnough)
        writer.key("note")
        if let note {
            writer.object {
                $0.member("id", note.id)
                $0.member("en", note.en)
            }
        } else {
            writer.null()
        }
    }

    private static func side(_ persons: Int64, _ converted: Int64, _ rate: Double?, _ writer: inout JSONWriter) {
        writer.member("persons", persons)
        writer.member("converted", converted)
        writer.member("rate", rate)
    }
}
