import Analytics
import Catalogue
import Domain
import Hummingbird
import Storage
import Web

/// One template's life.
extension Surfaces {
    private static let templatePath = "/api/v1/templates/"

    var template: Operation {
        Operation(
            .get, "/api/v1/templates/{name}", pattern: "/api/v1/templates/**", access: .roles([.analyst, .admin]),
            group: .stories,
            summary: Text(id: "Riwayat satu templat", en: "The life of one template"),
            detail: Text(
                id: "Semua perubahan status, mutu, kategori, dan isi yang diberitahukan Meta, dari yang terlama, juga "
                    + "di luar rentang mana pun. Untuk \(TemplateLife.effectsMax) yang terbaru: angka 7 hari sebelum "
                    + "dan 7 hari sesudahnya menurut waktu kirim, dengan sampel dan selang 95 %. Yang berubah "
                    + "sesudahnya belum tentu berubah karenanya.",
                en: "Every change of status, quality, category and content that Meta told, oldest first, outside of "
                    + "any range too. For the \(TemplateLife.effectsMax) newest: the numbers of the 7 days before and "
                    + "the 7 days after by the time of the send, with sample and 95 % interval. What moved after it "
                    + "need not have moved because of it."),
            parameters: [
                .path("name", .string, Text(id: "Nama templat.", en: "The template's name."))
            ],
            answers: [
                .json(
                    200, Text(id: "Riwayatnya", en: "Its life"), .reference("TemplateLife"),
                    example: APIExamples.templateLife)
            ]
        ) { [analyst] request, _ in
            let name = PercentCoding.decode(request.uri.path.utf8.dropFirst(Self.templatePath.utf8.count))
            guard !name.isEmpty, name.utf8.count <= Limits.labelBytesMax else {
                throw Failure(
                    .notFound, id: "Sebutkan nama templatnya: GET /api/v1/templates/promo_11_11.",
                    en: "Name the template: GET /api/v1/templates/promo_11_11.")
            }
            let life = try await analyst.life(ofTemplate: name)
            var writer = JSONWriter()
            writer.object { life.write(to: &$0) }
            return .json(writer)
        }
    }
}

extension TemplateLife {
    package func write(to writer: inout JSONWriter) {
        writer.member("template", template)
        writer.member(
            "states",
            array: {
                for state in states {
                    $0.object {
                        $0.member("language", state.language)
                        $0.member("status", state.status)
                        $0.member("quality", state.quality)
                        $0.member("category", state.category)
                    }
                }
            })
        writer.member(
            "marks",
            array: {
                for moment in moments {
                    $0.object {
                        moment.mark.write(to: &$0)
                        $0.member("kind", moment.mark.kind.rawValue)
                        $0.key("effect")
                        if let effect = moment.effect { $0.object { effect.write(to: &$0) } } else { $0.null() }
                    }
                }
            })
    }
}

extension MarkEffect {
    func write(to writer: inout JSONWriter) {
        writer.member("before", object: { Self.window(before, messagesBefore, &$0) })
        writer.member("after", object: { Self.window(after, messagesAfter, &$0) })
        writer.member("after_is_over", isOver)
        writer.member("maturity", maturity)
        writer.member("other_marks", neighbours)
        writer.member(
            "metrics",
            array: {
                for line in lines {
                    $0.object {
                        $0.member("metric", line.metric.id)
                        $0.member("before", object: { line.before.write(to: &$0) })
                        $0.member("after", object: { line.after.write(to: &$0) })
                        $0.member("difference_interval", line.difference)
                        $0.member("small_sample", line.isSmall)
                    }
                }
            })
    }

    private static func window(_ range: Range<Instant>, _ messages: Int64, _ writer: inout JSONWriter) {
        writer.member("range", range)
        writer.member("messages", messages)
    }
}

extension MarkEffect.Side {
    func write(to writer: inout JSONWriter) {
        writer.member("value", value)
        writer.member("sample", sample)
        writer.member("interval", interval)
        if let currency { writer.member("currency", currency) }
    }
}
