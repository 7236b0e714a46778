import Domain

/// The send log: what a business tells about its own sends (`POST /api/v1/sends`). A JSON object, an array of
/// objects, or NDJSON (one object a line).
package enum SendLog {
    private static let shape = RecordList.Shape(
        recordKeys: ["message_id", "id"], listKeys: ["sends", "records"],
        empty: Text(
            id: "daftar kiriman kosong; kirim paling sedikit satu catatan",
            en: "the list of sends is empty; send at least one record"))

    /// Never throws: a record that cannot be used takes none of its neighbours with it. Times that are not told stay
    /// nil; the ledger knows when the delivery came.
    package static func decode(_ body: [UInt8], receivedAt: Instant) -> RecordList.Decoded {
        RecordList.decode(body, shape) { value, number throws(RecordProblem) in
            .send(try SendRecordReading(value: value, number: number).record())
        }
    }

    package static func decode(_ body: UnsafeRawBufferPointer, receivedAt: Instant) -> RecordList.Decoded {
        decode([UInt8](body), receivedAt: receivedAt)
    }
}
