import Domain

/// The systems whose webhooks tell outcomes: `POST /webhooks/{name}`.
package enum OutcomeProvider: String, CaseIterable, Hashable, Sendable {
    case midtrans, xendit, stripe, calcom, calendly
    /// A system of the business's own, in the format of `POST /api/v1/outcomes`.
    case custom

    /// The last part of the address, and `OutcomeEvent.source` of what it tells (of `custom`: where it tells none).
    package var name: String { rawValue }

    package var source: DeliverySource {
        switch self {
        case .midtrans: .midtrans
        case .xendit: .xendit
        case .stripe: .stripe
        case .calcom: .calcom
        case .calendly: .calendly
        case .custom: .custom
        }
    }

    package init?(_ source: DeliverySource) {
        guard let provider = Self.allCases.first(where: { $0.source == source }) else { return nil }
        self = provider
    }

    /// The name of the header that carries the signature; nil where the body itself does.
    package var signatureHeader: String? {
        switch self {
        case .midtrans: nil
        case .xendit: Xendit.tokenHeader
        case .stripe: Stripe.signatureHeader
        case .calcom: CalCom.signatureHeader
        case .calendly: Calendly.signatureHeader
        case .custom: CustomOutcomes.signatureHeader
        }
    }

    /// Judges a delivery before anything of it is stored. `header` gives a header by its name, whatever its case.
    package func verify(
        body: [UInt8], secrets: WebhookSecrets, now: Instant, header: (_ name: String) -> String?
    ) -> SignatureVerdict {
        switch self {
        case .midtrans: Midtrans.verify(body: body, secrets: secrets)
        case .xendit:
            Xendit.verify(
                body: body, token: header(Xendit.tokenHeader), signature: header(Xendit.signatureHeader),
                timestamp: header(Xendit.timestampHeader), secrets: secrets, now: now)
        case .stripe:
            Stripe.verify(body: body, header: header(Stripe.signatureHeader), secrets: secrets, now: now)
        case .calcom: CalCom.verify(body: body, header: header(CalCom.signatureHeader), secrets: secrets)
        case .calendly:
            Calendly.verify(body: body, header: header(Calendly.signatureHeader), secrets: secrets, now: now)
        case .custom:
            CustomOutcomes.verify(
                body: body, header: header(CustomOutcomes.signatureHeader), secrets: secrets, now: now)
        }
    }

    /// Total: whatever the bytes are, the answer is a list of events. `home` is where numbers without a calling code
    /// are from, `currency` what amounts are in that do not say (only in the business's own format).
    package func decode(_ body: [UInt8], receivedAt: Instant, home: Country, currency: String?) -> [Event] {
        switch self {
        case .midtrans: Midtrans.decode(body, receivedAt: receivedAt, home: home)
        case .xendit: Xendit.decode(body, receivedAt: receivedAt, home: home)
        case .stripe: Stripe.decode(body, receivedAt: receivedAt, home: home)
        case .calcom: CalCom.decode(body, receivedAt: receivedAt, home: home)
        case .calendly: Calendly.decode(body, receivedAt: receivedAt, home: home)
        case .custom: CustomOutcomes.decode(body, receivedAt: receivedAt, home: home, currency: currency)
        }
    }
}

/// Why a provider's body could not be read.
struct ProviderFault: Error {
    let reason: NotUnderstood.Reason
    init(_ reason: NotUnderstood.Reason) { self.reason = reason }
}

/// The way of all providers from bytes to events.
enum ProviderBody {
    static func events(
        _ body: [UInt8], _ provider: OutcomeProvider,
        _ read: (JSON.Value) throws(ProviderFault) -> [OutcomeEvent]
    ) -> [Event] {
        do throws(ProviderFault) {
            return try read(try root(body)).map { .outcome($0) }
        } catch {
            return [.notUnderstood(NotUnderstood(field: provider.name, reason: error.reason))]
        }
    }

    private static func root(_ body: [UInt8]) throws(ProviderFault) -> JSON.Value {
        let root: JSON.Value
        do throws(JSONError) {
            root = try JSON.parse(body)
        } catch {
            if case .tooDeep = error { throw ProviderFault(.tooDeep) }
            throw ProviderFault(.notJSON)
        }
        guard root.isObject else { throw ProviderFault(.notAnObject) }
        return root
    }
}

extension JSON.Value {
    /// A word that identifies something; nil when it is longer than any identifier.
    var identifier: String? { word.flatMap { $0.utf8.count <= Limits.labelBytesMax ? $0 : nil } }

    /// The id of an object that is either named or written out.
    var reference: String? { isObject ? self["id"]?.identifier : identifier }

    /// An amount in major units, not below zero and within what an outcome may be worth.
    func money(in currency: String) throws(ProviderFault) -> Money {
        guard let micros, (0...Money.outcomeMicrosMax).contains(micros) else { throw ProviderFault(.badValue) }
        return Money(micros: micros, currency: currency)
    }

    /// A currency's code, upper case.
    var currency: String? {
        guard let code = word?.uppercased(), Money.isCurrencyCode(code) else { return nil }
        return code
    }
}
