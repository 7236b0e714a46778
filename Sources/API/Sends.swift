import Connectors
import Domain
import Hummingbird
import Storage
import Web

extension Surfaces {
    func sendOperations() -> [Operation] {
        [
            Operation(
                .post, "/api/v1/sends", access: .roles([.ingest, .admin]), group: .sends,
                summary: Text(id: "Catat pengiriman", en: "Record sends"),
                detail: Text(
                    id: "Objek JSON, larik, atau NDJSON. Aman diulang: message_id (atau id) yang sama dihitung sekali. "
                        + "Catatan yang salah disebut menurut urutannya (mulai dari 1) dan tidak menahan yang lain.",
                    en: "A JSON object, an array, or NDJSON. Safe to repeat: the same message_id (or id) counts once. "
                        + "Bad records are told by their position (from 1) and do not hold back the others."),
                body: Accepted(
                    type: "application/json",
                    schema: .anyOf([.reference("Send"), .array(.reference("Send"))]), example: APIExamples.send,
                    lineSchema: .reference("Send")),
                answers: RecordBatch.answers(example: APIExamples.sendReceipt), handler: recordSends)
        ]
    }

    @Sendable private func recordSends(_ request: Request, _ context: WebContext) async throws -> Response {
        let body = try await request.bytes(upTo: Limits.apiBodyBytesMax)
        let receivedAt = now()
        let batch = try RecordBatch(body, envelopes: ["sends", "records"]) { body in
            SendLog.decode(body, receivedAt: receivedAt).records
        }
        let language = context.language
        guard !batch.delivery.isEmpty else { throw batch.nothingStored(language) }
        try await inbox.append(batch.delivery, source: .sendLog, receivedAt: receivedAt)
        var writer = JSONWriter()
        writer.object { batch.write(to: &$0, language: language) }
        return .json(writer)
    }
}
