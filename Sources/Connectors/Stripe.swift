import Domain

/// Stripe's webhooks (`POST /webhooks/stripe`).
///
/// One payment is one outcome, named by its payment intent (`pi_…`): that is what a checkout session, an invoice, a
/// charge, a refund and a dispute of the same payment all tell. What has no payment intent is named by itself.
///
/// Two tellings are left out, because the payment intent tells the same money and nothing in them leads to it: a
/// checkout session that begins a subscription, and, from API version 2025-03-31 on, `invoice.paid` without its
/// payments (`invoice_payment.paid` names both). The latter is reported as not understood, so that a business that
/// listens to nothing else sees why.
package enum Stripe {
    package static let signatureHeader = "Stripe-Signature"
    /// Furthest that the time of signing may be from now (as Stripe's own libraries have it).
    package static let toleranceSeconds: Int64 = 300

    /// The endpoint's secret (`whsec_…`) is used as text, with its prefix.
    package static func verify(
        body: [UInt8], header: String?, secrets: WebhookSecrets, now: Instant
    ) -> SignatureVerdict {
        TimedSignature.verify(
            body: body, header: header, secrets: secrets, now: now, toleranceSeconds: toleranceSeconds)
    }

    package static func decode(_ body: [UInt8], receivedAt: Instant, home: Country) -> [Event] {
        ProviderBody.events(body, .stripe) { root throws(ProviderFault) in
            // Test mode: nobody paid.
            if root["livemode"]?.bool == false { return [] }
            guard let type = root["type"]?.word else { throw ProviderFault(.missingKey) }
            guard let read = StripeObject.reading(of: type) else { return [] }
            guard let object = root["data"]?["object"], object.isObject else { throw ProviderFault(.missingKey) }
            let created = root["created"]?.instant
            let reading = StripeObject(
                value: object, type: type, createdAt: created, receivedAt: receivedAt, home: home,
                hasSeparatePayments: (root["api_version"]?.word ?? "") >= "2025-03-31")
            return try read(reading)().map { [$0] } ?? []
        }
    }

    /// Digits after the point in the amounts of Stripe's API. They are Stripe's own: two for the rupiah, and for the
    /// Icelandic krona and the Ugandan shilling, which have none elsewhere. docs.stripe.com/currencies
    package static func decimals(of currency: String) -> Int {
        zeroDecimal.contains(currency) ? 0 : threeDecimal.contains(currency) ? 3 : 2
    }

    private static let zeroDecimal: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
    private static let threeDecimal: Set<String> = ["BHD", "JOD", "KWD", "OMR", "TND"]
}

/// The object of one of Stripe's events while it is being read.
struct StripeObject {
    let value: JSON.Value
    /// The event's type.
    let type: String
    /// When the event came to be; the object's own time is that of its making, before anybody paid.
    let createdAt: Instant?
    let receivedAt: Instant
    let home: Country
    /// True from the API version on in which an invoice no longer names its payment.
    let hasSeparatePayments: Bool

    /// How an event of that type is read; nil for all that tell nothing of a payment.
    static func reading(of type: String) -> ((StripeObject) -> () throws(ProviderFault) -> OutcomeEvent?)? {
        if type.hasPrefix("charge.dispute.") { return dispute }
        if type.hasPrefix("checkout.session.") { return session }
        if type.hasPrefix("payment_intent.") { return intent }
        switch type {
        case "invoice.paid", "invoice.payment_succeeded": return invoice
        case "invoice_payment.paid": return invoicePayment
        case "charge.succeeded", "charge.pending", "charge.captured", "charge.failed", "charge.expired": return charge
        case "charge.refunded": return refund
        default: return nil
        }
    }

    // MARK: Objects

    private func session() throws(ProviderFault) -> OutcomeEvent? {
        let payment = value["payment_intent"]?.reference
        let isFree = value["payment_status"]?.equals("no_payment_required") ?? false
        let isPaid = isFree || value["payment_status"]?.equals("paid") == true
        // The invoice's payment tells it.
        if payment == nil, !isFree, value["mode"]?.equals("subscription") == true { return nil }
        let change: OutcomeEvent.Change
        switch type {
        case "checkout.session.completed": change = isPaid ? .confirmed : .pending
        case "checkout.session.async_payment_succeeded": change = .confirmed
        case "checkout.session.async_payment_failed", "checkout.session.expired": change = .failed
        default: return nil
        }
        return try event(payment ?? value["id"]?.identifier, change, minor: value["amount_total"])
    }

    private func intent() throws(ProviderFault) -> OutcomeEvent? {
        let change: OutcomeEvent.Change
        switch type {
        case "payment_intent.succeeded": change = .confirmed
        case "payment_intent.created", "payment_intent.processing", "payment_intent.requires_action",
            "payment_intent.amount_capturable_updated":
            change = .pending
        case "payment_intent.payment_failed": change = .failed
        case "payment_intent.canceled": change = .cancelled
        default: return nil
        }
        let received = change == .confirmed ? value["amount_received"] : nil
        return try event(value["id"]?.identifier, change, minor: received ?? value["amount"])
    }

    private func invoice() throws(ProviderFault) -> OutcomeEvent? {
        // A trial: nothing was paid.
        if value["amount_paid"]?.int64 == 0 { return nil }
        let payments = value["payments"]?["data"]?.elements.first
        let payment = (value["payment_intent"] ?? payments?["payment"]?["payment_intent"])?.reference
        if payment == nil, hasSeparatePayments { throw ProviderFault(.missingKey) }
        return try event(payment ?? value["id"]?.identifier, .confirmed, minor: value["amount_paid"])
    }

    private func invoicePayment() throws(ProviderFault) -> OutcomeEvent? {
        guard let payment = value["payment"]?["payment_intent"]?.reference else { return nil }
        return try event(payment, .confirmed, minor: value["amount_paid"])
    }

    private func charge() throws(ProviderFault) -> OutcomeEvent? {
        let isCaptured = value["captured"]?.bool ?? true
        let change: OutcomeEvent.Change
        switch type {
        case "charge.succeeded": change = isCaptured ? .confirmed : .pending
        case "charge.captured": change = .confirmed
        case "charge.pending": change = .pending
        default: change = .failed
        }
        return try event(paymentOfCharge, change, minor: gross)
    }

    private func refund() throws(ProviderFault) -> OutcomeEvent? {
        // Grows with each refund of the charge.
        guard let total = value["amount_refunded"] else { throw ProviderFault(.missingKey) }
        let change = OutcomeEvent.Change.refunded(id: nil, amount: try money(total), isTotal: true)
        return try event(paymentOfCharge, change, minor: gross)
    }

    private func dispute() throws(ProviderFault) -> OutcomeEvent? {
        guard let status = value["status"]?.word else { throw ProviderFault(.missingKey) }
        // The bank only asks; no money moves. Or the payment was refunded instead, which the charge tells.
        if status.hasPrefix("warning_") || status == "prevented" { return nil }
        let isReversed = status == "won" || type == "charge.dispute.funds_reinstated"
        guard let amount = value["amount"] else { throw ProviderFault(.missingKey) }
        let change = OutcomeEvent.Change.chargedBack(
            id: value["id"]?.identifier, amount: try money(amount), isReversed: isReversed)
        return try event((value["payment_intent"] ?? value["charge"])?.reference, change, minor: nil)
    }

    // MARK: Parts

    private var paymentOfCharge: String? { value["payment_intent"]?.reference ?? value["id"]?.identifier }

    /// What of a charge was taken; a charge that is only reserved has taken nothing yet.
    private var gross: JSON.Value? {
        guard let captured = value["amount_captured"], captured.int64 != 0 else { return value["amount"] }
        return captured
    }

    private func event(
        _ id: String?, _ change: OutcomeEvent.Change, minor: JSON.Value?
    ) throws(ProviderFault) -> OutcomeEvent? {
        guard let id else { throw ProviderFault(.missingKey) }
        return OutcomeEvent(
            source: OutcomeProvider.stripe.name, id: id, kind: OutcomeKind.payment, change: change,
            at: createdAt ?? receivedAt, revisedAt: createdAt, value: try minor.map(money), identity: identity())
    }

    /// A whole number of the currency's smallest unit.
    private func money(_ minor: JSON.Value) throws(ProviderFault) -> Money {
        guard let currency = value["currency"]?.currency else { throw ProviderFault(.missingKey) }
        let scale: Int64 = [1_000_000, 100_000, 10_000, 1_000][Stripe.decimals(of: currency)]
        guard let count = minor.int64, count >= 0 else { throw ProviderFault(.badValue) }
        let (micros, overflow) = count.multipliedReportingOverflow(by: scale)
        guard !overflow, micros <= Money.outcomeMicrosMax else { throw ProviderFault(.badValue) }
        return Money(micros: micros, currency: currency)
    }

    private func identity() -> OutcomeIdentity {
        var clues = IdentityClues(home: home)
        clues.take(members: value["metadata"])
        clues.take(members: value["subscription_details"]?["metadata"])
        clues.take(members: value["parent"]?["subscription_details"]?["metadata"])
        clues.takeFree(value["client_reference_id"]?.word)
        clues.takeMarked(value["description"]?.word)
        for field in value["custom_fields"]?.elements.map({ $0 }) ?? [] {
            guard let answer = (field["text"] ?? field["numeric"])?["value"]?.word else { continue }
            let question = field["label"]?["custom"]?.word ?? field["key"]?.word ?? ""
            if IdentityClues.asksForPhone(question) { clues.takePerson(answer) }
        }
        clues.takePerson(value["customer_details"]?["phone"]?.word)
        clues.takePerson(value["customer_phone"]?.word)
        // A card's own phone number must not displace what the checkout of the same payment said.
        if type.hasPrefix("charge."), value["payment_intent"] == nil {
            clues.takePerson(value["billing_details"]?["phone"]?.word)
            clues.takePerson(value["shipping"]?["phone"]?.word)
        }
        return clues.identity
    }
}
