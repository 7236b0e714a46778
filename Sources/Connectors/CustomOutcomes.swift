import Domain

/// Outcomes that a system of the business's own sends with a signature instead of an API key
/// (`POST /webhooks/custom`): the records of `POST /api/v1/outcomes`.
package enum CustomOutcomes {
    package static let signatureHeader = "X-Pantau-Signature"
    /// Furthest that the time of signing may be from now.
    package static let toleranceSeconds: Int64 = 300

    /// `t=<Unix seconds>,v1=<hexadecimal HMAC-SHA256 of time, full stop and raw body>`.
    package static func verify(
        body: [UInt8], header: String?, secrets: WebhookSecrets, now: Instant
    ) -> SignatureVerdict {
        TimedSignature.verify(
            body: body, header: header, secrets: secrets, now: now, toleranceSeconds: toleranceSeconds)
    }

    /// The header's value for a body.
    package static func sign(body: [UInt8], secret: String, at: Instant) -> String {
        TimedSignature.sign(body: body, secret: secret, at: at)
    }

    /// Record by record, for an answer that names those at fault. Records that name no source are of `custom`.
    package static func read(
        _ body: [UInt8], receivedAt: Instant, home: Country, currency: String?
    ) -> RecordList.Decoded {
        OutcomeRecords.decode(
            body, receivedAt: receivedAt, home: home, currency: currency, source: OutcomeProvider.custom.name)
    }

    package static func decode(
        _ body: [UInt8], receivedAt: Instant, home: Country, currency: String?
    ) -> [Event] {
        read(body, receivedAt: receivedAt, home: home, currency: currency).records.map { record in
            switch record {
            case .success(let event): return event
            case .failure(let problem):
                let reason: NotUnderstood.Reason = problem.record == 0 ? .notJSON : .badValue
                return .notUnderstood(NotUnderstood(field: OutcomeProvider.custom.name, reason: reason))
            }
        }
    }
}
