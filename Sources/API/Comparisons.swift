import Analytics
import Domain
import HTTPTypes
import Hummingbird
import Web

/// Which of several templates or variants is better.
extension Surfaces {
    var compare: Operation {
        Operation(
            .post, "/api/v1/compare", access: Self.aheadReaders, group: .ahead,
            summary: Text(id: "Bandingkan templat atau varian", en: "Compare templates or variants"),
            detail: Text(
                id: "Dua atau lebih templat, varian, atau bahasa dibandingkan pada satu ukuran: delivery, read, reply, "
                    + "click, atau outcome. Ujinya berlaku berapa kali pun dilihat, jadi boleh diintip setiap hari. "
                    + "better terisi hanya bila satu terbukti lebih baik dari semua yang lain dan tidak lebih banyak "
                    + "membuat orang berhenti atau lebih mahal per hasil. Sebut shares bila penerima dibagi menurut "
                    + "rencana; pembagian yang melenceng membatalkan putusan.",
                en: "Two or more templates, variants or languages are compared by one measure: delivery, read, reply, "
                    + "click or outcome. The test holds however often one looks, so one may peek every day. better is "
                    + "set only when one is proven better than each of the others and neither makes more people opt "
                    + "out nor costs more for a result. Give shares where recipients were shared out by a plan; shares "
                    + "that went astray void the verdict."),
            body: Accepted(
                type: "application/json", schema: .reference("CompareQuestion"), example: AheadExamples.compare),
            answers: [
                .json(
                    200, Text(id: "Perbandingannya", en: "The comparison"), .reference("Comparison"),
                    example: AheadExamples.comparison),
                .problem(400, Text(id: "Bukan JSON", en: "Not JSON")),
                .problem(422, Text(id: "Yang dibandingkan tidak masuk akal", en: "What is compared makes no sense")),
            ]
        ) { [analyst] request, _ in
            let question = try CompareQuestion.parse(try await request.bytes(upTo: Limits.apiBodyBytesMax))
            return .json(try await analyst.compare(question).json())
        }
    }
}
