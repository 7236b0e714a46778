import Connectors
import Domain
import Foundation
import Storage
import StoreSQLite

/// Reads a file of outcomes that is one piece: CSV, or a JSON array or object over several lines. NDJSON is read line
/// by line like everything else (`Importer`).
struct OutcomeImport {
    let installation: Installation

    private static let recordsAtOnce = 2_000

    /// Whether a file is anything but one JSON object a line.
    static func isWhole(_ path: String) throws -> Bool {
        var reader = try LineReader(path: path)
        while let line = try reader.next() {
            guard let first = line.first(where: { !Self.isBlank($0) }) else { continue }
            return first != UInt8(ascii: "{") || (try? JSON.parse(line)) == nil
        }
        return false
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Returns the number of records that were not taken.
    func run(_ path: String) async throws -> Int {
        let bytes = try Self.bytes(path)
        let name = URL(fileURLWithPath: path).lastPathComponent
        let first = bytes.first { !Self.isBlank($0) }
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        return isJSON ? try await readJSON(bytes, name) : try await readTable(bytes, name)
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        var reader = try LineReader(path: path)
        var bytes: [UInt8] = []
        while let line = try reader.next() {
            bytes += line
            bytes.append(UInt8(ascii: "\n"))
        }
        // What spreadsheets put before the first letter.
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private func readTable(_ bytes: [UInt8], _ name: String) async throws -> Int {
        let file = OutcomeFile.records(bytes, home: installation.home.country, currency: installation.home.currency)
        for problem in file.problems { Self.report("\(name): \(problem.message.en)") }
        for start in stride(from: 0, to: file.records.count, by: Self.recordsAtOnce) {
            try await append(file.body(of: start..<min(start + Self.recordsAtOnce, file.records.count)))
        }
        return file.problems.count
    }

    private func readJSON(_ bytes: [UInt8], _ name: String) async throws -> Int {
        let home = installation.home
        let decoded = OutcomeRecords.decode(
            bytes, receivedAt: Clock.now(), home: home.country, currency: home.currency)
        for problem in decoded.problems { Self.report("\(name): \(problem.message.en)") }
        guard !decoded.events.isEmpty, let root = try? JSON.parse(bytes) else { return decoded.problems.count }
        let list = root.isArray ? root : root["outcomes"] ?? root["records"] ?? root
        let records = list.isArray ? Array(list.elements) : [root]
        for start in stride(from: 0, to: records.count, by: Self.recordsAtOnce) {
            var writer = JSONWriter(reservingBytes: 256 * Self.recordsAtOnce)
            writer.array { for record in records[start...].prefix(Self.recordsAtOnce) { $0.value(record) } }
            try await append(writer.bytes)
        }
        return decoded.problems.count
    }

    private func append(_ body: [UInt8]) async throws {
        guard !body.isEmpty else { return }
        _ = try await installation.inbox.append(body, source: .outcomes, receivedAt: Clock.now())
    }

    private static func report(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
