import Connectors
import Domain
import Storage
import WhatsApp

/// Deliveries → events: which decoder reads which source. Never throws: what is not understood is an event too.
package struct DeliveryDecoder: Sendable {
    let home: Home

    package init(home: Home) { self.home = home }

    /// Consecutive deliveries as one batch; nil when there are none.
    package func batch(_ deliveries: [Delivery], asOf: Instant) -> ProjectionBatch? {
        guard let last = deliveries.last else { return nil }
        var items: [ProjectionBatch.Item] = []
        items.reserveCapacity(deliveries.count * 2)
        var tally = ReceiptTally()
        for delivery in deliveries {
            let events = events(of: delivery, &tally)
            count(delivery, events, &tally)
            for event in events {
                items.append(.init(event: event, receivedAt: delivery.receivedAt, source: delivery.source))
            }
        }
        return ProjectionBatch(
            items: items, receipts: tally, cursor: last.sequence, receivedAt: last.receivedAt, asOf: asOf)
    }

    /// A delivery counts once for each desk or system that it names.
    private func count(_ delivery: Delivery, _ events: [Event], _ tally: inout ReceiptTally) {
        switch delivery.source {
        case .deskEvents, .outcomes, .custom:
            let named = Set(events.map { $0.receiptSource(delivery.source) })
            let systems = named.filter { !$0.name.isEmpty }
            for source in systems.isEmpty ? [ReceiptSource(delivery.source)] : systems {
                tally.add(source, at: delivery.receivedAt)
            }
        default: tally.add(ReceiptSource(delivery.source), at: delivery.receivedAt)
        }
    }

    private func events(of delivery: Delivery, _ tally: inout ReceiptTally) -> [Event] {
        guard delivery.source == .metaWebhook else { return events(of: delivery) }
        let decoded = WebhookDecoder.decode(delivery.body, receivedAt: delivery.receivedAt)
        for (field, changes) in decoded.understood {
            tally.add(field: field.rawValue, changes: changes, at: delivery.receivedAt)
        }
        for case .notUnderstood(let piece) in decoded.events where piece.field != "body" {
            tally.add(field: piece.field, changes: 1, at: delivery.receivedAt)
        }
        return decoded.events
    }

    func events(of delivery: Delivery) -> [Event] {
        let (body, receivedAt) = (delivery.body, delivery.receivedAt)
        return switch delivery.source {
        case .metaWebhook: WebhookDecoder.decode(body, receivedAt: receivedAt).events
        case .sendLog: SendLog.decode(body, receivedAt: receivedAt).events
        case .chatwoot: ChatwootWebhook.decode(body, receivedAt: receivedAt)
        case .deskEvents: DeskEvents.decode(body, receivedAt: receivedAt).events
        case .settings: SettingsDelivery.decode(body, receivedAt: receivedAt)
        case .outcomes:
            OutcomeRecords.decode(body, receivedAt: receivedAt, home: home.country, currency: home.currency).events
        case .midtrans, .xendit, .stripe, .calcom, .calendly, .custom:
            OutcomeProvider(delivery.source)?.decode(
                body, receivedAt: receivedAt, home: home.country, currency: home.currency) ?? []
        case .links, .clicks: LinkDelivery.decode(body, receivedAt: receivedAt)
        case .rateCard: RateCardFile.decode(body, receivedAt: receivedAt)
        }
    }
}
