import Domain

/// A body that holds records: one JSON object, an array of them, an object around such an array, or NDJSON (one object
/// a line).
package enum DeskRecordList {
    package struct Decoded: Sendable {
        /// In the order of the body: an event, or what is wrong with the record.
        package var records: [Result<Event, SendLogProblem>] = []

        package init() {}

        package var events: [Event] { records.compactMap { try? $0.get() } }
        package var problems: [SendLogProblem] {
            records.compactMap { record in
                if case .failure(let problem) = record { problem } else { nil }
            }
        }
    }

    /// Reads one record; its number counts from 1.
    typealias Reader = (_ value: JSON.Value, _ number: Int) throws(SendLogProblem) -> Event

    /// Never throws: a record that cannot be used takes none of its neighbours with it.
    static func decode(_ body: [UInt8], reading read: Reader) -> Decoded {
        var decoded = Decoded()
        do throws(JSONError) {
            let root = try JSON.parse(body)
            guard let list = list(in: root) else {
                decoded.records.append(result(root, 1, read))
                return decoded
            }
            for (index, element) in list.elements.enumerated() {
                decoded.records.append(result(element, index + 1, read))
            }
            if decoded.records.isEmpty { decoded.records = [.failure(SendLogProblem(record: 0, message: Self.empty))] }
        } catch {
            decoded.records = lines(body, read) ?? [.failure(SendLogProblem(record: 0, message: notJSON(error)))]
        }
        return decoded
    }

    /// A record of its own has an id or a type; anything else may be an envelope.
    private static func list(in root: JSON.Value) -> JSON.Value? {
        if root.isArray { return root }
        guard root["id"] == nil, root["type"] == nil, let list = root["events"] ?? root["records"], list.isArray else {
            return nil
        }
        return list
    }

    private static func result(_ value: JSON.Value, _ number: Int, _ read: Reader) -> Result<Event, SendLogProblem> {
        do throws(SendLogProblem) {
            return .success(try read(value, number))
        } catch {
            return .failure(error)
        }
    }

    /// Nil when the lines do not look like records either, so that the error about the whole body is the useful one.
    private static func lines(_ body: [UInt8], _ read: Reader) -> [Result<Event, SendLogProblem>]? {
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
                    SendLogProblem(record: index + 1, message: notJSON(error).prefixed(index + 1)))
            }
        }
    }

    private static let empty = Text(
        id: "daftar kosong; kirim paling sedikit satu catatan", en: "the list is empty; send at least one record")

    private static func notJSON(_ error: JSONError) -> Text {
        switch error {
        case .syntax(let offset):
            Text(
                id: "bukan JSON yang sah pada bita \(offset); kirim objek, larik, atau satu objek per baris",
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
