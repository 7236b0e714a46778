import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

extension PlanRunner {
    /// Answers from single messages what they cost.
    func sumCharges(into groups: inout [Group: Sums]) throws {
        guard let range = try factRange() else { return }
        let sums = plan.measures.map { ", sum(\(Self.sql(of: $0)))" }.joined()
        let (condition, values) = try filter()
        let columns = plan.dimensions.map { ", s.\($0.rawValue)" }.joined()
        let rows = try Statement(
            db,
            """
            SELECT \(factTime)\(columns)\(sums) FROM message m
            JOIN \(Schema.segmentTable(Fact.charge)) s ON s.id = m.charge
            WHERE \(range.sql)\(condition) GROUP BY \(positions(1 + plan.dimensions.count))
            """)
        bind(range.values, values, to: rows)
        while try rows.step() {
            guard let bucket = factBucket(rows.int(0)) else { continue }
            add(rows, firstColumn: 1, bucket: bucket, into: &groups)
        }
    }

    /// What one row adds to a measure; `ChargeBook.amounts` in SQL.
    static func sql(of measure: Measure) -> String {
        guard case .charge(let measure) = measure else { return "0" }
        let isCharged = "coalesce(m.cost, 0) > 0"
        let isJudged = "(\(isCharged) AND m.flags & \(MessageFlags.judged.rawValue))"
        let isWasted = "(\(isCharged) AND s.waste_reason IS NOT NULL)"
        return switch measure {
        case .messages: "1"
        case .cost: "max(coalesce(m.cost, 0), 0)"
        case .charged: isCharged
        case .free: "m.cost <= 0"
        case .unknown: "m.cost IS NULL"
        case .judged: isJudged
        case .judgedCost: "CASE WHEN \(isJudged) THEN m.cost ELSE 0 END"
        case .wasted: isWasted
        case .wastedCost: "CASE WHEN \(isWasted) THEN m.cost ELSE 0 END"
        case .raised: "(\(isCharged) AND m.raised IS NOT NULL)"
        case .raisedCost: "CASE WHEN \(isCharged) THEN coalesce(m.raised, 0) ELSE 0 END"
        }
    }
}

extension SQLiteStore {
    package func costSettings() async throws -> CostSettings {
        try await pool.read { try CostSettingsBook.settings($0) }
    }

    package func quotas(at instant: Instant) async throws -> [QuotaStanding] {
        // The months of all zones that hold the instant: no zone is more than a day away from UTC.
        let days = [-1, 0, 1].map { LocalDate(day: instant.seconds.flooredDivision(by: 86_400) + $0).startOfMonth.day }
        return try await pool.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT g.kind, g.thresholds, g.month, g.phone_number, g.portfolio, g.market, g.category,
                      (SELECT count(*) FROM rank_entry e WHERE e.grp = g.id) AS used
                    FROM rank_group g WHERE g.month IN (?, ?, ?) ORDER BY g.kind, g.month, used DESC
                    """,
                arguments: [days[0], days[1], days[2]])
            return rows.compactMap { row -> QuotaStanding? in
                let kind: QuotaStanding.Kind
                switch row[0] as String {
                case "freeService": kind = .freeService
                case "volumeTier": kind = .volumeTier
                default: return nil
                }
                let used: Int64 = row["used"]
                guard used > 0 else { return nil }
                let thresholds = (row[1] as String).split(separator: " ").compactMap { Int64($0) }
                return QuotaStanding(
                    kind: kind, month: LocalDate(day: row[2]),
                    phoneNumber: (row[3] as String?).map { PhoneNumberID($0) }, portfolio: row[4], market: row[5],
                    category: row[6], used: used, next: thresholds.first { $0 > used })
            }
        }
    }

    package func linkClicks(in range: Range<Instant>) async throws -> [LinkClickCount] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT l.phone_number, c.component, count(*) FROM meta_click c LEFT JOIN line l ON l.id = c.line
                    WHERE c.at >= ? AND c.at < ? GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
                    """,
                arguments: [range.lowerBound.microseconds, range.upperBound.microseconds]
            ).map {
                LinkClickCount(
                    phoneNumber: ($0[0] as String?).map { PhoneNumberID($0) }, component: $0[1], count: $0[2])
            }
        }
    }

    static func named(_ values: [String?]?, _ fact: Fact) -> [Dimension: String] {
        var named: [Dimension: String] = [:]
        for (dimension, value) in zip(Dimension.stored(fact), values ?? []) { named[dimension] = value }
        return named
    }
}
