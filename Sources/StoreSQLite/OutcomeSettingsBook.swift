import Domain
import Foundation
import GRDB
import Ledgers
import Storage

/// Rules and windows by which outcomes are made and credited, and what a change of them has left to do.
///
/// A change is counted into the past little by little between the batches, as one of the opening hours is.
final class OutcomeSettingsBook {
    /// What there is to do again. The raw value is stored.
    enum Work: String, CaseIterable {
        /// Outcomes from actions, by other rules.
        case rules
        /// Values and credits of all outcomes.
        case outcomes
    }

    private(set) var rules: [OutcomeRule]
    private(set) var attribution: AttributionSettings
    private var open: [Work: Int64] = [:]
    private let writeStale: Statement
    private let deleteStale: Statement

    init(_ db: Database) throws {
        let settings = try Self.settings(db)
        rules = settings.rules
        attribution = settings.attribution
        writeStale = try Statement(db, "INSERT OR REPLACE INTO outcome_stale (name, next) VALUES (?, ?)")
        deleteStale = try Statement(db, "DELETE FROM outcome_stale WHERE name = ?")
        for row in try Row.fetchAll(db, sql: "SELECT name, next FROM outcome_stale") {
            if let work = Work(rawValue: row[0]) { open[work] = row[1] }
        }
    }

    static func settings(_ db: Database) throws -> OutcomeSettings {
        func record(_ name: String) throws -> Data? {
            try Data.fetchOne(db, sql: "SELECT record FROM outcome_setting WHERE name = ?", arguments: [name])
        }
        return OutcomeSettings(
            rules: try record("rules")?.withUnsafeBytes(ActionRecord.decodeRules) ?? OutcomeRule.standard,
            attribution: try record("attribution")?.withUnsafeBytes(ActionRecord.decodeAttribution)
                ?? AttributionSettings(), recounted: try recounted(db))
    }

    /// How far the slowest of what is to be done again has come.
    private static func recounted(_ db: Database) throws -> Double {
        let rows = try Row.fetchAll(db, sql: "SELECT name, next FROM outcome_stale")
        let shares = try rows.compactMap { row -> Double? in
            let next: Int64 = row[1]
            switch Work(rawValue: row[0]) {
            // Actions are gone through by a hash, which fills its range evenly.
            case .rules: return Double(UInt64(bitPattern: next &- .min)) / Double(UInt64.max)
            case .outcomes:
                let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM outcome") ?? 1
                return Double(max(next, 0)) / Double(max(last, 1))
            case nil: return nil
            }
        }
        return shares.min().map { min(max($0, 0), 0.999) } ?? 1
    }

    /// False when they are in force already.
    func set(_ new: [OutcomeRule], _ db: Database) throws -> Bool {
        guard new != rules else { return false }
        rules = new
        try write("rules", ActionRecord.encode(new), db)
        try redo(.rules)
        return true
    }

    func set(_ new: AttributionSettings, _ db: Database) throws -> Bool {
        var new = new
        let allowed = 0...AttributionSettings.lookbackSecondsMax
        new.lookbackSeconds = min(max(new.lookbackSeconds, allowed.lowerBound), allowed.upperBound)
        new.lookbackByKind = new.lookbackByKind.mapValues { min(max($0, allowed.lowerBound), allowed.upperBound) }
        guard new != attribution else { return false }
        attribution = new
        try write("attribution", ActionRecord.encode(new), db)
        try redo(.outcomes)
        return true
    }

    private func write(_ name: String, _ record: [UInt8], _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO outcome_setting (name, record) VALUES (?, ?)", arguments: [name, Data(record)])
    }

    // MARK: What is left to do

    var hasWork: Bool { !open.isEmpty }

    /// Where some work goes on; nil when it is done.
    func next(_ work: Work) -> Int64? { open[work] }

    func redo(_ work: Work) throws { try proceed(work, to: .min) }

    /// - Parameter next: nil when the work is done.
    func proceed(_ work: Work, to next: Int64?) throws {
        open[work] = next
        if let next {
            writeStale.bind(work.rawValue, at: 1)
            writeStale.bind(next, at: 2)
            try writeStale.run()
        } else {
            deleteStale.bind(work.rawValue, at: 1)
            try deleteStale.run()
        }
    }
}
