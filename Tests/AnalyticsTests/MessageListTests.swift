import Catalogue
import Domain
import Storage
import Testing

@testable import Analytics

@Suite("The messages behind a number")
struct MessageListTests {
    private func row(_ number: Int64, at: String, failed: Bool = false) throws -> MessageRow {
        MessageRow(
            id: MessageID("wamid.\(number)"), place: .init(sentAt: try instant(at), row: number), recipient: nil,
            measures: failed ? [.attempted, .accepted, .failed] : [.attempted, .accepted],
            dimensions: [.template: "promo"], cost: nil)
    }

    @Test func pagesFollowEachOtherWithoutGapOrRepeat() async throws {
        let promo: [Dimension: String] = [.template: "promo"]
        // Two days with failures and one between without.
        let store = try ListStore(
            try messages(3, failed: 3, at: "2026-10-02T02:00:00Z", promo)
                + messages(2, at: "2026-10-03T02:00:00Z", promo)
                + messages(2, failed: 2, at: "2026-10-04T02:00:00Z", promo),
            rows: [
                try row(1, at: "2026-10-02T02:00:00Z", failed: true),
                try row(2, at: "2026-10-02T02:00:00Z", failed: true),
                try row(3, at: "2026-10-02T02:00:00Z", failed: true), try row(4, at: "2026-10-03T02:00:00Z"),
                try row(5, at: "2026-10-04T02:00:00Z", failed: true),
                try row(6, at: "2026-10-04T02:00:00Z", failed: true),
            ])
        let analyst = try analyst(store, now: "2026-10-31T00:00:00Z")
        var seen: [String] = []
        var place: MessageRow.Place?
        var pages = 0
        repeat {
            let page = try await analyst.messages(
                range: try dates("2026-10-01", "2026-10-08"),
                filters: [Filter(dimension: .template, op: .isIn, values: ["promo"])], measure: "failed",
                after: place, limit: 2)
            #expect(page.total == 5)
            seen += page.rows.map(\.id.value)
            place = page.next
            pages += 1
        } while place != nil && pages < 9
        #expect(seen == ["wamid.6", "wamid.5", "wamid.3", "wamid.2", "wamid.1"])
        #expect(pages == 3)
    }

    @Test func nothingToList() async throws {
        let analyst = try analyst(try ListStore(), now: "2026-10-31T00:00:00Z")
        let page = try await analyst.messages(range: try dates("2026-10-01", "2026-10-08"), filters: [], limit: 50)
        #expect(page == MessageList(rows: [], total: 0, next: nil))
    }

    @Test func whatMakesNoSenseIsSaid() async throws {
        let analyst = try analyst(try ListStore(), now: "2026-10-31T00:00:00Z")
        await #expect(throws: Failure.self) {
            try await analyst.messages(
                range: try dates("2026-10-01", "2026-10-08"), filters: [], measure: "delivred", limit: 50)
        }
        await #expect(throws: Failure.self) {
            try await analyst.messages(
                range: try dates("2026-10-01", "2026-10-08"),
                filters: [Filter(dimension: .weekday, op: .isIn, values: ["1"])], limit: 50)
        }
    }

    @Test func placesInAddresses() throws {
        let place = MessageRow.Place(sentAt: Instant(microseconds: 1_795_404_800_000_000), row: 17)
        #expect(MessageRow.Place(place.word) == place)
        for word in ["", "-", "1-", "-1-2", "1-2-3", "x-1", "99999999999999999999-1"] {
            #expect(MessageRow.Place(word) == nil, "\(word)")
        }
    }
}
