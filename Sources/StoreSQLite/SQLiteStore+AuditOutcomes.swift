import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

extension SQLiteStore {
    /// Folds all outcomes and touches of each person from the beginning, and compares with what is stored. Empty when
    /// they agree.
    /// - Parameter limit: differences returned at most.
    package func auditCredits(limit: Int = 1_000) async throws -> [Difference] {
        try await pool.read { db in
            var audit = try CreditAudit(db)
            let persons = try Int64.fetchCursor(db, sql: "SELECT DISTINCT person FROM outcome WHERE person > 0")
            while let person = try persons.next(), audit.differences.count < limit { try audit.compare(person, db) }
            return Array(audit.differences.prefix(limit))
        }
    }
}

/// Compares persons one by one. A difference names rows, never people.
private struct CreditAudit {
    var differences: [Difference] = []
    private let settings: AttributionSettings
    private let clicks: ClickBook
    private let reader: TouchReader
    private let outcomes: Statement
    private let segments: SegmentDictionary

    init(_ db: Database) throws {
        settings = try OutcomeSettingsBook.settings(db).attribution
        clicks = try ClickBook(db)
        segments = try SegmentDictionary(.outcome, db)
        let lines = try LineDictionary(db)
        reader = try TouchReader(
            db, actions: ActionBook(db), clicks: clicks, places: PlaceFinder(db),
            segments: SegmentDictionary(.message, db), phoneNumber: { lines.phoneNumber($0) }, isReading: true)
        outcomes = try Statement(db, "SELECT hash, state, segment, counted FROM outcome WHERE person = ?")
    }

    private struct Stored {
        var hash: Int64
        var state: OutcomeState
        var counted: OutcomeTable.Counted?
    }

    mutating func compare(_ person: Int64, _ db: Database) throws {
        let stored = try stored(of: person)
        let live = stored.filter { $0.state.standing == .confirmed }
        let folded = AttributionLedger.fold(
            outcomes: live.map {
                .init(
                    at: $0.state.at, key: $0.hash,
                    lookbackSeconds: settings.lookback(for: $0.state.kind?.value ?? ""))
            },
            touches: try reader.touches(of: person, from: .distantPast, to: .distantFuture, db))
        for (outcome, credits) in zip(live, folded) {
            let keyless = credits.map { credit in
                var credit = credit
                credit.touch.key = 0
                return credit
            }
            note("outcome", outcome.hash, outcome.counted?.credits == keyless, "\(credits.count) credits")
        }
        for outcome in stored where outcome.state.standing != .confirmed {
            note("outcome", outcome.hash, outcome.counted?.credits.isEmpty ?? true, "no credits")
        }
        let times = live.map(\.state.at).sorted()
        for message in try reader.messages(of: person, from: .distantPast, to: .distantFuture) {
            let isFollowed = AttributionLedger.isFollowed(sentAt: message.cohortAt, by: times)
            let isOpened = try clicks.isOpened(message: message.row, by: person)
            note(
                "message", message.hash, message.flags.contains(.outcomeFollowed) == isFollowed,
                "followed \(isFollowed)")
            note("message", message.hash, message.flags.contains(.linkOpenedByPerson) == isOpened, "opened \(isOpened)")
        }
    }

    private mutating func note(_ place: String, _ hash: Int64, _ agrees: Bool, _ recounted: String) {
        if agrees { return }
        differences.append(
            Difference(place: place, key: "hash \(hash)", stored: "something else", recounted: recounted))
    }

    private func stored(of person: Int64) throws -> [Stored] {
        outcomes.bind(person, at: 1)
        defer { outcomes.reset() }
        var found: [Stored] = []
        while try outcomes.step() {
            guard let state = outcomes.withBlob(1, OutcomeRecord.decodeState) else { continue }
            let segment = outcomes.int(2)
            let dimensions = segments.dimensions(id: segment) ?? []
            let counted = outcomes.withBlob(3) {
                OutcomeRecord.decodeCounted($0, segment: segment, dimensions: dimensions)
            }
            found.append(Stored(hash: outcomes.int(0), state: state, counted: counted))
        }
        return found
    }
}
