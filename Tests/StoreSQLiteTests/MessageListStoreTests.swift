import Catalogue
import Domain
import Foundation
import Ledgers
import Storage
import StoreSQLite
import TestSupport
import Testing

import enum Catalogue.Dimension

/// Lists of single messages, what they led to, and the marks of a template.
@Suite struct MessageListStoreTests {
    /// Thursday 2026-06-04, 00:00 UTC.
    private static let start = Instant(seconds: 1_780_531_200)
    private static let line = Line(account: "waba-1", phoneNumber: "pn-1")
    private static let ani = Party(phone: "6281234567890")

    private static func sent(_ id: String, hour: Int64, template: String, fails: Bool = false) -> [Event] {
        let at = start.adding(seconds: hour * 3_600)
        return [
            .send(
                SendRecord(
                    message: MessageID(id), line: line, recipient: ani, sentAt: at, messageType: "template",
                    tags: SendTags(template: template))),
            .status(
                MessageStatus(
                    message: MessageID(id), line: line, recipient: ani, status: fails ? .failed : .delivered,
                    at: at.adding(seconds: 5),
                    errors: fails ? [ErrorNote(code: 131026)] : [])),
        ]
    }

    private static func mark(_ event: String, id: String?, name: String?, hour: Int64) -> Event {
        .account(
            AccountEvent(
                field: "message_template_status_update", account: "waba-1",
                subject: .template(id: id.map { TemplateID($0) }, name: name, language: "id"), event: event,
                at: start.adding(seconds: hour * 3_600)))
    }

    private func withStore(_ events: [Event], _ body: (SQLiteStore) async throws -> Void) async throws {
        try await withDirectory { directory in
            let store = try SQLiteStore(path: directory.appending(path: "store.sqlite").path, zone: "Asia/Jakarta")
            try await store.migrate()
            let received = Self.start.adding(seconds: 30 * 86_400)
            try await store.apply(
                ProjectionBatch(
                    items: events.map { .init(event: $0, receivedAt: received, source: .metaWebhook) }, cursor: 1,
                    receivedAt: received, asOf: received))
            try await body(store)
        }
    }

    private var range: Range<Instant> { Self.start..<Self.start.adding(seconds: 10 * 86_400) }

    @Test func newestFirstAndPageByPage() async throws {
        let events =
            Self.sent("m1", hour: 1, template: "a") + Self.sent("m3", hour: 30, template: "a", fails: true)
            + Self.sent("m2", hour: 2, template: "b", fails: true) + Self.sent("m4", hour: 30, template: "a")
        try await withStore(events) { store in
            let all = try await store.messages(MessageSelection(range: range, limit: 10))
            #expect(all.map(\.id) == ["m4", "m3", "m2", "m1"])
            #expect(all.allSatisfy { $0.recipient == "+62 812 ••• ••90" })
            #expect(all.first?.dimensions[.template] == "a")
            var seen: [MessageID] = []
            var place: MessageRow.Place?
            for _ in 0..<4 {
                let page = try await store.messages(MessageSelection(range: range, after: place, limit: 1))
                seen += page.map(\.id)
                place = page.last?.place
            }
            #expect(seen == all.map(\.id))
            #expect(try await store.messages(MessageSelection(range: range, after: place, limit: 1)).isEmpty)
            let failed = try await store.messages(
                MessageSelection(
                    range: range, filters: [Filter(dimension: .template, op: .isIn, values: ["a"])],
                    measure: .message(.failed), limit: 10))
            #expect(failed.map(\.id) == ["m3"])
            #expect(failed.first?.dimensions[.errorCode] == "131026")
            let later = Self.start.adding(seconds: 20 * 86_400)
            let none = try await store.messages(
                MessageSelection(range: later..<later.adding(seconds: 86_400), limit: 10))
            #expect(none.isEmpty)
        }
    }

    @Test func aHostileFilterIsAValueAndNothingElse() async throws {
        try await withStore(Self.sent("m1", hour: 1, template: "a")) { store in
            let filter = Filter(dimension: .template, op: .isIn, values: ["a' OR '1'='1"])
            let found = try await store.messages(MessageSelection(range: range, filters: [filter], limit: 10))
            #expect(found.isEmpty)
        }
    }

    @Test func outcomesOfOneMessage() async throws {
        let paid = Event.outcome(
            OutcomeEvent(
                source: "shop", id: "o1", kind: "payment_confirmed", change: .confirmed,
                at: Self.start.adding(seconds: 86_400), revisedAt: Self.start.adding(seconds: 86_400),
                value: Money(micros: 5_000_000, currency: "IDR"), identity: OutcomeIdentity(party: Self.ani)))
        let events =
            Self.sent("m1", hour: 1, template: "a") + Self.sent("after", hour: 48, template: "a") + [paid]
        try await withStore(events) { store in
            let rows = try await store.outcomes(creditedTo: "m1")
            #expect(rows.map(\.id) == ["o1"])
            #expect(try await store.outcomes(creditedTo: "after").isEmpty, "what came before is not its doing")
            #expect(try await store.outcomes(creditedTo: "nobody's").isEmpty)
        }
    }

    @Test func marksOfOneTemplateByNameAndByIDAlone() async throws {
        let events = [
            Self.mark("APPROVED", id: "7", name: "promo", hour: 1), Self.mark("PAUSED", id: "7", name: nil, hour: 3),
            Self.mark("REJECTED", id: "8", name: "other", hour: 2), Self.mark("PAUSED", id: "8", name: nil, hour: 4),
            Self.mark("DISABLED", id: nil, name: "promo", hour: 5),
        ]
        try await withStore(events) { store in
            let marks = try await store.timeline(ofTemplate: "promo", limit: 100)
            #expect(marks.map(\.event.event) == ["APPROVED", "PAUSED", "DISABLED"])
            let newest = try await store.timeline(ofTemplate: "promo", limit: 2)
            #expect(newest.map(\.event.event) == ["PAUSED", "DISABLED"])
            #expect(try await store.timeline(ofTemplate: "nobody's", limit: 2).isEmpty)
        }
    }
}
