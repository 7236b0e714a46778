import CZlib
import Domain
import Foundation
import GRDB
import Storage

/// The tables of `inbox.sqlite`.
enum InboxSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 groups") { db in
            try db.execute(
                sql: """
                    CREATE TABLE delivery_group (
                      first INTEGER PRIMARY KEY,      -- sequence of the first delivery
                      count INTEGER NOT NULL,
                      received_at INTEGER NOT NULL,   -- of the newest, microseconds
                      encoding INTEGER NOT NULL,      -- 0 as it came, 1 zlib
                      body BLOB NOT NULL              -- InboxFrame
                    )
                    """)
        }
        return migrator
    }

    static func last(_ db: Database) throws -> Int64 {
        let newest = try db.cachedStatement(
            sql: "SELECT first + count - 1 FROM delivery_group ORDER BY first DESC LIMIT 1")
        return try Int64.fetchOne(newest) ?? 0
    }

    /// First sequence of the group that holds `sequence` (or would, when it is the next one).
    static func group(holding sequence: Int64, _ db: Database) throws -> Int64 {
        try Int64.fetchOne(
            db, sql: "SELECT first FROM delivery_group WHERE first <= ? ORDER BY first DESC LIMIT 1",
            arguments: [sequence]) ?? 0
    }

    /// Joins some neighbouring old groups into one compressed group; small ones compress badly alone.
    static func compactSome(_ db: Database, before instant: Instant, projectedTo sequence: Int64) throws -> Int {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT first, count, received_at, encoding, body FROM delivery_group
                WHERE encoding = 0 AND received_at < ? AND first + count - 1 <= ? ORDER BY first LIMIT 512
                """,
            arguments: [instant.microseconds, sequence])
        var first: Int64?
        var count: Int64 = 0
        var newest = Int64.min
        var body: [UInt8] = []
        while body.count < 1 << 20, let row = try rows.next() {
            let start: Int64 = row[0]
            if let first, start != first + count { break }
            first = first ?? start
            count += row[1] as Int64
            newest = max(newest, row[2])
            body += try InboxFrame.body(row)
        }
        guard let first, count > 0 else { return 0 }
        try db.execute(
            sql: "DELETE FROM delivery_group WHERE first >= ? AND first < ?", arguments: [first, first + count])
        try db.execute(
            sql: "INSERT INTO delivery_group (first, count, received_at, encoding, body) VALUES (?, ?, ?, 1, ?)",
            arguments: [first, count, newest, Data(try Compression.deflated(body))])
        return Int(count)
    }
}

/// The bytes of a group: for each delivery its source (1 byte), receipt time (8 bytes, little endian), length
/// (4 bytes, little endian), body. Joining the bytes of neighbouring groups gives the bytes of the joined group.
enum InboxFrame {
    private static let headerBytes = 13

    static func encode(_ deliveries: some Collection<([UInt8], DeliverySource, Instant)>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(deliveries.reduce(0) { $0 + $1.0.count + headerBytes })
        for (body, source, receivedAt) in deliveries {
            bytes.append(source.rawValue)
            withUnsafeBytes(of: receivedAt.microseconds.littleEndian) { bytes.append(contentsOf: $0) }
            withUnsafeBytes(of: UInt32(body.count).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: body)
        }
        return bytes
    }

    static func decode(_ bytes: [UInt8], first: Int64) throws -> [Delivery] {
        var deliveries: [Delivery] = []
        var position = 0
        try bytes.withUnsafeBytes { raw in
            while position < raw.count {
                guard position + headerBytes <= raw.count, let source = DeliverySource(rawValue: raw[position]) else {
                    throw damaged
                }
                let at = raw.loadUnaligned(fromByteOffset: position + 1, as: Int64.self)
                let length = Int(raw.loadUnaligned(fromByteOffset: position + 9, as: UInt32.self).littleEndian)
                let start = position + headerBytes
                guard length <= raw.count - start else { throw damaged }
                deliveries.append(
                    Delivery(
                        sequence: first + Int64(deliveries.count), source: source,
                        receivedAt: Instant(microseconds: at.littleEndian),
                        body: Array(raw[start..<start + length])))
                position = start + length
            }
        }
        return deliveries
    }

    static func body(_ row: Row) throws -> [UInt8] {
        let encoding: Int64 = row["encoding"]
        return try row.withUnsafeData(named: "body") { data in
            let bytes = data.map { [UInt8]($0) } ?? []
            return encoding == 0 ? bytes : try Compression.inflated(bytes)
        }
    }

    static let damaged = DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a group of deliveries is damaged")
}

/// zlib streams with the plain length in front (8 bytes, little endian).
enum Compression {
    static func deflated(_ bytes: [UInt8]) throws -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var out = [UInt8](repeating: 0, count: 8 + Int(length))
        let code = out.withUnsafeMutableBufferPointer { out in
            compress2(out.baseAddress.map { $0 + 8 }, &length, bytes, uLong(bytes.count), 6)
        }
        guard code == Z_OK else { throw InboxFrame.damaged }
        withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { out.replaceSubrange(0..<8, with: $0) }
        out.removeLast(out.count - 8 - Int(length))
        return out
    }

    static func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
        guard bytes.count >= 8 else { throw InboxFrame.damaged }
        let plain = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self).littleEndian }
        // A damaged length must not ask for all memory: zlib shrinks by a factor of 1032 at most.
        guard plain <= UInt64(bytes.count) * 1032 + 64 else { throw InboxFrame.damaged }
        var length = uLong(plain)
        var out = [UInt8](repeating: 0, count: Int(plain))
        let code = bytes.withUnsafeBufferPointer { source in
            uncompress(&out, &length, source.baseAddress.map { $0 + 8 }, uLong(bytes.count - 8))
        }
        guard code == Z_OK, length == uLong(plain) else { throw InboxFrame.damaged }
        return out
    }
}
