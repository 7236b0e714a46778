import Alerts
import Domain
import Storage
import WhatsApp

/// Hears when somebody who is told by WhatsApp presses “mute”: it comes in as a webhook like any other message.
package struct ButtonReader: Sendable {
    private static let cursorName = "button_cursor"
    private static let batchBytesMax = 4 * 1024 * 1024
    private static let mark = Array("pantau:mute:".utf8)

    private let inbox: any Inbox
    private let store: any AlertStore

    package init(inbox: any Inbox, store: any AlertStore) {
        self.inbox = inbox
        self.store = store
    }

    /// Mutes that were asked for since the last call, by recipients of a route of WhatsApp and nobody else. Each holds
    /// from when its button was pressed, so that hearing it twice changes nothing.
    package func mutes(_ routes: [AlertRoute], now: Instant) async throws -> [(command: MuteCommand, mute: Mute)] {
        let channels = routes.compactMap { route in
            if case .whatsApp(let channel) = route.channel { channel } else { nil }
        }
        let last = try await inbox.lastSequence()
        let kept = try await store.alertSetting(Self.cursorName).flatMap { Int64($0) }
        guard !channels.isEmpty, var cursor = kept, cursor <= last else {
            // Who begins to be told now has pressed nothing before.
            if kept != last { try await store.setAlertSetting(Self.cursorName, to: String(last)) }
            return []
        }
        var found: [(MuteCommand, Mute)] = []
        while cursor < last {
            let deliveries = try await inbox.read(after: cursor, bytesMax: Self.batchBytesMax)
            guard let end = deliveries.last?.sequence else { break }
            for delivery in deliveries where delivery.source == .metaWebhook && Self.isMarked(delivery.body) {
                for event in WebhookDecoder.decode(delivery.body, receivedAt: delivery.receivedAt).events {
                    if let one = Self.mute(event, channels, now: now) { found.append(one) }
                }
            }
            cursor = end
        }
        if cursor != kept { try await store.setAlertSetting(Self.cursorName, to: String(cursor)) }
        return found
    }

    private static func isMarked(_ body: [UInt8]) -> Bool { body.firstRange(of: mark) != nil }

    static func mute(_ event: Event, _ channels: [WhatsAppChannel], now: Instant) -> (MuteCommand, Mute)? {
        guard case .inbound(let message) = event, !message.isHistory, case .tap(let payload?) = message.kind,
            case .mute(let command)? = AlertButton(payload: payload), let phone = message.sender.phone,
            channels.contains(where: { channel in
                channel.phoneNumberID == message.line.phoneNumber?.value && channel.isRecipient(phone)
            })
        else { return nil }
        let mute = command.mute(at: min(message.at, now))
        return now < mute.until ? (command, mute) : nil
    }
}
