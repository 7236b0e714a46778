import Catalogue
import Domain
import GRDB
import Ledgers

/// Answers from single waits and conversations: where no cells do, and for what cells cannot hold.
extension PlanRunner {
    func sumServiceFacts(into groups: inout [Group: Sums]) throws {
        if plan.measures.contains(where: \.isDistinct) { return try countDistinct(into: &groups) }
        if plan.fact == .wait {
            if plan.durations.contains(.wait(.openFor)) { try addOpenWaits(into: &groups) }
            if plan.durations != [.wait(.openFor)] || !plan.measures.isEmpty { try sumWaits(into: &groups) }
        } else {
            try sumConversations(into: &groups)
            try sumLone(into: &groups)
        }
    }

    // MARK: Waits

    private var dimensionColumns: String { plan.dimensions.map { ", s.\($0.rawValue)" }.joined() }

    private func sumWaits(into groups: inout [Group: Sums]) throws {
        let (condition, values) = try filter()
        let rows = try Statement(
            db,
            """
            SELECT w.id, w.segment, w.started_at, w.key, w.ending, w.ended_at, w.handed_off_at, w.record,
              w.due_at, w.waits_for\(dimensionColumns)
            FROM wait w JOIN \(Schema.segmentTable(Fact.wait)) s ON s.id = w.segment
            WHERE w.started_at >= ? AND w.started_at < ?\(condition)
            """)
        bind([from.microseconds, to.microseconds], values, to: rows)
        while try rows.step() {
            // The dimensions asked for are columns; the fact's own are not needed.
            guard let row = WaitTable.row(rows, dimensions: { _ in [] }) else { continue }
            add(row.fact.contribution, key: key(rows, firstColumn: 10), into: &groups)
        }
    }

    private func add(
        _ contribution: ServiceContribution, key: [String?], into groups: inout [Group: Sums]
    ) {
        for part in contribution.parts {
            guard let bucket = bucket(of: max(part.quarter.start, from)), part.quarter.start < to else { continue }
            var sums = groups[Group(bucket: bucket, key: key)] ?? empty
            for (index, measure) in plan.measures.enumerated() {
                sums.sums[index] += part.measures[measure.index] ?? 0
            }
            for (index, duration) in plan.durations.enumerated() where duration != .wait(.openFor) {
                for value in part.durations[duration.index] ?? [] {
                    sums.histograms[index].add(1, bin: Histogram.bin(microseconds: value))
                }
            }
            groups[Group(bucket: bucket, key: key)] = sums
        }
    }

    /// How long the open waits have lasted by `asOf`: a few rows, found by an index of their own.
    private func addOpenWaits(into groups: inout [Group: Sums]) throws {
        guard let index = plan.durations.firstIndex(of: .wait(.openFor)) else { return }
        let (condition, values) = try filter()
        let rows = try Statement(
            db,
            """
            SELECT w.started_at\(dimensionColumns) FROM wait w
            JOIN \(Schema.segmentTable(Fact.wait)) s ON s.id = w.segment
            WHERE w.ending = 0 AND w.started_at >= ? AND w.started_at < ?\(condition)
            """)
        bind([from.microseconds, to.microseconds], values, to: rows)
        while try rows.step() {
            let startedAt = Instant(microseconds: rows.int(0))
            guard let bucket = bucket(of: startedAt) else { continue }
            let age = max(0, plan.asOf.microseconds(since: startedAt))
            groups[Group(bucket: bucket, key: key(rows, firstColumn: 1)), default: empty].histograms[index]
                .add(1, bin: Histogram.bin(microseconds: age))
        }
    }

    // MARK: Conversations

    /// Those with any message in the range: messages count at their own time, so that conversations that began before
    /// it are among them. The dimensions asked for follow eight columns of `ConversationTable`.
    private func conversations() throws -> Statement {
        let (condition, values) = try filter()
        let rows = try Statement(
            db,
            """
            SELECT c.id, c.segment, c.started_at, c.key, c.last_at, c.record, c.carry, c.due_at
              \(dimensionColumns)
            FROM conversation c JOIN \(Schema.segmentTable(Fact.conversation)) s ON s.id = c.segment
            WHERE c.last_at >= ? AND c.started_at < ?\(condition)
            """)
        bind([from.microseconds, to.microseconds], values, to: rows)
        return rows
    }

    private func sumConversations(into groups: inout [Group: Sums]) throws {
        let rows = try conversations()
        while try rows.step() {
            guard let row = ConversationTable.row(rows, dimensions: { _ in [] }) else { continue }
            let key = key(rows, firstColumn: 8)
            var contribution = row.fact.contribution
            contribution.parts.removeAll { $0.quarter.start.adding(seconds: 900) <= from }
            add(contribution, key: key, into: &groups)
        }
    }

    /// Lone messages are conversations without a row.
    private func sumLone(into groups: inout [Group: Sums]) throws {
        guard let range = try factRange() else { return }
        let messages = try SegmentDictionary(.message, db)
        let reader = try ThreadReader(db, segments: messages)
        var known: [Int64: (key: [String?], part: ServiceContribution)?] = [:]
        let stored = Dimension.stored(.conversation)
        let rows = try Statement(
            db,
            """
            SELECT m.cohort_at / \(QuarterHour.microseconds), m.segment, count(*) FROM message m
            WHERE \(range.sql) AND m.flags & \(MessageFlags.lone.rawValue) GROUP BY 1, 2
            """)
        bind(range.values, [], to: rows)
        while try rows.step() {
            let segment = rows.int(1)
            if known[segment] == nil {
                let fact = reader.outbound(segment: segment).map {
                    ConversationFact.lone(
                        at: Instant(seconds: 0), key: 0, outbound: $0, phoneNumber: reader.phoneNumber(segment: segment)
                    )
                }
                let passes = fact.map { fact in
                    plan.filters.allSatisfy { filter in
                        filter.matches(stored.firstIndex(of: filter.dimension).flatMap { fact.dimensions[$0] })
                    }
                }
                known[segment] = .some(
                    passes == true
                        ? fact.map { fact in
                            let key = plan.dimensions.map { name in
                                stored.firstIndex(of: name).flatMap { fact.dimensions[$0] }
                            }
                            return (key, fact.contribution)
                        } : nil)
            }
            guard let found = known[segment], let (key, contribution) = found else { continue }
            for part in contribution.parts {
                var part = part
                part.quarter = QuarterHour(index: rows.int(0))
                part.measures = part.measures.mapValues { $0 &* rows.int(2) }
                add(ServiceContribution(parts: [part]), key: key, into: &groups)
            }
        }
    }

    // MARK: Distinct

    /// People and conversations counted once for each bucket, however often they appear in it.
    private func countDistinct(into groups: inout [Group: Sums]) throws {
        for (index, measure) in plan.measures.enumerated() {
            switch measure {
            case .conversation(.active): try countActive(index, into: &groups)
            case .conversation(.contactsActive), .conversation(.contactsNew):
                try countContacts(index, onlyNew: measure == .conversation(.contactsNew), into: &groups)
            default: continue
            }
        }
    }

    /// Conversations that began in a bucket, and those begun before it that have a message in it.
    private func countActive(_ index: Int, into groups: inout [Group: Sums]) throws {
        var begun = plan
        begun.measures = [.conversation(.conversations)]
        begun.durations = []
        // Distinct counts are split by number at most, which these cells know.
        if plan.boundaries.allSatisfy({ QuarterHour(containing: $0).start == $0 }) {
            begun.source = .cells(.conversation, .quarterHour)
        }
        for row in try PlanRunner(begun, db).run().rows {
            groups[Group(bucket: row.bucket, key: row.key), default: empty].sums[index] += row.sums[0]
        }
        let rows = try conversations()
        while try rows.step() {
            let startedAt = Instant(microseconds: rows.int(2))
            let lastAt = Instant(microseconds: rows.int(4))
            let first = bucket(of: startedAt)
            // Most conversations lie within one bucket, in which they have been counted.
            if let first, first == bucket(of: lastAt) { continue }
            guard let row = ConversationTable.row(rows, dimensions: { _ in [] }) else { continue }
            var buckets: Set<Int> = []
            for activity in row.fact.activity {
                // A quarter hour that a bucket's edge cuts is told by its end: bounds lie on quarter hours.
                guard activity.quarter.start >= from, let bucket = bucket(of: activity.quarter.start) else { continue }
                buckets.insert(bucket)
            }
            if let first { buckets.remove(first) }
            let key = key(rows, firstColumn: 8)
            for bucket in buckets { groups[Group(bucket: bucket, key: key), default: empty].sums[index] += 1 }
        }
    }
}
