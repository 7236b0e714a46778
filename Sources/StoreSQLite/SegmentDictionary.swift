import Catalogue
import Domain
import GRDB

/// The combinations of dimension values seen so far, each with a small number: of all stored dimensions, and of
/// each cube's. Held in memory, since every fact needs one; written when new.
final class SegmentDictionary {
    struct Entry {
        var id: Int64
        /// Segment in each cube, in the order of `Cube.allCases`.
        var cubes: [Int64]
    }

    private var entries: [[String?]: Entry] = [:]
    private var keys: [Int64: [String?]] = [:]
    private var cubeSegments: [[[String?]: Int64]] = Cube.allCases.map { _ in [:] }
    private static let positions: [[Int]] = Cube.allCases.map { cube in
        cube.dimensions.compactMap { Dimension.stored.firstIndex(of: $0) }
    }

    init(_ db: Database) throws {
        for cube in Cube.allCases {
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(Schema.segmentTable(cube))")
            while let row = try rows.next() {
                cubeSegments[cube.rawValue][Self.key(row, cube.dimensions)] = row[0]
            }
        }
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(Schema.segmentTable(nil))")
        while let row = try rows.next() {
            let key = Self.key(row, Dimension.stored)
            try insert(key, id: row[0], db)
        }
    }

    func entry(_ dimensions: [String?], _ db: Database) throws -> Entry {
        if let entry = entries[dimensions] { return entry }
        let id = Int64(entries.count + 1)
        try Self.write(db, table: Schema.segmentTable(nil), columns: Dimension.stored, id: id, values: dimensions)
        return try insert(dimensions, id: id, db)
    }

    /// The entry of a known segment number.
    func entry(id: Int64) -> Entry? { keys[id].flatMap { entries[$0] } }
    func dimensions(id: Int64) -> [String?]? { keys[id] }

    @discardableResult
    private func insert(_ key: [String?], id: Int64, _ db: Database) throws -> Entry {
        let cubes = try Cube.allCases.map { cube in
            let part = Self.positions[cube.rawValue].map { key[$0] }
            if let known = cubeSegments[cube.rawValue][part] { return known }
            let new = Int64(cubeSegments[cube.rawValue].count + 1)
            try Self.write(
                db, table: Schema.segmentTable(cube), columns: cube.dimensions, id: new, values: part)
            cubeSegments[cube.rawValue][part] = new
            return new
        }
        let entry = Entry(id: id, cubes: cubes)
        entries[key] = entry
        keys[id] = key
        return entry
    }

    private static func key(_ row: Row, _ dimensions: [Dimension]) -> [String?] {
        dimensions.indices.map { row[$0 + 1] }
    }

    private static func write(
        _ db: Database, table: String, columns: [Dimension], id: Int64, values: [String?]
    ) throws {
        let names = (["id"] + columns.map(\.rawValue)).joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")
        try db.execute(
            sql: "INSERT INTO \(table) (\(names)) VALUES (\(marks))",
            arguments: StatementArguments([id] + values.map { $0 as (any DatabaseValueConvertible)? }))
    }
}
