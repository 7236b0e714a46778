import Analytics
import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// Questions and what may be asked.
extension Surfaces {
    private static let readers: Access = .roles([.analyst, .admin])

    func questionOperations() -> [Operation] { [query, metrics, dimensions, values] }

    private var query: Operation {
        Operation(
            .post, "/api/v1/query", access: Self.readers, group: .questions,
            summary: Text(id: "Ajukan pertanyaan", en: "Ask a question"),
            detail: Text(
                id: "Metrik, dimensi, filter, rentang, dan satuan waktu menjadi satu tabel. Jawabannya "
                    + "menyebut asal-usul angkanya. Dengan Accept: text/csv jawabannya CSV. "
                    + "Angka yang tidak ada bernilai null, tidak pernah 0.",
                en: "Metrics, dimensions, filters, a range and a grain become one table with its provenance. "
                    + "With Accept: text/csv the answer is CSV. A number that does not exist is null, never 0."),
            body: Accepted(type: "application/json", schema: .reference("Query"), example: APIExamples.query),
            answers: [
                .json(200, Text(id: "Jawaban", en: "The answer"), .reference("Answer"), example: APIExamples.answer),
                Answered(200, Text(id: "Jawaban", en: "The answer"), type: "text/csv", schema: .string),
                .problem(400, Text(id: "Bukan JSON", en: "Not JSON")),
                .problem(
                    422,
                    Text(id: "Metrik, dimensi, atau pasangan yang tidak ada", en: "Unknown metric, dimension or pair")),
            ]
        ) { [analyst] request, context in
            let body = try await request.bytes(upTo: Limits.apiBodyBytesMax)
            let query = try Query.parse(body)
            let answer = try await analyst.ask(query)
            guard Self.wantsCSV(request) else { return .json(answer.json(language: context.language)) }
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"pantau.csv\"",
                ], body: ResponseBody(byteBuffer: ByteBuffer(string: answer.csv())))
        }
    }

    static func wantsCSV(_ request: Request) -> Bool {
        // The first of the two that is named wins: nobody weighs CSV against JSON by decimals.
        for part in (request.headers[.accept] ?? "").lowercased().split(separator: ",") {
            let type = part.prefix { $0 != ";" }.filter { $0 != " " }
            if type == "text/csv" { return true }
            if type == "application/json" { return false }
        }
        return false
    }

    private var metrics: Operation {
        Operation(
            .get, "/api/v1/metrics", access: Self.readers, group: .questions,
            summary: Text(id: "Katalog metrik", en: "The catalogue of metrics"),
            detail: Text(
                id: "Tiap metrik dengan nama, definisi, rumus, satuan, fakta, dan dimensinya, dalam kedua bahasa. "
                    + "Metrik dari beberapa fakta dapat ditanyakan bersama bila semuanya punya dimensi yang dipakai.",
                en: "Every metric with its name, definition, formula, unit, fact and dimensions, in both languages. "
                    + "Metrics of several facts may be asked together when all of them have the dimensions used."),
            answers: [
                .json(
                    200, Text(id: "Katalog", en: "The catalogue"),
                    .object([.required("metrics", .array(.reference("Metric")))]))
            ]
        ) { _, _ in
            var writer = JSONWriter(reservingBytes: 16_384)
            writer.object {
                $0.member("metrics", array: { for metric in Catalogue.metrics { $0.object { metric.write(to: &$0) } } })
            }
            return .json(writer)
        }
    }

    private var dimensions: Operation {
        Operation(
            .get, "/api/v1/dimensions", access: Self.readers, group: .questions,
            summary: Text(id: "Katalog dimensi", en: "The catalogue of dimensions"),
            detail: Text(
                id: "Sifat yang dapat dipakai untuk memecah dan menyaring angka, dan fakta mana yang mempunyainya.",
                en: "The properties by which numbers can be split and filtered, and which facts have them."),
            answers: [
                .json(
                    200, Text(id: "Katalog", en: "The catalogue"),
                    .object([.required("dimensions", .array(.reference("Dimension")))]))
            ]
        ) { _, _ in
            var writer = JSONWriter(reservingBytes: 8192)
            writer.object {
                $0.member(
                    "dimensions",
                    array: {
                        for dimension in Dimension.allCases {
                            $0.object {
                                $0.member("id", dimension.rawValue)
                                $0.member("name", dimension.name)
                                $0.member("definition", dimension.definition)
                                $0.member("temporal", dimension.isTemporal)
                                let facts = Fact.allCases.filter { Dimension.all(of: $0).contains(dimension) }
                                $0.member("facts", array: { for fact in facts { $0.string(fact.rawValue) } })
                            }
                        }
                    })
            }
            return .json(writer)
        }
    }

    private var values: Operation {
        Operation(
            .get, "/api/v1/dimensions/{id}/values", access: Self.readers, group: .questions,
            summary: Text(id: "Nilai sebuah dimensi", en: "Values of a dimension"),
            detail: Text(
                id: "Nilai yang pernah muncul, yang paling banyak pesannya dalam 90 hari terakhir lebih dulu.",
                en: "Values that have occurred, those with most messages in the last 90 days first."),
            parameters: [
                .path("id", .word(Dimension.stored.map(\.rawValue)), Text(id: "Dimensi.", en: "The dimension.")),
                .query("limit", .integer, Text(id: "1 sampai 1000; bawaan 100.", en: "1 to 1000; 100 by default.")),
            ],
            answers: [
                .json(
                    200, Text(id: "Nilai", en: "The values"),
                    .object([.required("dimension", .string), .required("values", .array(.string))]),
                    example: #"{"dimension":"template","values":["promo_11_11","otp_login"]}"#),
                .problem(422, Text(id: "Dimensi tidak dikenal", en: "Unknown dimension")),
            ]
        ) { [store] request, context in
            let dimension = try Catalogue.requireDimension(context.parameters.get("id") ?? "")
            guard !dimension.isTemporal else {
                throw Failure(
                    .unprocessable,
                    id: "\(dimension.rawValue) dihitung dari waktu; nilainya tetap dan tidak perlu didaftar.",
                    en: "\(dimension.rawValue) is computed from the time; its values are fixed and not listed.")
            }
            let limit = try request.urlQuery.count("limit", standard: 100, max: 1000)
            let found = try await store.values(of: dimension, limit: limit)
            var writer = JSONWriter()
            writer.object {
                $0.member("dimension", dimension.rawValue)
                $0.member("values", array: { for value in found { $0.string(value) } })
            }
            return .json(writer)
        }
    }
}

extension Metric {
    func write(to writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("name", name)
        writer.member("definition", definition)
        writer.member("formula", formula)
        writer.member("unit", unit.rawValue)
        writer.member("direction", direction.rawValue)
        writer.member("fact", fact.rawValue)
        writer.member("maturity", maturity.rawValue)
        writer.member("definition_version", definitionVersion)
        writer.member("minimum_sample", minimumSample)
        writer.member("dimensions", array: { for dimension in dimensions { $0.string(dimension.rawValue) } })
    }
}

extension JSONWriter {
    mutating func member(_ name: String, _ text: Text) {
        member(
            name,
            object: {
                $0.member("id", text.id)
                $0.member("en", text.en)
            })
    }
}

extension URLQuery {
    /// A whole number from 1 to `max`; `standard` when it is absent.
    func count(_ name: String, standard: Int, max: Int) throws -> Int {
        guard let text = self[name] else { return standard }
        guard let count = Int(text), (1...max).contains(count) else {
            throw Failure(
                .malformed,
                id: "\(name) harus bilangan bulat dari 1 sampai \(max).",
                en: "\(name) must be a whole number from 1 to \(max).")
        }
        return count
    }
}
