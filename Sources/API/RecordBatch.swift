import Connectors
import Domain
import Web

/// Records in one body, taken apart: those that can be used, as they came, and what is wrong with the rest.
struct RecordBatch {
    private(set) var acceptedCount = 0
    private(set) var rejections = Rejections()
    /// What is to be stored: the body itself when every record is good, else an array of the good ones, each of them
    /// byte for byte. Empty when none is.
    private(set) var delivery: [UInt8] = []

    /// - Parameters:
    ///   - envelopes: members of an object around the records that may hold them.
    ///   - decode: each record of the body in its order.
    init(
        _ body: [UInt8], envelopes: [String], decode: ([UInt8]) -> [Result<Event, RecordProblem>]
    ) throws {
        guard body.contains(where: { !Self.isBlank($0) }) else { throw Self.empty }
        let records = decode(body)
        for record in records {
            switch record {
            case .success: acceptedCount += 1
            case .failure(let problem): rejections.add(problem)
            }
        }
        guard rejections.count > 0 else {
            delivery = body
            return
        }
        let sources = Self.sources(of: body, envelopes: envelopes)
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
    private static func sources(of body: [UInt8], envelopes: [String]) -> [ArraySlice<UInt8>] {
        if let root = try? JSON.parse(body) {
            let list = root.isArray ? root : envelopes.lazy.compactMap { root.member(named: $0) }.first ?? root
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
        rejections.write(to: &writer, language)
    }

    /// The answer when no record can be used.
    func nothingStored(_ language: Language) -> Problem {
        var problem = Problem(
            Failure(
                .unprocessable,
                id: "Tidak ada catatan yang dapat dipakai, jadi tidak ada yang disimpan. "
                    + "Perbaiki menurut daftar rejected.",
                en: "No record can be used, so nothing was stored. Mend them by the list in rejected."))
        problem.extend = { write(to: &$0, language: language) }
        return problem
    }

    /// What a route for records answers.
    static func answers(example: String) -> [Answered] {
        [
            .json(
                200, Text(id: "Tersimpan; yang ditolak disebut satu per satu", en: "Stored; rejected ones are listed"),
                .reference("RecordReceipt"), example: example),
            .problem(400, Text(id: "Isi kosong", en: "Empty body")),
            .problem(413, Text(id: "Lebih dari 16 MiB", en: "More than 16 MiB")),
            .problem(
                422,
                Text(
                    id: "Tidak ada catatan yang benar; tidak ada yang disimpan",
                    en: "No record is valid; nothing stored")),
            .problem(503, Text(id: "Belum tersimpan: kirim lagi", en: "Not stored: send it again")),
        ]
    }

    private static let empty = Failure(
        .malformed,
        id: "Isi permintaan kosong. Kirim objek JSON, larik, atau NDJSON (satu objek per baris).",
        en: "The body is empty. Send a JSON object, an array, or NDJSON (one object a line).")
}
