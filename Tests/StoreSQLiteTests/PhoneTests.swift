import Domain
import Foundation
import Ledgers
import Storage
import StoreSQLite
import TestSupport
import Testing

/// Whose number it is: by conversation, by message of either side, and nobody's.
@Suite struct PhoneTests {
    private static let start = Instant(seconds: 1_780_531_200)
    private static let line = Line(account: "waba-1", phoneNumber: "pn-1")

    private static func inbound(_ id: String, from person: Party, at seconds: Int64) -> Event {
        .inbound(
            InboundMessage(
                message: MessageID(id), line: line, sender: person, at: start.adding(seconds: seconds),
                kind: .content, type: "text"))
    }

    private static func reply(_ id: String, to person: Party, at seconds: Int64) -> Event {
        .send(
            SendRecord(
                message: MessageID(id), line: line, recipient: person, sentAt: start.adding(seconds: seconds),
                messageType: "text", tags: SendTags(senderKind: .human)))
    }

    @Test func theNumberBehindAConversationOrMessage() async throws {
        try await withDirectory { directory in
            let store = try SQLiteStore(
                path: directory.appending(path: "store.sqlite").path, zone: "Asia/Jakarta", rules: ServiceRules())
            try await store.migrate()
            let (sari, budi) = (Party(phone: "6281200000001"), Party(phone: "6281200000002"))
            // One who has no number, only an id of her own.
            let nameless = Party(userID: "ID.abc")
            let events = [
                Self.inbound("wamid.q1", from: sari, at: 0), Self.reply("wamid.a1", to: sari, at: 60),
                Self.inbound("wamid.q2", from: budi, at: 10), Self.inbound("wamid.q3", from: nameless, at: 20),
            ]
            let receivedAt = Self.start.adding(seconds: 120)
            try await store.apply(
                ProjectionBatch(
                    items: events.map { .init(event: $0, receivedAt: receivedAt, source: .metaWebhook) }, cursor: 1,
                    receivedAt: receivedAt, asOf: receivedAt))
            #expect(try await store.phone(of: "wamid.q1") == "6281200000001")
            #expect(try await store.phone(of: "wamid.a1") == "6281200000001")
            #expect(try await store.phone(of: "wamid.q2") == "6281200000002")
            #expect(try await store.phone(of: "wamid.q3") == nil)
            #expect(try await store.phone(of: "wamid.unknown") == nil)
            let conversation = try #require(try await store.conversation("wamid.q2"))
            #expect(try await store.phone(of: conversation.id) == "6281200000002")
        }
    }
}
