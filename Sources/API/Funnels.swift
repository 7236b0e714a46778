import Analytics
import Catalogue
import Domain
import Hummingbird
import Web

/// From send to outcome, and what each step cost.
extension Surfaces {
    /// What messages, costs and credits have in common, and what only results have.
    private static let funnelDimensions: [Dimension] = Dimension.stored.filter { dimension in
        [Fact.message, .charge, .credit].allSatisfy { Dimension.stored($0).contains(dimension) }
            || Dimension.ofResults.contains(dimension)
    }

    var funnel: Operation {
        Operation(
            .get, "/api/v1/funnel", access: Self.moneyReaders, group: .costs,
            summary: Text(id: "Corong: dari kirim sampai hasil", en: "The funnel: from send to outcome"),
            detail: Text(
                id: "Pesan yang dikirim pada rentang ini: dikirim → sampai → dibaca → dibalas atau diklik → "
                    + "menghasilkan, dengan biaya per langkah, nilai, dan hasil per biaya. Dengan by, satu baris per "
                    + "nilai dimensi. kind, source_system, touch, ad, dan model hanya menyaring langkah terakhir.",
                en: "Messages sent in the range: sent → delivered → read → replied or clicked → outcome, with the cost "
                    + "of each step, the value and the return on spend. With by, a line for each value of a "
                    + "dimension. kind, source_system, touch, ad and model filter the last step only."),
            parameters: [
                .query(
                    "by", .word(Self.funnelDimensions.map(\.rawValue)),
                    Text(id: "Dimensi untuk merinci.", en: "The dimension to split by.")),
                .query("limit", .integer, Text(id: "1 sampai 1000; bawaan 50.", en: "1 to 1000; 50 by default.")),
            ] + URLRange.parameters(standard: .last28Days) + URLConditions.parameters(Self.funnelDimensions),
            answers: [
                .json(
                    200, Text(id: "Corongnya", en: "The funnel"), .reference("Funnel"), example: MoneyExamples.funnel),
                .problem(400, Text(id: "Waktu atau parameter tidak terbaca", en: "A time or parameter cannot be read")),
                .problem(422, Text(id: "Dimensi atau filter yang tidak mungkin", en: "Impossible dimension or filter")),
            ]
        ) { [analyst, now, workspace] request, context in
            let query = request.urlQuery
            let filters = try URLConditions.read(
                query, Self.funnelDimensions, others: URLRange.names + ["by", "limit"])
            let dimension = try query.word("by").map(Catalogue.requireDimension)
            let funnel = try await analyst.funnel(
                by: dimension, filters: filters,
                range: try query.range(now: now(), in: workspace, standard: .last28Days),
                limit: dimension == nil ? nil : try query.count("limit", standard: 50, max: 1000))
            var writer = JSONWriter(reservingBytes: 1024 + 700 * funnel.lines.count)
            writer.object { funnel.write(to: &$0, language: context.language) }
            return .json(writer)
        }
    }
}

extension Funnel {
    package func write(to writer: inout JSONWriter, language: Language) {
        writer.member("by", dimension?.rawValue)
        if dimension != nil {
            writer.member("lines", array: { for line in lines { $0.object { line.write(to: &$0) } } })
        }
        writer.member("total", object: { total.write(to: &$0) })
        writer.member("notes", array: { for note in notes { $0.string(note(language)) } })
    }
}

extension Funnel.Line {
    func write(to writer: inout JSONWriter) {
        writer.member("key", key)
        writer.member(
            "steps",
            array: {
                for stage in stages {
                    $0.object {
                        $0.member("step", stage.step.rawValue)
                        $0.member("name", stage.step.name)
                        $0.member("messages", stage.count)
                        $0.member("of_before", stage.ofBefore)
                        $0.member("of_sent", stage.ofFirst)
                        $0.member("cost_each", stage.costEach)
                    }
                }
            })
        writer.key("outcomes")
        if let outcomes { writer.raw(Money.decimal(outcomes)) } else { writer.null() }
        writer.member("cost", cost)
        writer.member("value", value)
        writer.member("return_on_spend", returnOnSpend)
        writer.member("messages_without_price", unknownPrices)
        writer.member("maturity", maturity)
    }
}
