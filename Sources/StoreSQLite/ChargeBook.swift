import Catalogue
import Domain
import GRDB
import Ledgers

/// What delivered messages cost: the stored side of `CostLedger` and `WasteLedger`.
final class ChargeBook {
    /// What a message adds to the cells of fact `charge`, beside its flags.
    struct Count: Hashable {
        /// Of fact `charge`.
        var segment: Int64
        /// Nil when no price is known.
        var micros: Int64?
        /// Of it: because Meta raised the template's category.
        var raised: Int64?

        var isCharged: Bool { micros.map { $0 > 0 } ?? false }
    }

    let settings: CostSettingsBook
    let segments: SegmentDictionary
    private let messages: SegmentDictionary
    private let ranks: RankBook
    private let cells: CellWriter<SIMD16<Int64>>
    /// Segments by what they are made of: looking one up by its twenty texts would cost more than pricing a message.
    private var known: [Parts: Int64] = [:]

    private struct Parts: Hashable {
        /// Of fact `message`.
        var message: Int64
        var pricingType: String?
        var market: String?
        var currency: String?
        var reason: String?
    }

    init(
        _ db: Database, clock: ZoneClock, currency: String, messages: SegmentDictionary,
        dayStart: @escaping (QuarterHour) -> QuarterHour
    ) throws {
        settings = try CostSettingsBook(db, clock: clock, currency: currency)
        segments = try SegmentDictionary(.charge, db)
        self.messages = messages
        ranks = try RankBook(db)
        cells = try CellWriter(.charge, db, dayStart: dayStart)
    }

    // MARK: Prices

    /// What a message costs, and its place among those that its price depends on. Nil when it was not delivered.
    /// - Parameter segment: of fact `message`.
    func price(_ entry: MessageEntry, segment: Int64, _ db: Database) throws -> Count? {
        let assessment = CostLedger.assess(entry.state, by: settings.book)
        var place: (place: RankBook.Place, group: RankGroup)?
        if let assessment, let group = assessment.rank {
            place = (RankBook.Place(group: RankBook.id(of: group), at: assessment.at), group)
        }
        var step = 0
        if entry.rank != nil || place != nil {
            step = try ranks.move(row: entry.row, key: MessageBook.hash(of: entry.key), from: entry.rank, to: place)
            entry.rank = place?.place
        }
        guard let assessment else { return nil }
        let charge = assessment.charge(step: step)
        let reason = entry.counted?.charge.flatMap { self.reason(of: $0.segment) }
        let parts = Parts(
            message: segment, pricingType: charge.pricingType, market: charge.market, currency: charge.currency,
            reason: (charge.micros ?? 0) > 0 ? reason : nil)
        return Count(segment: try self.segment(parts, db), micros: charge.micros, raised: charge.raisedMicros)
    }

    /// Rows that stand on another step since the last call: their prices are to be looked up again.
    func takeMoved() -> Set<Int64> { ranks.takeMoved() }

    private func segment(_ parts: Parts, _ db: Database) throws -> Int64 {
        if let id = known[parts] { return id }
        guard let message = messages.dimensions(id: parts.message) else { throw ServiceTableError.unknownSegment }
        var values = Self.fromMessage.map { message[$0] }
        values += [parts.pricingType, parts.market, parts.currency, parts.reason]
        let id = try segments.entry(values, db).id
        known[parts] = id
        return id
    }

    /// Where the dimensions that a charge shares with its message stand in the message's; the four of its own follow.
    private static let fromMessage: [Int] = {
        let stored = Dimension.stored(.message)
        return Dimension.stored(.charge).compactMap { stored.firstIndex(of: $0) }
    }()

    // MARK: Waste

    /// Where the reason stands among the dimensions of a charge.
    static let reasonPlace = Dimension.stored(.charge).firstIndex(of: .wasteReason) ?? 0

    func reason(of segment: Int64) -> String? { segments.dimensions(id: segment)?[Self.reasonPlace] }

    /// The same charge with another reason why it was wasted, nil for none.
    func with(_ reason: WasteReason?, _ count: Count, _ db: Database) throws -> Count {
        guard self.reason(of: count.segment) != reason?.rawValue,
            var values = segments.dimensions(id: count.segment)
        else { return count }
        values[Self.reasonPlace] = reason?.rawValue
        var count = count
        count.segment = try segments.entry(values, db).id
        return count
    }

    // MARK: Counting

    /// Adds what a charge contributes (`sign` 1) or takes it away (−1).
    func add(_ count: Count, _ flags: MessageFlags, in quarter: QuarterHour, sign: Int64) throws {
        guard let segment = segments.entry(id: count.segment) else { throw ServiceTableError.unknownSegment }
        var lanes = SIMD16<Int64>.zero
        for (measure, amount) in Self.amounts(count, flags, isWasted: reason(of: count.segment) != nil) {
            lanes[measure.rawValue] = amount &* sign
        }
        cells.add(lanes, in: quarter, segment)
    }

    /// What a charge adds to each measure; those to which it adds nothing are left out.
    static func amounts(
        _ count: Count, _ flags: MessageFlags, isWasted: Bool
    ) -> [(ChargeMeasure, Int64)] {
        var amounts: [(ChargeMeasure, Int64)] = [(.messages, 1)]
        guard let micros = count.micros else { return amounts + [(.unknown, 1)] }
        guard micros > 0 else { return amounts + [(.free, 1)] }
        amounts += [(.charged, 1), (.cost, micros)]
        if flags.contains(.judged) { amounts += [(.judged, 1), (.judgedCost, micros)] }
        if isWasted { amounts += [(.wasted, 1), (.wastedCost, micros)] }
        if let raised = count.raised { amounts += [(.raised, 1), (.raisedCost, raised)] }
        return amounts
    }

    func flush() throws { try cells.flush() }
}

extension MessageFlags {
    /// Old enough to say whether it had any effect, and it cost something. Set by the review, see `ChargeReview`.
    static let judged = Self(rawValue: 1 << 41)
    /// What does not follow from the message alone.
    static let kept: Self = [.ofThread, .ofPerson, .judged]
}
