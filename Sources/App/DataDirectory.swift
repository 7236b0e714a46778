import Analytics
import Domain
import Foundation
import StoreSQLite
import Web

extension DataHealth.Disk {
    /// Files below this are marks and locks.
    private static let bytesMin: Int64 = 1_000

    /// The files of a data directory by size, each with what its write-ahead log holds, and the space that is left.
    init(directory: URL) {
        let files = FileManager.default
        var bytes: [String: Int64] = [:]
        for name in (try? files.contentsOfDirectory(atPath: directory.path)) ?? [] {
            let path = directory.appending(path: name).path
            guard let attributes = try? files.attributesOfItem(atPath: path),
                attributes[.type] as? FileAttributeType == .typeRegular,
                let size = attributes[.size] as? Int64 ?? (attributes[.size] as? NSNumber)?.int64Value
            else { continue }
            let stem = ["-wal", "-shm"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
            bytes[stem, default: 0] += size
        }
        let free = try? files.attributesOfFileSystem(forPath: directory.path)[.systemFreeSize]
        self.init(
            files: bytes.filter { $0.value >= Self.bytesMin }.map { File(name: $0.key, bytes: $0.value) }
                .sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) },
            freeBytes: (free as? Int64) ?? (free as? NSNumber)?.int64Value)
    }
}

extension ConnectionLog.Keeper {
    init(_ connections: SQLiteConnections) {
        self.init(
            read: { try await connections.marks() },
            note: { try await connections.note($0, at: $1, count: $2) },
            forget: { try await connections.forget($0) })
    }
}
