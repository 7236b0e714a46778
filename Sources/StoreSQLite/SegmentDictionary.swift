import Catalogue
import Domain
import GRDB

/// The combinations of dimension values of one fact seen so far, each with a small number: of all stored dimensions,
/// and of each cube's. Held in memory, since every fact needs one; written when new.
final class SegmentDictionary {
    struct Entry {
        var id: Int64
        /// Segment in each cube of the fact, in the order of `Cube.all(of:)`.
        var cubes: [Int64]
    }

    let fact: Fact
    let cubes: [Cube]
    private let dimensions: [Dimension]
    private var entries: [[String?]: Entry] = [:]
    private var keys: [Int64: [String?]] = [:]
    private var cubeSegments: [[[String?]: Int64]]
    private let positions: [[Int]]

    init(_ fact: Fact, _ db: Database) throws {
        self.fact = fact
        let stored = Dimension.stored(fact)
        dimensions = stored
        cubes = Cube.all(of: fact)
        positions = cubes.map { cube in cube.dimensions.compactMap { stored.firstIndex(of: $0) } }
        cubeSegments = cubes.map { _ in [:] }
        for (index, cube) in cubes.enumerated() {
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(Schema.segmentTable(cube))")
            while let row = try rows.next() {
                cubeSegments[index][Self.key(row, cube.dimensions)] = row[0]
            }
        }
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(Schema.segmentTable(fact))")
        while let row = try rows.next() {
            try insert(Self.key(row, dimensions), id: row[0], db)
        }
    }

    func entry(_ values: [String?], _ db: Database) throws -> Entry {
        if let entry = entries[values] { return entry }
        let id = Int64(entries.count + 1)
        try Self.write(db, table: Schema.segmentTable(fact), columns: dimensions, id: id, values: values)
        return try insert(values, id: id, db)
    }

    /// The entry of a known segment number.
    func entry(id: Int64) -> Entry? { keys[id].flatMap { entries[$0] } }
    func dimensions(id: Int64) -> [String?]? { keys[id] }

    @discardableResult
    private func insert(_ key: [String?], id: Int64, _ db: Database) throws -> Entry {
        let segments = try cubes.indices.map { index in
            let part = positions[index].map { key[$0] }
            if let known = cubeSegments[index][part] { return known }
            let new = Int64(cubeSegments[index].count + 1)
            try Self.write(
                db, table: Schema.segmentTable(cubes[index]), columns: cubes[index].dimensions, id: new, values: part)
            cubeSegments[index][part] = new
            return new
        }
        let entry = Entry(id: id, cubes: segments)
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
