import Connectors
import Domain
import Hummingbird
import Storage
import Web

extension Surfaces {
    /// Reads a phone number in any notation; nil for what is none.
    var phoneReader: @Sendable (String) -> String? {
        { [home] text in PhoneNotation.digits(text, home: home.country) }
    }

    func outcomeOperations() -> [Operation] {
        [
            Operation(
                .post, "/api/v1/outcomes", access: .roles([.ingest, .admin]), group: .outcomes,
                summary: Text(id: "Catat hasil usaha", en: "Record outcomes"),
                detail: Text(
                    id: "Pembayaran, pemesanan, prospek, tiket selesai, atau kata sendiri: objek JSON, larik, atau "
                        + "NDJSON. Aman diulang: pasangan source dan id yang sama dihitung sekali. Catatan yang salah "
                        + "disebut menurut urutannya (mulai dari 1) dan tidak menahan yang lain.",
                    en:
                        "Payments, bookings, leads, resolved tickets, or words of your own: a JSON object, an array or "
                        + "NDJSON. Safe to repeat: the same source and id count once. Bad records are told by their "
                        + "position (from 1) and do not hold back the others."),
                body: Accepted(
                    type: "application/json",
                    schema: .anyOf([.reference("Outcome"), .array(.reference("Outcome"))]),
                    example: OutcomeExamples.outcome, lineSchema: .reference("Outcome")),
                answers: RecordBatch.answers(example: OutcomeExamples.receipt), handler: recordOutcomes)
        ]
    }

    @Sendable private func recordOutcomes(_ request: Request, _ context: WebContext) async throws -> Response {
        let body = try await request.bytes(upTo: Limits.apiBodyBytesMax)
        let receivedAt = now()
        let batch = try RecordBatch(body, envelopes: ["outcomes", "records"]) { body in
            OutcomeRecords.decode(body, receivedAt: receivedAt, home: home.country, currency: home.currency).records
        }
        telemetry.outcomesRejected.add(Int64(batch.rejections.count))
        guard !batch.delivery.isEmpty else { throw batch.nothingStored(context.language) }
        try await inbox.append(batch.delivery, source: .outcomes, receivedAt: receivedAt)
        telemetry.outcomesAccepted.add(Int64(batch.acceptedCount))
        var writer = JSONWriter()
        writer.object { batch.write(to: &$0, language: context.language) }
        return .json(writer)
    }
}
