import Domain

/// A record of the send log that cannot be used, told to whoever sent it.
package struct SendLogProblem: Error, Hashable, Sendable {
    /// Which record, counted from 1; 0 when the body as a whole is at fault.
    package var record: Int
    /// What is wrong and how it should be. Names keys, never what they hold.
    package var message: Text

    package init(record: Int, message: Text) {
        self.record = record
        self.message = message
    }
}

/// The send log: what a business tells about its own sends (`POST /api/v1/sends`). A JSON object, an array of
/// objects, or NDJSON (one object a line).
package enum SendLog {
    package struct Decoded: Sendable {
        /// In the order of the body: `Event.send`, or what is wrong with the record.
        package var records: [Result<Event, SendLogProblem>] = []

        package init() {}

        package var events: [Event] {
            records.compactMap { record in
                if case .success(let event) = record { event } else { nil }
            }
        }
        package var problems: [SendLogProblem] {
            records.compactMap { record in
                if case .failure(let problem) = record { problem } else { nil }
            }
        }
    }

    /// Never throws: a record that cannot be used takes none of its neighbours with it. Times that are not told stay
    /// nil; the ledger knows when the delivery came.
    package static func decode(_ body: [UInt8], receivedAt: Instant) -> Decoded {
        var decoded = Decoded()
        do throws(JSONError) {
            let root = try JSON.parse(body)
            decode(root: root, into: &decoded)
        } catch {
            if !decodeLines(body, into: &decoded) {
                decoded.records = [.failure(SendLogProblem(record: 0, message: Self.notJSON(error)))]
            }
        }
        return decoded
    }

    package static func decode(_ body: UnsafeRawBufferPointer, receivedAt: Instant) -> Decoded {
        decode([UInt8](body), receivedAt: receivedAt)
    }

    private static func decode(root: JSON.Value, into decoded: inout Decoded) {
        let isWrapper = root["message_id"] == nil && root["id"] == nil
        guard let list = root.isArray ? root : isWrapper ? root["sends"] ?? root["records"] : nil, list.isArray else {
            decoded.records.append(record(root, number: 1))
            return
        }
        var number = 0
        for element in list.elements {
            number += 1
            decoded.records.append(record(element, number: number))
        }
        if number == 0 {
            let message = Text(
                id: "daftar kiriman kosong; kirim paling sedikit satu catatan",
                en: "the list of sends is empty; send at least one record"
            )
            decoded.records.append(.failure(SendLogProblem(record: 0, message: message)))
        }
    }

    private static func record(_ value: JSON.Value, number: Int) -> Result<Event, SendLogProblem> {
        do throws(SendLogProblem) {
            let reading = SendRecordReading(value: value, number: number)
            return .success(.send(try reading.record()))
        } catch {
            return .failure(error)
        }
    }

    // MARK: NDJSON

    /// False when the lines do not look like records either, so that the error about the whole body is the useful one.
    private static func decodeLines(_ body: [UInt8], into decoded: inout Decoded) -> Bool {
        let lines = body.split(whereSeparator: { $0 == 0x0A }).filter { line in
            !line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        }
        let startsObject = lines.filter { $0.first == UInt8(ascii: "{") }.count
        guard lines.count > 1, startsObject > 1, startsObject * 2 >= lines.count else { return false }
        for (index, line) in lines.enumerated() {
            do throws(JSONError) {
                let value = try JSON.parse(Array(line))
                decoded.records.append(record(value, number: index + 1))
            } catch {
                let problem = SendLogProblem(record: index + 1, message: Self.notJSON(error).prefixed(index + 1))
                decoded.records.append(.failure(problem))
            }
        }
        return true
    }

    private static func notJSON(_ error: JSONError) -> Text {
        switch error {
        case .syntax(let offset):
            Text(
                id:
                    "bukan JSON yang sah pada bita \(offset); kirim objek, array, atau satu objek per baris",
                en: "not valid JSON at byte \(offset); send an object, an array, or one object per line"
            )
        case .tooDeep(let offset):
            Text(
                id: "JSON bersarang lebih dari \(Limits.jsonDepthMax) tingkat pada bita \(offset)",
                en: "JSON is nested deeper than \(Limits.jsonDepthMax) levels at byte \(offset)"
            )
        case .tooLarge:
            Text(id: "isi terlalu besar; bagi menjadi beberapa permintaan", en: "the body is too large; split it")
        }
    }
}

extension Text {
    /// Says which record it is about.
    func prefixed(_ record: Int) -> Text { Text(id: "catatan \(record): \(id)", en: "record \(record): \(en)") }
}
