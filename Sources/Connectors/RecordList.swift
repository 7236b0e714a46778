import Domain

/// A record that cannot be used, told to whoever sent it.
package struct RecordProblem: Error, Hashable, Sendable {
    /// Which record, counted from 1; 0 when the body as a whole is at fault.
    package var record: Int
    /// What is wrong and how it should be. Names keys, never what they hold.
    package var message: Text

    package init(record: Int, message: Text) {
        self.record = record
        self.message = message
    }
}

/// One record while it is being read.
protocol RecordReading {
    var value: JSON.Value { get }
    /// Counted from 1.
    var number: Int { get }
    /// What a complaint calls a record.
    var unit: Text { get }
}

extension RecordReading {
    var unit: Text { Text(id: "catatan", en: "record") }

    func problem(id: String, en: String) -> RecordProblem {
        RecordProblem(
            record: number, message: Text(id: "\(unit.id) \(number): \(id)", en: "\(unit.en) \(number): \(en)"))
    }

    /// When what it tells of happened.
    func time() throws(RecordProblem) -> Instant {
        guard let at = value["at"]?.instant else {
            throw problem(
                id: "at harus waktu RFC 3339 dengan zona, misalnya 2026-11-22T03:10:00Z, atau detik Unix",
                en: "at must be an RFC 3339 time with an offset, such as 2026-11-22T03:10:00Z, or Unix seconds")
        }
        return at
    }

    /// An identifier that must be there.
    func required(_ key: String) throws(RecordProblem) -> String {
        guard let word = try optional(key) else {
            throw problem(
                id: "\(key) tidak ada; isi dengan teks yang tidak kosong",
                en: "\(key) is missing; give a text that is not empty")
        }
        return word
    }

    /// The first of the members that is there.
    func optional(_ keys: String...) throws(RecordProblem) -> String? {
        for key in keys {
            guard let word = value.member(named: key)?.word else { continue }
            guard word.utf8.count <= Limits.labelBytesMax else {
                throw problem(
                    id: "\(key) lebih panjang dari \(Limits.labelBytesMax) bita",
                    en: "\(key) is longer than \(Limits.labelBytesMax) bytes")
            }
            return word
        }
        return nil
    }
}

/// A body that holds records: one JSON object, an array of them, an object around such an array, or NDJSON (one object
/// a line).
package enum RecordList {
    package struct Decoded: Sendable {
        /// In the order of the body: an event, or what is wrong with the record.
        package var records: [Result<Event, RecordProblem>] = []

        package init() {}

        package var events: [Event] { records.compactMap { try? $0.get() } }
        package var problems: [RecordProblem] {
            records.compactMap { record in
                if case .failure(let problem) = record { problem } else { nil }
            }
        }
    }

    /// How a body of one kind of record is told from an envelope around several.
    struct Shape {
        /// Members of a record of its own: what has one of them is no envelope.
        var recordKeys: [StaticString]
        /// Members of an envelope that may hold the list.
        var listKeys: [StaticString]
        /// Said of a list without records.
        var empty: Text
    }

    /// Reads one record; its number counts from 1.
    typealias Reader = (_ value: JSON.Value, _ number: Int) throws(RecordProblem) -> Event

    /// Never throws: a record that cannot be used takes none of its neighbours with it.
    static func decode(_ body: [UInt8], _ shape: Shape, reading read: Reader) -> Decoded {
        var decoded = Decoded()
        do throws(JSONError) {
            let root = try JSON.parse(body)
            guard let list = list(in: root, shape) else {
                decoded.records.append(result(root, 1, read))
                return decoded
            }
            for (index, element) in list.elements.enumerated() {
                decoded.records.append(result(element, index + 1, read))
            }
            if decoded.records.isEmpty { decoded.records = [.failure(RecordProblem(record: 0, message: shape.empty))] }
        } catch {
            decoded.records = lines(body, read) ?? [.failure(RecordProblem(record: 0, message: notJSON(error)))]
        }
        return decoded
    }

    private static func list(in root: JSON.Value, _ shape: Shape) -> JSON.Value? {
        if root.isArray { return root }
        guard shape.recordKeys.allSatisfy({ root[$0] == nil }) else { return nil }
        let list = shape.listKeys.lazy.compactMap { root[$0] }.first
        return list.flatMap { $0.isArray ? $0 : nil }
    }

    private static func result(_ value: JSON.Value, _ number: Int, _ read: Reader) -> Result<Event, RecordProblem> {
        do throws(RecordProblem) {
            return .success(try read(value, number))
        } catch {
            return .failure(error)
        }
    }

    /// Nil when the lines do not look like records either, so that the error about the whole body is the useful one.
    private static func lines(_ body: [UInt8], _ read: Reader) -> [Result<Event, RecordProblem>]? {
        let lines = body.split(separator: 0x0A).filter { line in
            !line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        }
        let startsObject = lines.filter { $0.first == UInt8(ascii: "{") }.count
        guard lines.count > 1, startsObject > 1, startsObject * 2 >= lines.count else { return nil }
        return lines.enumerated().map { index, line in
            do throws(JSONError) {
                return result(try JSON.parse(Array(line)), index + 1, read)
            } catch {
                return .failure(
                    RecordProblem(record: index + 1, message: notJSON(error).prefixed(index + 1)))
            }
        }
    }

    private static func notJSON(_ error: JSONError) -> Text {
        switch error {
        case .syntax(let offset):
            Text(
                id: "bukan JSON yang sah pada bita \(offset); kirim objek, array, atau satu objek per baris",
                en: "not valid JSON at byte \(offset); send an object, an array, or one object per line")
        case .tooDeep(let offset):
            Text(
                id: "JSON bersarang lebih dari \(Limits.jsonDepthMax) tingkat pada bita \(offset)",
                en: "JSON is nested deeper than \(Limits.jsonDepthMax) levels at byte \(offset)")
        case .tooLarge:
            Text(id: "isi terlalu besar; bagi menjadi beberapa permintaan", en: "the body is too large; split it")
        }
    }
}

extension Text {
    /// Says which record it is about.
    func prefixed(_ record: Int) -> Text { Text(id: "catatan \(record): \(id)", en: "record \(record): \(en)") }
}
