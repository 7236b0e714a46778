import Connectors
import Domain
import Storage
import WhatsApp

/// Deliveries → events: which decoder reads which source. Never throws: what is not understood is an event too.
package struct DeliveryDecoder: Sendable {
    let home: Home

    package init(home: Home) { self.home = home }

    func items(of deliveries: [Delivery]) -> [ProjectionBatch.Item] {
        var items: [ProjectionBatch.Item] = []
        items.reserveCapacity(deliveries.count * 2)
        for delivery in deliveries {
            for event in events(of: delivery) {
                items.append(.init(event: event, receivedAt: delivery.receivedAt, source: delivery.source))
            }
        }
        return items
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
