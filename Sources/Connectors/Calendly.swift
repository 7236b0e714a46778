import Domain

/// Calendly's webhooks (`POST /webhooks/calendly`). One invitee of an event is one outcome: the invitee's address,
/// counted when the booking was made.
///
/// Moving a booking sends two of them: the old invitee is cancelled (`rescheduled`, with `new_invitee`), and a new one
/// is created (with `old_invitee`). Either alone says that the old one is gone, so that one booking is left whichever
/// comes first or never.
package enum Calendly {
    package static let signatureHeader = "Calendly-Webhook-Signature"
    /// Calendly's own advice.
    package static let toleranceSeconds: Int64 = 180

    package static func verify(
        body: [UInt8], header: String?, secrets: WebhookSecrets, now: Instant
    ) -> SignatureVerdict {
        TimedSignature.verify(
            body: body, header: header, secrets: secrets, now: now, toleranceSeconds: toleranceSeconds)
    }

    package static func decode(_ body: [UInt8], receivedAt: Instant, home: Country) -> [Event] {
        ProviderBody.events(body, .calendly) { root throws(ProviderFault) in
            guard let name = root["event"]?.word else { throw ProviderFault(.missingKey) }
            guard name == "invitee.created" || name == "invitee.canceled" else { return [] }
            guard let payload = root["payload"], payload.isObject, let invitee = payload["uri"]?.identifier else {
                throw ProviderFault(.missingKey)
            }
            let toldAt = root["created_at"]?.instant
            let isCreated = name == "invitee.created"
            let madeAt = isCreated ? payload["created_at"]?.instant : nil
            var booking = ProviderBooking(
                provider: .calendly, id: invitee, at: madeAt ?? toldAt, receivedAt: receivedAt,
                identity: identity(payload, home: home))
            if isCreated { booking.previous = payload["old_invitee"]?.identifier }
            return booking.told(isCreated ? .confirmed : .cancelled)
        }
    }

    private static func identity(_ payload: JSON.Value, home: Country) -> OutcomeIdentity {
        var clues = IdentityClues(home: home)
        if let tracking = payload["tracking"] {
            for key in ["utm_content", "utm_term", "utm_source", "utm_campaign", "utm_medium", "salesforce_uuid"] {
                clues.takeMarked(tracking.member(named: key)?.word)
            }
        }
        for pair in payload["questions_and_answers"]?.elements.map({ $0 }) ?? [] {
            guard let answer = pair["answer"]?.word else { continue }
            if IdentityClues.asksForPhone(pair["question"]?.word ?? "") { clues.takePerson(answer) }
            clues.takeMarked(answer)
        }
        clues.takePerson(payload["text_reminder_number"]?.word)
        return clues.identity
    }
}
