import Domain
import GRDB
import GRDBSQLite

/// A prepared statement over SQLite's C interface, for the projector's inner loop.
///
/// GRDB owns the connection, transactions and migrations. Its statements box every value; at several
/// statements for each of 20,000 events a second that boxing is the largest cost, so the hot ones bind directly.
/// A statement belongs to one connection and is used only inside that connection's transactions.
final class Statement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer

    init(_ db: Database, _ sql: String) throws {
        guard let connection = db.sqliteConnection else {
            throw Failure(.internal, id: "Basis data sudah ditutup.", en: "The database is already closed.")
        }
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw Statement.error(code, connection) }
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    // Positions count from 1, as in SQLite.
    func bind(_ value: Int64, at position: Int32) { sqlite3_bind_int64(handle, position, value) }
    func bind(_ value: Int64?, at position: Int32) {
        if let value { sqlite3_bind_int64(handle, position, value) } else { sqlite3_bind_null(handle, position) }
    }
    func bind(_ text: String?, at position: Int32) {
        guard var text else {
            sqlite3_bind_null(handle, position)
            return
        }
        text.withUTF8 { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(handle, position, $0.baseAddress, Int32($0.count), Self.transient)
            }
        }
    }
    func bind(_ blob: [UInt8], at position: Int32) {
        blob.withUnsafeBytes { bytes in
            // An empty blob must not become NULL: SQLite takes a nil pointer as NULL.
            if bytes.isEmpty {
                _ = sqlite3_bind_zeroblob(handle, position, 0)
            } else {
                _ = sqlite3_bind_blob(handle, position, bytes.baseAddress, Int32(bytes.count), Self.transient)
            }
        }
    }

    /// True when a row is there, false at the end.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw Statement.error(code, connection)
        }
    }

    /// Runs to the end and makes the statement ready for the next values.
    func run() throws {
        defer { reset() }
        while try step() {}
    }

    func reset() { sqlite3_reset(handle) }

    /// Runs to the end and gives what `row` makes of each row; rows of which it makes nothing are left out.
    func all<Value>(_ row: (Statement) throws -> Value?) throws -> [Value] {
        defer { reset() }
        var found: [Value] = []
        while try step() {
            if let value = try row(self) { found.append(value) }
        }
        return found
    }

    /// Rows that the last `run` of this connection changed.
    var changes: Int { Int(sqlite3_changes(connection)) }

    // Columns count from 0, as in SQLite.
    func int(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
    func optionalInt(_ column: Int32) -> Int64? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
    }
    func text(_ column: Int32) -> String? {
        guard let bytes = sqlite3_column_text(handle, column) else { return nil }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
    func withBlob<T>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        let bytes = sqlite3_column_blob(handle, column)
        return try body(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
    }

    private static let transient = unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)

    private static func error(_ code: Int32, _ connection: OpaquePointer) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
    }
}
