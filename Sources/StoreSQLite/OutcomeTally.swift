import Catalogue
import Domain
import GRDB
import Ledgers

/// Outcomes and credits as their rows give them, for recounts.
enum OutcomeTally {
    /// What each row adds, by segment of its fact.
    static func count(_ fact: Fact, _ db: Database, _ add: (ServiceContribution.Part, Int64) -> Void) throws {
        let outcomes = try SegmentDictionary(.outcome, db)
        let messages = try SegmentDictionary(.message, db)
        let credits = try SegmentDictionary(.credit, db)
        let rows = try Statement(db, "SELECT segment, counted FROM outcome WHERE segment > 0")
        while try rows.step() {
            let segment = rows.int(0)
            let dimensions = outcomes.dimensions(id: segment) ?? []
            let counted = rows.withBlob(1) {
                OutcomeRecord.decodeCounted($0, segment: segment, dimensions: dimensions)
            }
            guard let counted else { continue }
            if fact == .outcome {
                for part in counted.fact.contribution.parts { add(part, segment) }
                continue
            }
            try each(counted) { part, place, touch in
                let message = messages.dimensions(id: touch.segment) ?? []
                let values = CreditCells.dimensions(place, counted.fact.head, touch, message)
                add(part, try credits.entry(values, db).id)
            }
        }
    }

    /// Each credit of an outcome, by model.
    static func each(
        _ counted: OutcomeTable.Counted, _ take: (ServiceContribution.Part, Int, Touch) throws -> Void
    ) rethrows {
        let values = AttributionLedger.values(of: counted.credits, total: counted.fact.value ?? 0)
        for (credit, value) in zip(counted.credits, values) {
            for place in AttributionLedger.models.indices {
                let part = AttributionLedger.contribution(
                    of: credit, model: place, value: value[place], outcomeAt: counted.fact.at)
                if let part { try take(part, place, credit.touch) }
            }
        }
    }

    /// For each outcome a 64-bit digest of its state and what it counts. Row, person and segment numbers depend on the
    /// order of arrival: what they stand for is compared.
    static func digests(_ db: Database) throws -> [Int64: UInt64] {
        let outcomes = try SegmentDictionary(.outcome, db)
        let messages = try SegmentDictionary(.message, db)
        let places = try PlaceFinder(db)
        let rows = try Statement(
            db, "SELECT hash, standing, at, marks, segment, state, counted, kind, source FROM outcome")
        var digests: [Int64: UInt64] = [:]
        while try rows.step() {
            var digest = StableHash()
            for column in [Int32(1), 2, 3] { digest.combine(String(rows.int(column))) }
            for column in [Int32(7), 8] { digest.combine(rows.text(column)) }
            rows.withBlob(5) { digest.combine(bytes: $0) }
            let segment = rows.int(4)
            let dimensions = outcomes.dimensions(id: segment) ?? []
            for value in dimensions { digest.combine(value) }
            let counted = rows.withBlob(6) {
                OutcomeRecord.decodeCounted($0, segment: segment, dimensions: dimensions)
            }
            if let fact = counted?.fact {
                for number in [fact.at.microseconds, fact.value ?? .min, fact.refunded] {
                    digest.combine(String(number))
                }
                for mark in [fact.isCancelled, fact.isRefunded, fact.isMatched, fact.isAttributed] {
                    digest.combine(mark ? "1" : "0")
                }
            }
            for credit in counted?.credits ?? [] {
                digest.combine(credit.touch.kind.rawValue)
                digest.combine(String(credit.touch.at.microseconds))
                let message = try credit.touch.message.flatMap { try places.message(row: $0.row) }
                digest.combine(message.map { String($0.hash) })
                digest.combine(credit.touch.ad)
                for value in messages.dimensions(id: credit.touch.segment) ?? [] { digest.combine(value) }
                for place in AttributionLedger.models.indices { digest.combine(String(credit.shares[place])) }
                digest.combine(String(credit.converted))
            }
            digests[rows.int(0), default: 0] &+= digest.value
        }
        return digests
    }
}
