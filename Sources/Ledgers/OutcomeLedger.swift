import Domain

/// Folds what is told about business results into `OutcomeState`: a join, so order does not matter.
package enum OutcomeLedger {
    /// Outcomes worth more than nothing and no more than sums can carry.
    private static func amount(_ money: Money?) -> OutcomeState.Amount? {
        guard let money, money.micros >= 0, Money.isCurrencyCode(money.currency) else { return nil }
        return OutcomeState.Amount(
            Money(micros: min(money.micros, Money.outcomeMicrosMax), currency: money.currency))
    }

    package static func join(_ event: OutcomeEvent, receivedAt: Instant, into state: inout OutcomeState) {
        let revision = event.revisedAt ?? receivedAt
        let isConfirmation = event.change == .confirmed
        let weight: Int64 = isConfirmation ? 1 : 0
        join(event.kind, weight, revision, into: &state.kind)
        join(amount(event.value), weight, revision, into: &state.value)
        state.firstAt = earliest(state.firstAt, event.at)
        join(event.identity, revision, into: &state)
        switch event.change {
        case .confirmed:
            if let revisedAt = event.revisedAt {
                state.confirmedAt = earliest(state.confirmedAt, event.at)
                state.confirmedRevision = latest(state.confirmedRevision, revisedAt)
            } else {
                join(event.at, 1, revision, into: &state.restatedAt)
            }
        case .pending:
            join(OutcomeState.Unfinished(at: event.at, isFailed: false), 0, revision, into: &state.unfinished)
        case .failed:
            join(OutcomeState.Unfinished(at: event.at, isFailed: true), 0, revision, into: &state.unfinished)
        case .cancelled:
            state.isCancelled = true
            state.cancelledRevision = latest(state.cancelledRevision, event.revisedAt)
            if event.revisedAt == nil { state.isCancelledForGood = true }
        case .refunded(let id, let money, let isTotal):
            let returned = OutcomeState.Returned(amount: amount(money), isWhole: money == nil)
            if isTotal {
                state.refundedTotal = joined(state.refundedTotal, returned)
            } else {
                state.refunds[id ?? ""] = joined(state.refunds[id ?? ""], returned)
            }
        case .chargedBack(let id, let money, let isReversed):
            // Winning it back says nothing about how much it was.
            let returned = OutcomeState.Returned(
                amount: amount(money), isWhole: money == nil && !isReversed, isReversed: isReversed)
            state.chargebacks[id ?? ""] = joined(state.chargebacks[id ?? ""], returned)
        }
    }

    private static func join(_ identity: OutcomeIdentity, _ revision: Instant, into state: inout OutcomeState) {
        if !identity.party.isAnonymous {
            join(OutcomeState.Names(identity.party), 0, revision, into: &state.names)
        }
        join(identity.message, 0, revision, into: &state.message)
        join(identity.conversation, 0, revision, into: &state.conversation)
        join(identity.link, 0, revision, into: &state.link)
        join(identity.clickID, 0, revision, into: &state.clickID)
        join(identity.line.account, 0, revision, into: &state.account)
        join(identity.line.phoneNumber, 0, revision, into: &state.phoneNumber)
    }

    private static func join<Value>(
        _ value: Value?, _ weight: Int64, _ revision: Instant, into known: inout OutcomeState.Told<Value>?
    ) {
        guard let value else { return }
        let told = OutcomeState.Told(weight: weight, revision: revision, value: value)
        if known.map({ $0 < told }) ?? true { known = told }
    }

    private static func joined(
        _ a: OutcomeState.Returned?, _ b: OutcomeState.Returned
    ) -> OutcomeState.Returned {
        guard let a else { return b }
        return OutcomeState.Returned(
            amount: [a.amount, b.amount].compactMap { $0 }.max(), isWhole: a.isWhole || b.isWhole,
            isReversed: a.isReversed || b.isReversed)
    }
}

/// The sources of outcomes that Pantau itself tells of.
package enum OutcomeSource {
    /// What customers did in the chat, by the business's rules.
    package static let chat = "whatsapp"
    /// Meta's automatic events, by the business's rules.
    package static let automatic = "meta_automatic"
    /// Payments in the chat (India, Brazil).
    package static let payments = "meta_payments"
}

extension OutcomeEvent {
    /// A payment made in the chat. Nil for what names no order and for states that say nothing yet.
    package static func told(by payment: PaymentStatus) -> [OutcomeEvent] {
        guard let id = payment.referenceID, !id.isEmpty else { return [] }
        let change: Change
        switch payment.status.lowercased() {
        case "captured", "success", "completed": change = .confirmed
        case "pending", "new": change = .pending
        case "failed": change = .failed
        case "canceled", "cancelled", "expired": change = .cancelled
        default: return []
        }
        func money(_ micros: Int64) -> Money? { payment.currency.map { Money(micros: micros, currency: $0) } }
        var event = OutcomeEvent(
            source: OutcomeSource.payments, id: id, kind: OutcomeKind.payment, change: change, at: payment.at,
            revisedAt: payment.at, value: payment.amountMicros.flatMap(money),
            identity: OutcomeIdentity(party: payment.payer, line: payment.line))
        guard payment.refundedMicros > 0, let refunded = money(payment.refundedMicros) else { return [event] }
        let confirmation = event
        event.change = .refunded(id: nil, amount: refunded, isTotal: true)
        event.value = nil
        return [confirmation, event]
    }
}
