import Catalogue
import Domain

/// One row of fact `outcome`: what a business result contributes to every number.
package struct OutcomeFact: Hashable, Sendable {
    package var at: Instant
    /// Called off since it was confirmed: counted apart.
    package var isCancelled: Bool
    /// Net of what went back, millionths of the dimension `currency`; nil when it has no value.
    package var value: Int64?
    package var isRefunded: Bool
    package var refunded: Int64
    /// Somebody is known whose outcome it is.
    package var isMatched: Bool
    /// A touch lies in its window.
    package var isAttributed: Bool
    /// Values in the order of `Dimension.stored(.outcome)`.
    package var dimensions: [String?]

    package init(
        at: Instant, isCancelled: Bool, value: Int64?, isRefunded: Bool, refunded: Int64, isMatched: Bool,
        isAttributed: Bool, dimensions: [String?]
    ) {
        self.at = at
        self.isCancelled = isCancelled
        self.value = value
        self.isRefunded = isRefunded
        self.refunded = refunded
        self.isMatched = isMatched
        self.isAttributed = isAttributed
        self.dimensions = dimensions
    }

    /// What the dimensions of its last touch come from.
    package struct LastTouch: Sendable {
        package var kind: TouchKind
        package var ad: String?
        /// In the order of `Dimension.stored(.message)`; empty when there are none.
        package var dimensions: [String?]

        package init(kind: TouchKind, ad: String?, dimensions: [String?]) {
            self.kind = kind
            self.ad = ad
            self.dimensions = dimensions
        }
    }

    /// Nil for what was never confirmed.
    /// - Parameters:
    ///   - isMatched: a person is known.
    ///   - lastTouch: nil when no touch lies in the window.
    ///   - convert: an amount as it is shown, by the rate of a day.
    package init?(
        _ state: OutcomeState, isMatched: Bool, lastTouch: LastTouch?, convert: (Money, Instant) -> Money
    ) {
        guard state.isCounted else { return nil }
        at = state.at
        isCancelled = state.standing == .cancelled
        self.isMatched = isMatched
        isAttributed = lastTouch != nil
        let amounts = Self.amounts(state, convert)
        value = amounts.map { $0.gross.micros &- $0.returned }
        refunded = amounts?.returned ?? 0
        isRefunded = state.isRefunded
        dimensions = Self.dimensions(
            Self.head(state, currency: amounts?.gross.currency), touch: lastTouch)
        settleHandler(of: state, isAttributed: isAttributed)
    }

    /// Gross value and what went back of it as they are shown.
    private static func amounts(
        _ state: OutcomeState, _ convert: (Money, Instant) -> Money
    ) -> (gross: Money, returned: Int64)? {
        guard let told = state.amounts else { return nil }
        let gross = convert(told.gross, state.at)
        guard told.returned > 0 else { return (gross, 0) }
        // All of it is all of it, however the rate rounds.
        if told.returned == told.gross.micros { return (gross, gross.micros) }
        let returned = convert(Money(micros: told.returned, currency: told.gross.currency), state.at)
        return (gross, min(returned.micros, gross.micros))
    }

    /// Who handled it is known better from the one who told it than from the last touch, and where from what the
    /// telling says when there is no touch.
    private mutating func settleHandler(of state: OutcomeState, isAttributed: Bool) {
        if let handler = state.handler {
            set(.agent, handler.agent)
            set(.team, handler.team)
            set(.desk, handler.desk)
        }
        if !isAttributed {
            set(.waba, state.account?.value.value)
            set(.phoneNumber, state.phoneNumber?.value.value)
        }
    }

    private mutating func set(_ dimension: Dimension, _ value: String?) {
        guard let index = Dimension.stored(.outcome).firstIndex(of: dimension) else { return }
        dimensions[index] = value.map(MessageFact.label)
    }

    // MARK: Dimensions

    /// What an outcome's credits have in common.
    package struct Head: Hashable, Sendable {
        package var kind: String?
        package var source: String
        package var currency: String?

        package init(kind: String?, source: String, currency: String?) {
            self.kind = kind
            self.source = source
            self.currency = currency
        }
    }

    package static func head(_ state: OutcomeState, currency: String?) -> Head {
        Head(
            kind: state.kind.map { MessageFact.label($0.value) }, source: MessageFact.label(state.source),
            currency: currency)
    }

    /// The shown currency and the other words of this fact's head.
    package var head: Head {
        guard dimensions.count > 2 else { return Head(kind: nil, source: "", currency: nil) }
        return Head(kind: dimensions[0], source: dimensions[1] ?? "", currency: dimensions[2])
    }

    /// Values in the order of `Dimension.stored(.outcome)`.
    package static func dimensions(_ head: Head, touch: LastTouch?) -> [String?] {
        var values: [String?] = [
            head.kind, head.source, head.currency, touch?.kind.rawValue, touch?.ad.map(MessageFact.label),
        ]
        for position in messagePositions {
            let known = touch?.dimensions ?? []
            values.append(known.indices.contains(position) ? known[position] : nil)
        }
        return values
    }

    /// Where the dimensions after the first five stand among a message's.
    private static let messagePositions: [Int] = {
        let message = Dimension.stored(.message)
        return Dimension.stored(.outcome).dropFirst(5).map { message.firstIndex(of: $0) ?? message.count }
    }()

}

extension OutcomeFact {
    /// What the outcome adds to the numbers, all of it at its own time.
    package var contribution: ServiceContribution {
        var part = ServiceContribution.Part(quarter: QuarterHour(containing: at))
        if isCancelled {
            part.add(.cancelled, 1)
        } else {
            part.add(.outcomes, 1)
            part.add(OutcomeMeasure.value, value ?? 0)
            part.add(.valued, value == nil ? 0 : 1)
            part.add(.unattributed, isAttributed ? 0 : 1)
            part.add(.unmatched, isMatched ? 0 : 1)
            part.add(.refunded, isRefunded ? 1 : 0)
            part.add(.refundedValue, refunded)
        }
        return ServiceContribution(parts: [part])
    }
}

extension AttributionLedger {
    /// What one credit adds to the numbers in one model, at the touch's time; nil without a share in it.
    /// - Parameters:
    ///   - place: of the model in `models`.
    ///   - value: of the credit in the model.
    ///   - outcomeAt: when the outcome came about.
    package static func contribution(
        of credit: Credit, model place: Int, value: Int64, outcomeAt: Instant
    ) -> ServiceContribution.Part? {
        guard credit.shares[place] > 0 else { return nil }
        var part = ServiceContribution.Part(quarter: QuarterHour(containing: credit.touch.cohortAt))
        part.add(.share, credit.shares[place])
        part.add(CreditMeasure.value, value)
        part.add(.credits, 1)
        part.add(.converted, credit.converted & (1 << UInt8(place)) == 0 ? 0 : 1)
        part.durations[CreditDuration.timeToOutcome.rawValue] = [max(0, outcomeAt.microseconds(since: credit.touch.at))]
        return part
    }
}

extension ServiceContribution.Part {
    fileprivate mutating func add(_ measure: OutcomeMeasure, _ amount: Int64) {
        if amount != 0 { measures[measure.rawValue, default: 0] &+= amount }
    }
    fileprivate mutating func add(_ measure: CreditMeasure, _ amount: Int64) {
        if amount != 0 { measures[measure.rawValue, default: 0] &+= amount }
    }
}
