import Connectors
import Domain
import Hummingbird
import Storage
import Web

/// A send log in one body, taken apart: the records that can be used, as they came, and what is wrong with the rest.
struct SendBatch {
    struct Rejection {
        /// Position among the records of the body, from 1; 0 when the body as a whole is at fault.
        var index: Int
        var detail: Text
    }
    private(set) var acceptedCount = 0
    private(set) var rejectedCount = 0
    private(set) var rejections: [Rejection] = []
    /// What is to be stored: the body itself when every record is good, else an array of the good ones, each of them
    /// byte for byte. Empty when none is.
    private(set) var delivery: [UInt8] = []

    /// An answer lists no more than this: a file of the wrong kind has nothing but bad records.
    static let rejectionsListedMax = 100

    init(_ body: [UInt8], receivedAt: Instant) throws {
        guard body.contains(where: { !Self.isBlank($0) }) else { throw Self.empty }
        let records = SendLog.decode(body, receivedAt: receivedAt).records
        for record in records {
            switch record {
            case .success: acceptedCount += 1
            case .failure(let problem):
                rejectedCount += 1
                if rejections.count < Self.rejectionsListedMax {
                    rejections.append(Rejection(index: problem.record, detail: problem.message))
                }
            }
        }
        guard rejectedCount > 0 else {
            delivery = body
            return
        }
        let sources = Self.sources(of: body)
        guard acceptedCount > 0, sources.count == records.count else { return }
        delivery = [UInt8(ascii: "[")]
        for (source, record) in zip(sources, records) {
            guard case .success = record else { continue }
            if delivery.count > 1 { delivery.append(UInt8(ascii: ",")) }
            delivery.append(contentsOf: source)
        }
        delivery.append(UInt8(ascii: "]"))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// The bytes of each record of a body that holds several.
    private static func sources(of body: [UInt8]) -> [ArraySlice<UInt8>] {
        if let root = try? JSON.parse(body) {
            let list = root.isArray ? root : root["sends"] ?? root["records"] ?? root
            return list.elements.map { element in
                let range = element.byteRange
                // A string's range leaves its quotes out; it is no record, but its place counts.
                return body[range]
            }
        }
        return body.split(separator: 0x0A).filter { line in !line.allSatisfy(Self.isBlank) }
    }

    func write(to writer: inout JSONWriter, language: Language) {
        writer.member("accepted", acceptedCount)
        writer.member("rejected_count", rejectedCount)
        writer.member(
            "rejected",
            array: {
                for rejection in rejections {
                    $0.object {
                        $0.member("index", rejection.index)
                        $0.member("detail", rejection.detail(language))
                    }
                }
            })
    }

    private static let empty = Failure(
        .malformed,
        id: "Isi permintaan kosong. Kirim objek JSON, larik, atau NDJSON (satu objek per baris).",
        en: "The body is empty. Send a JSON object, an array, or NDJSON (one object a line).")
}

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
                    schema: .anyOf([.reference("Send"), .array(.reference("Send"))]), example: APIExamples.send),
                answers: [
                    .json(
                        200,
                        Text(
                            id: "Tersimpan; yang ditolak disebut satu per satu",
                            en: "Stored; rejected ones are listed"),
                        .reference("SendReceipt"), example: APIExamples.sendReceipt),
                    .problem(400, Text(id: "Isi kosong", en: "Empty body")),
                    .problem(413, Text(id: "Lebih dari 16 MiB", en: "More than 16 MiB")),
                    .problem(
                        422,
                        Text(
                            id: "Tidak ada catatan yang benar; tidak ada yang disimpan",
                            en: "No record is valid; nothing stored")),
                    .problem(503, Text(id: "Belum tersimpan: kirim lagi", en: "Not stored: send it again")),
                ], handler: recordSends)
        ]
    }

    @Sendable private func recordSends(_ request: Request, _ context: WebContext) async throws -> Response {
        let body = try await request.bytes(upTo: Limits.apiBodyBytesMax)
        let receivedAt = now()
        let batch = try SendBatch(body, receivedAt: receivedAt)
        let language = context.language
        guard !batch.delivery.isEmpty else {
            var problem = Problem(
                Failure(
                    .unprocessable,
                    id:
                        "Tidak ada catatan yang dapat dipakai, jadi tidak ada yang "
                        + "disimpan. Perbaiki menurut daftar rejected.",
                    en: "No record can be used, so nothing was stored. Mend them by the list in rejected."))
            problem.extend = { batch.write(to: &$0, language: language) }
            throw problem
        }
        try await inbox.append(batch.delivery, source: .sendLog, receivedAt: receivedAt)
        var writer = JSONWriter()
        writer.object { batch.write(to: &$0, language: language) }
        return .json(writer)
    }
}
