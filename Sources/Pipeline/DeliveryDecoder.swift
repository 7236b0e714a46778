import Connectors
import Domain
import Storage
import WhatsApp

/// Deliveries → events: which decoder reads which source. Never throws: what is not understood is an event too.
enum DeliveryDecoder {
    static func items(of deliveries: [Delivery]) -> [ProjectionBatch.Item] {
        var items: [ProjectionBatch.Item] = []
        items.reserveCapacity(deliveries.count * 2)
        for delivery in deliveries {
            for event in events(of: delivery) {
                items.append(.init(event: event, receivedAt: delivery.receivedAt, source: delivery.source))
            }
        }
        return items
    }

    static func events(of delivery: Delivery) -> [Event] {
        switch delivery.source {
        case .metaWebhook:
            WebhookDecoder.decode(delivery.body, receivedAt: delivery.receivedAt).events
        case .sendLog:
            SendLog.decode(delivery.body, receivedAt: delivery.receivedAt).events
        case .chatwoot:
            ChatwootWebhook.decode(delivery.body, receivedAt: delivery.receivedAt)
        case .deskEvents:
            DeskEvents.decode(delivery.body, receivedAt: delivery.receivedAt).events
        case .settings:
            SettingsDelivery.decode(delivery.body, receivedAt: delivery.receivedAt)
        }
    }
}
