import Analytics
import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Web

/// The people behind a number. The only answer that names persons: for keys that may, and each use is noted.
extension Surfaces {
    private static let limitMax = 100_000

    func recipientOperations() -> [Operation] {
        [
            Operation(
                .post, "/api/v1/recipients", access: .roles([.export, .admin]), group: .stories,
                summary: Text(id: "Orang di balik sebuah angka", en: "The people behind a number"),
                detail: Text(
                    id: "Penerima pesan yang dihitung sebuah ukuran, misalnya failed atau wasted, untuk rentang dan "
                        + "filter yang sama dengan pertanyaannya. Berisi nomor telepon: hanya untuk kunci dengan "
                        + "peran export atau admin, dan setiap pemakaian dicatat di log (siapa dan berapa baris, "
                        + "tidak pernah nomornya). Dengan Accept: text/csv jawabannya CSV.",
                    en: "Recipients of the messages that a measure counts, such as failed or wasted, for the range and "
                        + "filters of the question. Holds phone numbers: only for keys of the role export or admin, "
                        + "and each use is logged (who and how many rows, never whom). With Accept: text/csv the "
                        + "answer is CSV."),
                body: Accepted(
                    type: "application/json", schema: .reference("RecipientQuestion"),
                    example: MoneyExamples.recipientQuestion),
                answers: [
                    .json(
                        200, Text(id: "Daftarnya", en: "The list"), .reference("Recipients"),
                        example: MoneyExamples.recipients),
                    Answered(200, Text(id: "Daftarnya", en: "The list"), type: "text/csv", schema: .string),
                    .problem(400, Text(id: "Bukan JSON", en: "Not JSON")),
                    .problem(
                        422,
                        Text(id: "Ukuran, filter, atau rentang tidak dikenal", en: "Unknown measure, filter or range")),
                ], handler: listRecipients)
        ]
    }

    @Sendable private func listRecipients(_ request: Request, _ context: WebContext) async throws -> Response {
        let body = try await request.bytes(upTo: Limits.apiBodyBytesMax)
        let (question, measure) = try Self.recipientQuestion(body)
        let limit = question.limit ?? Self.limitMax
        guard (1...Self.limitMax).contains(limit) else {
            throw Failure(
                .unprocessable, id: "limit harus dari 1 sampai \(Self.limitMax).",
                en: "limit must be from 1 to \(Self.limitMax).")
        }
        let selection = try RecipientSelection.checked(
            range: question.range, filters: question.filters, measure: measure, limit: limit + 1,
            timezone: question.timezone, now: now(), workspace: workspace)
        let found = try await store.recipients(selection)
        let shown = found.prefix(limit)
        try await note(.exportedRecipients, context, subject: measure, rows: shown.count)
        context.logger.notice(
            "recipients listed",
            metadata: [
                "key": "\(context.identity?.name ?? "")", "role": "\(context.identity?.role.rawValue ?? "")",
                "rows": "\(shown.count)",
            ])
        if Self.wantsCSV(request) { return Self.csv(RecipientTable.csv(shown)) }
        var writer = JSONWriter(reservingBytes: 512 + 256 * shown.count)
        writer.object {
            $0.member("range", selection.range)
            $0.member("recipients", array: { for person in shown { $0.object { person.write(to: &$0) } } })
            $0.member("more", found.count > limit)
        }
        var response = Response.json(writer)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// A query with nothing but range, filters, timezone and limit, and a measure beside them.
    private static func recipientQuestion(_ body: [UInt8]) throws -> (query: Query, measure: String?) {
        guard let root = try? JSON.parse(body), root.isObject else { return (try Query.parse(body), nil) }
        var writer = JSONWriter(reservingBytes: body.count)
        writer.object {
            for (key, value) in root.members where key != "measure" {
                $0.key(key)
                $0.value(value)
            }
        }
        let query = try Query.parse(writer.bytes)
        guard
            query
                == Query(
                    metrics: [], filters: query.filters, range: query.range, timezone: query.timezone,
                    limit: query.limit)
        else {
            throw Failure(
                .unprocessable,
                id: "Di sini hanya measure, filters, range, timezone, dan limit yang dipakai; hapus yang lain.",
                en: "Only measure, filters, range, timezone and limit have a meaning here; leave the others out.")
        }
        guard let measure = root["measure"] else { return (query, nil) }
        guard measure.kind == .string, let word = measure.string else {
            throw Failure(.malformed, id: "\"measure\" harus berupa teks.", en: "\"measure\" must be a string.")
        }
        return (query, word)
    }

    private static func csv(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"pantau-recipients.csv\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension Recipient {
    func write(to writer: inout JSONWriter) {
        writer.member("message", message.value)
        writer.member("phone", phone)
        writer.member("user_id", userID)
        writer.member("sent_at", RFC3339.format(sentAt))
        writer.member(
            "measures",
            array: {
                for measure in MessageMeasure.allCases where measures.contains(measure) { $0.string(measure.column) }
            })
        writer.member("dimensions", dimensions)
    }
}
