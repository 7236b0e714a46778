import Crypto
import Domain

/// Midtrans' payment notifications (`POST /webhooks/midtrans`). One order is one outcome: its `order_id`.
///
/// docs.midtrans.com: https-notification-webhooks, transaction-status-cycle, refund-transaction.
package enum Midtrans {
    /// `signature_key` in the body: SHA-512 over `order_id`, `status_code` and `gross_amount` as the strings that were
    /// sent, and the server key, in hexadecimal. It has no time, so that a replay cannot be told from a repetition;
    /// both are the same event.
    package static func verify(body: [UInt8], secrets: WebhookSecrets) -> SignatureVerdict {
        guard let root = try? JSON.parse(body), let told = root["signature_key"]?.word else { return .missing }
        guard let signature = Hexadecimal.bytes(told, count: SHA512.byteCount),
            let order = root["order_id"]?.string, let code = root["status_code"]?.string,
            let amount = root["gross_amount"]?.string
        else { return .wrong }
        let signed = Array("\(order)\(code)\(amount)".utf8)
        let isSigned = secrets.contains { secret in
            WebhookSignature.areEqual(Array(SHA512.hash(data: signed + secret)), signature)
        }
        return isSigned ? .valid : .wrong
    }

    package static func decode(_ body: [UInt8], receivedAt: Instant, home: Country) -> [Event] {
        ProviderBody.events(body, .midtrans) { root throws(ProviderFault) in
            guard let order = root["order_id"]?.identifier, let status = root["transaction_status"]?.word else {
                throw ProviderFault(.missingKey)
            }
            // What the dashboard's test button sends.
            if order.hasPrefix("payment_notif_test_") { return [] }
            guard let change = try change(status.lowercased(), root) else { return [] }
            let value = try root["gross_amount"]?.money(in: currency(of: root))
            return [
                OutcomeEvent(
                    source: OutcomeProvider.midtrans.name, id: order, kind: OutcomeKind.payment, change: change,
                    at: time(of: change, root) ?? receivedAt, value: value, identity: identity(root, home: home))
            ]
        }
    }

    // MARK: What happened

    /// Nil for a status that Midtrans has added since.
    private static func change(_ status: String, _ root: JSON.Value) throws(ProviderFault) -> OutcomeEvent.Change? {
        switch status {
        case "settlement":
            try checkPaid(root)
            return .confirmed
        case "capture":
            // A card: it is paid once the fraud check has accepted it.
            switch root["fraud_status"]?.word?.lowercased() {
            case "accept":
                try checkPaid(root)
                return .confirmed
            case "deny": return .failed
            default: return .pending
            }
        case "pending", "authorize": return .pending
        case "deny", "expire", "failure": return .failed
        case "cancel": return .cancelled
        case "refund": return .refunded(id: nil, amount: nil, isTotal: true)
        case "partial_refund": return .refunded(id: nil, amount: try refunded(root), isTotal: true)
        case "chargeback": return .chargedBack(id: root["transaction_id"]?.identifier, amount: nil, isReversed: false)
        case "partial_chargeback":
            let amount = try (root["chargeback_amount"] ?? root["refund_amount"])?.money(in: currency(of: root))
            return .chargedBack(id: root["transaction_id"]?.identifier, amount: amount, isReversed: false)
        default: return nil
        }
    }

    /// The signature covers `status_code`, not `transaction_status`. So the status is only believed together with the
    /// code that belongs to it: else the notification of an unpaid order could be turned into a payment.
    private static func checkPaid(_ root: JSON.Value) throws(ProviderFault) {
        guard root["status_code"]?.word == "200" else { throw ProviderFault(.badValue) }
    }

    /// Everything that was refunded up to now.
    private static func refunded(_ root: JSON.Value) throws(ProviderFault) -> Money {
        let currency = currency(of: root)
        if let total = root["refund_amount"] { return try total.money(in: currency) }
        var sum = Money(micros: 0, currency: currency)
        guard let refunds = root["refunds"], !refunds.elements.isEmpty else { throw ProviderFault(.missingKey) }
        for refund in refunds.elements {
            guard let amount = try refund["refund_amount"]?.money(in: currency) else {
                throw ProviderFault(.missingKey)
            }
            sum.micros = min(sum.micros + amount.micros, Money.outcomeMicrosMax)
        }
        return sum
    }

    private static func currency(of root: JSON.Value) -> String { root["currency"]?.currency ?? "IDR" }

    // MARK: When

    private static func time(of change: OutcomeEvent.Change, _ root: JSON.Value) -> Instant? {
        let begun = time(root["transaction_time"])
        switch change {
        case .confirmed:
            // A card's money settles a day after it was captured; the payment is the capture.
            let isCard = root["payment_type"]?.equals("credit_card") ?? false
            return isCard ? begun ?? time(root["settlement_time"]) : time(root["settlement_time"]) ?? begun
        case .failed: return time(root["expiry_time"]) ?? begun
        case .refunded: return root["refunds"]?.elements.compactMap { time($0["created_at"]) }.max() ?? begun
        default: return begun
        }
    }

    /// `2026-11-22 10:11:12`, without a zone: Western Indonesian time, which has no summer time.
    private static func time(_ value: JSON.Value?) -> Instant? {
        guard let text = value?.word else { return nil }
        return RFC3339.parse(text + "+07:00") ?? RFC3339.parse(text)
    }

    // MARK: Whose

    private static func identity(_ root: JSON.Value, home: Country) -> OutcomeIdentity {
        var clues = IdentityClues(home: home)
        clues.take(members: root["metadata"])
        clues.takeMarked(root["order_id"]?.word)
        for key in ["custom_field1", "custom_field2", "custom_field3"] {
            clues.takeFree(root.member(named: key)?.word)
        }
        clues.takePerson(root["customer_details"]?["phone"]?.word)
        clues.takePerson(root["payer_phone_number"]?.word)
        return clues.identity
    }
}
