import Catalogue
import Domain
import Hummingbird
import Storage
import Web

/// Outcomes one by one: lists, and the story of one with its share in every attribution model.
extension Surfaces {
    private static let path = "/api/v1/outcomes"
    private static let limitMax = 1000

    var outcomeList: Operation {
        Operation(
            .get, Self.path, access: Self.moneyReaders, group: .outcomes,
            summary: Text(id: "Daftar hasil", en: "List outcomes"),
            detail: Text(
                id: "Yang terbaru lebih dulu. unmatched: belum diketahui milik siapa, dicocokkan sendiri begitu "
                    + "identitasnya muncul. unattributed: milik seseorang, tetapi tanpa sentuhan WhatsApp dalam "
                    + "rentang mundurnya. Orangnya tidak disebut.",
                en: "The newest first. unmatched: nobody is known whose they are; they are matched by themselves once "
                    + "the identity appears. unattributed: somebody's, but without a touch on WhatsApp in the window "
                    + "before them. No person is named."),
            parameters: [
                .query(
                    "group", .word(OutcomeSelection.Group.allCases.map(\.rawValue)),
                    Text(id: "Bawaan all.", en: "all by default.")),
                .query("kind", .string, Text(id: "Jenis hasil.", en: "Kind of outcome.")),
                .query("source", .string, Text(id: "Sistem yang melaporkan.", en: "The system that told it.")),
                .query(
                    "limit", .integer,
                    Text(id: "1 sampai \(Self.limitMax); bawaan 100.", en: "1 to \(Self.limitMax); 100 by default.")),
            ] + URLRange.parameters(standard: .last28Days),
            answers: [
                .json(
                    200, Text(id: "Daftarnya", en: "The list"), .reference("OutcomeList"),
                    example: MoneyExamples.outcomes),
                .problem(400, Text(id: "Waktu atau parameter tidak terbaca", en: "A time or parameter cannot be read")),
            ]
        ) { [store, now, workspace] request, _ in
            let query = request.urlQuery
            _ = try URLConditions.read(query, [], others: URLRange.names + ["group", "kind", "source", "limit"])
            let limit = try query.count("limit", standard: 100, max: Self.limitMax)
            let selection = OutcomeSelection(
                range: try query.span(now: now(), in: workspace, standard: .last28Days),
                group: try query.choice("group") ?? .all, kind: query.word("kind"), source: query.word("source"),
                limit: limit + 1)
            let found = try await store.outcomes(selection)
            var writer = JSONWriter(reservingBytes: 512 + 320 * min(found.count, limit))
            writer.object {
                $0.member("range", selection.range)
                $0.member(
                    "outcomes", array: { for row in found.prefix(limit) { $0.object { row.write(to: &$0) } } })
                $0.member("more", found.count > limit)
            }
            return .json(writer)
        }
    }

    var outcomeStory: Operation {
        Operation(
            // An id may hold a slash, so the pattern takes everything that is left of the path.
            .get, Self.path + "/{source}/{id}", pattern: Self.path + "/**", access: Self.moneyReaders,
            group: .outcomes,
            summary: Text(id: "Satu hasil dan atribusinya", en: "One outcome and its attribution"),
            detail: Text(
                id: "Semua sentuhan sebelumnya dan bagian masing-masing di setiap model, berdampingan. Bagian satu "
                    + "model berjumlah 1; model last_click kosong bila tidak ada klik.",
                en: "Every touch before it with its share in each model, side by side. The shares of one model add up "
                    + "to 1; last_click has none without a click."),
            parameters: [
                .path("source", .string, Text(id: "Sistem yang melaporkan.", en: "The system that told it.")),
                .path("id", .string, Text(id: "ID di sistem itu.", en: "Its id there.")),
            ],
            answers: [
                .json(
                    200, Text(id: "Riwayatnya", en: "Its story"), .reference("OutcomeStory"),
                    example: MoneyExamples.outcome),
                .problem(404, Text(id: "Hasil tidak dikenal", en: "The outcome is not known")),
            ]
        ) { [store] request, _ in
            let rest = request.uri.path.utf8.dropFirst(Self.path.utf8.count + 1)
            let source = PercentCoding.decode(rest.prefix { $0 != UInt8(ascii: "/") })
            let id = PercentCoding.decode(rest.drop { $0 != UInt8(ascii: "/") }.dropFirst())
            guard !source.isEmpty, !id.isEmpty, let row = try await store.outcome(source: source, id: id) else {
                throw Failure(
                    .notFound, id: "Hasil ini tidak dikenal. Yang ada: GET /api/v1/outcomes.",
                    en: "This outcome is not known. Those there are: GET /api/v1/outcomes.")
            }
            let attribution = try await store.outcomeSettings().attribution
            var writer = JSONWriter()
            writer.object {
                row.write(to: &$0)
                $0.member("lookback_seconds", attribution.lookback(for: row.kind))
                $0.member("touches", array: { for credit in row.credits { $0.object { credit.write(to: &$0) } } })
            }
            return .json(writer)
        }
    }
}

extension OutcomeRow {
    package func write(to writer: inout JSONWriter) {
        writer.member("source", source)
        writer.member("id", id)
        writer.member("kind", kind)
        writer.member("standing", standing.rawValue)
        writer.member("at", RFC3339.format(at))
        writer.member("value", value)
        writer.member("refunded", refunded)
        writer.member("matched", isMatched)
        writer.member("hints", array: { for hint in hints { $0.string(hint) } })
        writer.member("conversation", conversation)
    }
}

extension CreditRow {
    package func write(to writer: inout JSONWriter) {
        writer.member("touch", touch.rawValue)
        writer.member("at", RFC3339.format(at))
        writer.member("message", message?.value)
        writer.member("dimensions", dimensions)
        writer.member(
            "shares",
            object: {
                for model in AttributionModel.allCases {
                    $0.key(model.rawValue)
                    $0.raw(Money.decimal(shares[model] ?? 0))
                }
            })
    }
}

extension URLQuery {
    /// A text of which something is left; nil when it is absent.
    func word(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }
}
