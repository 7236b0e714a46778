import Domain

/// Cal.com's webhooks (`POST /webhooks/calcom`). One booking is one outcome: its `uid`, counted when it was made.
///
/// A booking that is moved gets a new `uid` and names the one before it. So moving tells two things: the new one is
/// there, the old one is not. However often a booking is moved, in whatever order that is told, one is left.
package enum CalCom {
    package static let signatureHeader = "X-Cal-Signature-256"

    /// The hexadecimal HMAC-SHA256 of the raw body, with or without `sha256=` in front. It has no time. A webhook
    /// without a secret sends the words `no-secret-provided`, which is no signature.
    package static func verify(body: [UInt8], header: String?, secrets: WebhookSecrets) -> SignatureVerdict {
        guard let header = header?.trimmed, !header.isEmpty, header != "no-secret-provided" else { return .missing }
        let text = header.hasPrefix("sha256=") ? header.dropFirst(7) : header[...]
        guard let told = Hexadecimal.bytes(text, count: 32) else { return .wrong }
        let isSigned = secrets.contains { WebhookSignature.areEqual(WebhookSignature.code(body, secret: $0), told) }
        return isSigned ? .valid : .wrong
    }

    package static func decode(_ body: [UInt8], receivedAt: Instant, home: Country) -> [Event] {
        ProviderBody.events(body, .calcom) { root throws(ProviderFault) in
            guard let trigger = root["triggerEvent"]?.word?.uppercased() else { throw ProviderFault(.missingKey) }
            guard ProviderBooking.calComTriggers.contains(trigger) else { return [] }
            guard let payload = root["payload"], payload.isObject, let uid = payload["uid"]?.identifier else {
                throw ProviderFault(.missingKey)
            }
            var booking = ProviderBooking(
                provider: .calcom, id: uid, at: root["createdAt"]?.instant, receivedAt: receivedAt,
                identity: identity(payload, home: home))
            if trigger == "BOOKING_CREATED" || trigger == "BOOKING_RESCHEDULED" || trigger == "BOOKING_REQUESTED" {
                booking.previous = payload["rescheduleUid"]?.identifier
            }
            return booking.told(change(trigger, payload))
        }
    }

    private static func change(_ trigger: String, _ payload: JSON.Value) -> OutcomeEvent.Change {
        switch trigger {
        case "BOOKING_CANCELLED": return .cancelled
        case "BOOKING_REJECTED": return .failed
        case "BOOKING_REQUESTED", "BOOKING_PAYMENT_INITIATED": return .pending
        default:
            // Made, moved or paid: it stands unless the host still has to agree.
            return payload["status"]?.word?.uppercased() == "PENDING" ? .pending : .confirmed
        }
    }

    private static func identity(_ payload: JSON.Value, home: Country) -> OutcomeIdentity {
        var clues = IdentityClues(home: home)
        clues.take(members: payload["metadata"])
        for answers in [payload["responses"], payload["userFieldsResponses"]].compactMap({ $0 }) {
            for (key, answer) in answers.members.prefix(100) {
                guard let text = (answer.isObject ? answer["value"] : answer)?.word else { continue }
                clues.take(text, named: key)
                if let label = answer["label"]?.word, IdentityClues.asksForPhone(label) { clues.takePerson(text) }
                clues.takeMarked(text)
            }
        }
        // The first is who booked; the others are guests.
        clues.takePerson(payload["attendees"]?.elements.first?["phoneNumber"]?.word)
        clues.takePerson(payload["smsReminderNumber"]?.word)
        return clues.identity
    }
}

/// A booking as Cal.com and Calendly tell it.
struct ProviderBooking {
    static let calComTriggers: Set<String> = [
        "BOOKING_CREATED", "BOOKING_RESCHEDULED", "BOOKING_REQUESTED", "BOOKING_PAYMENT_INITIATED", "BOOKING_PAID",
        "BOOKING_CANCELLED", "BOOKING_REJECTED",
    ]

    let provider: OutcomeProvider
    let id: String
    /// The booking that this one takes the place of.
    var previous: String?
    /// When it was told, by the provider's clock.
    let at: Instant?
    let receivedAt: Instant
    let identity: OutcomeIdentity

    func told(_ change: OutcomeEvent.Change) -> [OutcomeEvent] {
        var events = [event(id, change)]
        if let previous, previous != id { events.append(event(previous, .cancelled)) }
        return events
    }

    private func event(_ id: String, _ change: OutcomeEvent.Change) -> OutcomeEvent {
        OutcomeEvent(
            source: provider.name, id: id, kind: OutcomeKind.booking, change: change, at: at ?? receivedAt,
            revisedAt: at, identity: identity)
    }
}
