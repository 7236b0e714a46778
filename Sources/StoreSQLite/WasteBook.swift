import Catalogue
import Domain
import GRDB
import Ledgers

/// Which charged messages are to be judged, and what is known of their persons when one had no effect: the stored side
/// of `WasteLedger`.
final class WasteBook {
    let review: ChargeReview
    private let messages: SegmentDictionary
    /// To be judged before the batch ends.
    private var rows: Set<Int64> = []
    /// Persons of whom something came to light that messages from an instant on are judged by.
    private var persons: [Int64: Instant] = [:]

    private let rowsOf: Statement
    private let earlier: Statement
    private let marks: Statement
    private let acted: Statement

    init(_ db: Database, messages: SegmentDictionary) throws {
        review = try ChargeReview(db)
        self.messages = messages
        rowsOf = try Statement(
            db,
            """
            SELECT id FROM message WHERE person = ? AND cohort_at >= ? AND cohort_at < ? AND charge IS NOT NULL
            """)
        earlier = try Statement(
            db,
            """
            SELECT cohort_at, segment, flags, id FROM message
            WHERE person = ? AND cohort_at >= ? AND cohort_at <= ? ORDER BY cohort_at, hash
            """)
        marks = try Statement(
            db,
            """
            SELECT max(CASE WHEN kind = 1 AND line = ?2 THEN at END), max(CASE WHEN kind = 2 THEN at END),
              max(CASE WHEN kind = \(ServiceRecord.EntryKind.resume.rawValue) THEN at END)
            FROM thread_entry WHERE person = ?1 AND at <= ?3
            """)
        acted = try Statement(
            db,
            """
            SELECT 1 FROM message WHERE person = ? AND cohort_at < ? AND flags & ? LIMIT 1
            """)
    }

    /// Whether messages have become old enough to be judged.
    func isDue(asOf: Instant) -> Bool { WasteLedger.judgedTo(asOf: asOf) > review.judgedTo }

    // MARK: What is to be judged

    func note(row: Int64) { rows.insert(row) }

    func note(row: Int64, cohortAt: Instant) {
        if cohortAt < review.judgedTo { rows.insert(row) }
    }

    func touched(person: Int64, from: Instant) {
        guard person > 0, from < review.judgedTo else { return }
        persons[person] = min(persons[person] ?? from, from)
    }

    /// The rows to be judged now; they are forgotten here.
    func take() throws -> [Int64] {
        for (person, from) in persons {
            rowsOf.bind(person, at: 1)
            rowsOf.bind(from.microseconds, at: 2)
            rowsOf.bind(review.judgedTo.microseconds, at: 3)
            rows.formUnion(try rowsOf.all { $0.int(0) })
        }
        defer {
            rows.removeAll(keepingCapacity: true)
            persons.removeAll(keepingCapacity: true)
        }
        return rows.sorted()
    }

    // MARK: Reasons

    /// Why the cost of a message without effect was wasted.
    func reason(of entry: MessageEntry, _ counted: Contribution, _ charges: ChargeBook) throws -> WasteReason {
        let values = messages.dimensions(id: counted.segment) ?? []
        let candidate = WasteLedger.Candidate(
            sentAt: counted.cohortAt, template: values[safe: Self.template],
            isTemplate: values[safe: Self.messageType] == "template" || values[safe: Self.template] != nil,
            isMarketing: values[safe: Self.category].map(MessageFact.isMarketing) ?? false,
            micros: counted.charge?.micros ?? 0, raisedMicros: counted.charge?.raised,
            serviceMicros: charges.settings.book.servicePrice(for: entry.state, isQuotaUsed: true))
        let before = try earlier(than: entry, counted.cohortAt)
        var found = try marks(of: entry, before: counted.cohortAt)
        found.hasEverActed = try hasActed(entry.person, before: counted.cohortAt)
        return WasteLedger.reason(of: candidate, earlier: before, marks: found)
    }

    private static let template = Dimension.stored(.message).firstIndex(of: .template) ?? 0
    private static let category = Dimension.stored(.message).firstIndex(of: .category) ?? 0
    private static let messageType = Dimension.stored(.message).firstIndex(of: .messageType) ?? 0
    private static let errorClass = Dimension.stored(.message).firstIndex(of: .errorClass) ?? 0

    private func earlier(than entry: MessageEntry, _ at: Instant) throws -> [WasteLedger.Earlier] {
        guard entry.person > 0 else { return [] }
        earlier.bind(entry.person, at: 1)
        earlier.bind(at.adding(seconds: -WasteLedger.lookbackSeconds).microseconds, at: 2)
        earlier.bind(at.microseconds, at: 3)
        defer { earlier.reset() }
        var found: [WasteLedger.Earlier] = []
        while try earlier.step() {
            guard earlier.int(3) != entry.row else { continue }
            let flags = MessageFlags(rawValue: earlier.int(2))
            let values = messages.dimensions(id: earlier.int(1)) ?? []
            let hasFailed =
                flags.contains(.failed) && values[safe: Self.errorClass] == ErrorClass.recipient.rawValue
            found.append(
                .init(
                    at: Instant(microseconds: earlier.int(0)), template: values[safe: Self.template],
                    isReached: flags.contains(.delivered), isUnreachable: hasFailed || flags.contains(.expired)))
        }
        return found
    }

    /// When the customer last wrote to the same number, and whether they had stopped marketing on any.
    private func marks(of entry: MessageEntry, before at: Instant) throws -> WasteLedger.Marks {
        guard entry.person > 0 else { return WasteLedger.Marks() }
        marks.bind(entry.person, at: 1)
        marks.bind(entry.line, at: 2)
        marks.bind(at.microseconds, at: 3)
        defer { marks.reset() }
        guard try marks.step() else { return WasteLedger.Marks() }
        return WasteLedger.Marks(
            lastInboundAt: marks.optionalInt(0).map(Instant.init(microseconds:)),
            hasStopped: (marks.optionalInt(1) ?? .min) > (marks.optionalInt(2) ?? .min))
    }

    private func hasActed(_ person: Int64, before at: Instant) throws -> Bool {
        guard person > 0 else { return false }
        acted.bind(person, at: 1)
        acted.bind(at.microseconds, at: 2)
        acted.bind(MessageFlags([.read, .proven]).rawValue, at: 3)
        defer { acted.reset() }
        return try acted.step()
    }
}

extension Array where Element == String? {
    /// Nil out of range as well as where there is nothing.
    fileprivate subscript(safe index: Int) -> String? { indices.contains(index) ? self[index] : nil }
}
