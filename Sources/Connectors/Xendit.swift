import Domain

/// Xendit's webhooks (`POST /webhooks/xendit`): invoices (API v2), and payments, sessions and refunds (API v3).
///
/// One order is one outcome: an invoice's `external_id`, a payment's or session's `reference_id`, which are both the
/// business's own name for it. A refund has a `reference_id` of its own, so it finds its order by `metadata`
/// (`order_id`, `external_id` or `reference_id`) and only without that by the `reference_id`.
///
/// docs.xendit.co: payment-webhook-notification, refund-webhook-notification, payment session webhooks.
package enum Xendit {
    package static let tokenHeader = "X-Callback-Token"
    package static let signatureHeader = "X-Callback-Signature"
    package static let timestampHeader = "X-Callback-Timestamp"

    /// Furthest that the time of a signed callback may be from now.
    package static let toleranceSeconds: Int64 = 300

    /// The account's webhook token, which is sent as it is; or, where a newer product sends no token, the hexadecimal
    /// HMAC-SHA256 of time, full stop and raw body. A wrong token is wrong whatever else is there.
    package static func verify(
        body: [UInt8], token: String?, signature: String? = nil, timestamp: String? = nil, secrets: WebhookSecrets,
        now: Instant
    ) -> SignatureVerdict {
        if let token = token?.trimmed, !token.isEmpty {
            let told = Array(token.utf8)
            return secrets.contains { WebhookSignature.areEqual($0, told) } ? .valid : .wrong
        }
        guard let signature = signature?.trimmed, let timestamp = timestamp?.trimmed, !signature.isEmpty,
            !timestamp.isEmpty
        else { return .missing }
        guard let told = Hexadecimal.bytes(signature, count: 32),
            let signedAt = WebhookSignature.seconds(timestamp)
        else { return .wrong }
        let isSigned = secrets.contains { secret in
            WebhookSignature.areEqual(
                WebhookSignature.code(Array("\(timestamp).".utf8), body, secret: secret), told)
        }
        guard isSigned else { return .wrong }
        return WebhookSignature.verdict(signedAt: signedAt, now: now, toleranceSeconds: toleranceSeconds)
    }

    package static func decode(_ body: [UInt8], receivedAt: Instant, home: Country) -> [Event] {
        ProviderBody.events(body, .xendit) { root throws(ProviderFault) in
            let reading = Reading(receivedAt: receivedAt, home: home)
            guard let name = root["event"]?.word else { return try reading.invoice(root) }
            guard let data = root["data"], data.isObject else { throw ProviderFault(.missingKey) }
            // Refunds come wrapped twice in some versions.
            let inner = data["data"].flatMap { $0.isObject ? $0 : nil } ?? data
            return try reading.event(name, inner, toldAt: (root["created"] ?? inner["created"])?.instant)
        }
    }
}

/// What every reading of one body knows.
private struct Reading {
    let receivedAt: Instant
    let home: Country

    // MARK: Invoices

    func invoice(_ root: JSON.Value) throws(ProviderFault) -> [OutcomeEvent] {
        guard let status = root["status"]?.word?.uppercased(), let order = root["external_id"]?.identifier else {
            throw ProviderFault(.missingKey)
        }
        let change: OutcomeEvent.Change
        switch status {
        // Settled is the same payment, paid out to the business some days later.
        case "PAID", "SETTLED": change = .confirmed
        case "PENDING": change = .pending
        case "EXPIRED": change = .failed
        default: return []
        }
        let updated = root["updated"]?.instant
        let paidAt = change == .confirmed ? root["paid_at"]?.instant : nil
        let amount = change == .confirmed ? root["paid_amount"] ?? root["amount"] : root["amount"]
        return [
            OutcomeEvent(
                source: OutcomeProvider.xendit.name, id: order, kind: OutcomeKind.payment, change: change,
                at: paidAt ?? updated ?? root["created"]?.instant ?? receivedAt, revisedAt: updated,
                value: try amount?.money(in: currency(of: root)), identity: identity(root))
        ]
    }

    // MARK: Payments, sessions, refunds

    func event(_ name: String, _ data: JSON.Value, toldAt: Instant?) throws(ProviderFault) -> [OutcomeEvent] {
        let status = data["status"]?.word?.uppercased()
        let change: OutcomeEvent.Change
        switch name {
        case "payment.capture", "payment.succeeded", "payment_session.completed":
            // A completed session may only have saved a card.
            if data["session_type"]?.equals("SAVE") == true { return [] }
            change = status == "SUCCEEDED" || status == "COMPLETED" ? .confirmed : .pending
        case "payment.authorization", "payment.awaiting_capture", "payment.pending": change = .pending
        case "payment.failure", "payment.failed", "payment.expiry", "payment_request.expiry",
            "payment_session.expired":
            change = .failed
        case "payment.cancelled", "payment.canceled", "payment_session.canceled": change = .cancelled
        case "refund.succeeded": return [try refund(data, toldAt: toldAt)]
        default: return []
        }
        guard let order = (data["reference_id"] ?? data["payment_request_id"] ?? data["payment_id"])?.identifier
        else { throw ProviderFault(.missingKey) }
        let updated = data["updated"]?.instant
        return [
            OutcomeEvent(
                source: OutcomeProvider.xendit.name, id: order, kind: OutcomeKind.payment, change: change,
                at: updated ?? toldAt ?? receivedAt, revisedAt: toldAt ?? updated,
                value: try amount(data, isConfirmed: change == .confirmed), identity: identity(data))
        ]
    }

    /// What was captured where that is told, which may be less than what was asked for.
    private func amount(_ data: JSON.Value, isConfirmed: Bool) throws(ProviderFault) -> Money? {
        let currency = currency(of: data)
        if isConfirmed, let captures = data["captures"], !captures.elements.isEmpty {
            var sum: Int64 = 0
            for capture in captures.elements {
                guard let told = capture["capture_amount"] ?? capture["amount"] else {
                    throw ProviderFault(.missingKey)
                }
                sum += try told.money(in: currency).micros
                guard sum <= Money.outcomeMicrosMax else { throw ProviderFault(.badValue) }
            }
            return Money(micros: sum, currency: currency)
        }
        return try (data["request_amount"] ?? data["amount"])?.money(in: currency)
    }

    private func refund(_ data: JSON.Value, toldAt: Instant?) throws(ProviderFault) -> OutcomeEvent {
        let metadata = data["metadata"]
        let named = metadata?["order_id"] ?? metadata?["external_id"] ?? metadata?["reference_id"]
        guard let order = (named ?? data["reference_id"])?.identifier,
            let id = (data["refund_id"] ?? data["id"])?.identifier, let amount = data["amount"]
        else { throw ProviderFault(.missingKey) }
        let at = data["updated"]?.instant ?? toldAt
        return OutcomeEvent(
            source: OutcomeProvider.xendit.name, id: order, kind: OutcomeKind.payment,
            change: .refunded(id: id, amount: try amount.money(in: currency(of: data)), isTotal: false),
            at: at ?? receivedAt, revisedAt: at, identity: identity(data))
    }

    /// The older API is Indonesian and left the currency out.
    private func currency(of data: JSON.Value) -> String { data["currency"]?.currency ?? "IDR" }

    // MARK: Whose

    private func identity(_ data: JSON.Value) -> OutcomeIdentity {
        var clues = IdentityClues(home: home)
        clues.take(members: data["metadata"])
        clues.takeMarked((data["external_id"] ?? data["reference_id"])?.word)
        clues.takeMarked(data["description"]?.word)
        for customer in [data["customer"], data["customer_details"]].compactMap({ $0 }) {
            clues.takePerson((customer["mobile_number"] ?? customer["phone_number"])?.word)
        }
        return clues.identity
    }
}
