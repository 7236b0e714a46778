import Connectors
import Domain
import Hummingbird
import Storage
import Web

extension Surfaces {
    var deskEvents: Operation {
        Operation(
            .post, "/api/v1/desk-events", access: .roles([.ingest, .admin]), group: .desks,
            summary: Text(id: "Catat kejadian di aplikasi layanan", en: "Record what an agent desk knows"),
            detail: Text(
                id: "Pesan, status, penugasan, alih ke orang, prioritas, dan penilaian dari aplikasi layanan apa pun: "
                    + "objek JSON, larik, atau NDJSON. Aman diulang: pasangan source dan id yang sama dihitung sekali. "
                    + "Catatan yang salah disebut menurut urutannya (mulai dari 1) dan tidak menahan yang lain. "
                    + "Isi pesan tidak diperlukan; jangan dikirim.",
                en: "Messages, statuses, assignments, hand-offs, priorities and ratings of any agent desk: a JSON "
                    + "object, an array, or NDJSON. Safe to repeat: the same source and id count once. Bad records are "
                    + "told by their position (from 1) and do not hold back the others. The text of messages is not "
                    + "needed; leave it out."),
            body: Accepted(
                type: "application/json",
                schema: .anyOf([.reference("DeskEvent"), .array(.reference("DeskEvent"))]),
                example: ServiceExamples.deskEvent, lineSchema: .reference("DeskEvent")),
            answers: RecordBatch.answers(example: ServiceExamples.deskReceipt)
        ) { [inbox, now, telemetry] request, context in
            let body = try await request.bytes(upTo: Limits.apiBodyBytesMax)
            let receivedAt = now()
            let batch = try RecordBatch(body, envelopes: ["events", "records"]) { body in
                DeskEvents.decode(body, receivedAt: receivedAt).records
            }
            telemetry.deskEventsRejected.add(Int64(batch.rejections.count))
            guard !batch.delivery.isEmpty else { throw batch.nothingStored(context.language) }
            try await inbox.append(batch.delivery, source: .deskEvents, receivedAt: receivedAt)
            telemetry.deskEventsAccepted.add(Int64(batch.acceptedCount))
            var writer = JSONWriter()
            writer.object { batch.write(to: &$0, language: context.language) }
            return .json(writer)
        }
    }
}
