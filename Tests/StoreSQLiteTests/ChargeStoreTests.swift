import Catalogue
import Domain
import Foundation
import Ledgers
import Storage
import StoreSQLite
import TestSupport
import Testing

import enum Catalogue.Dimension

/// What messages cost in the tables: prices by rank, waste, currencies, and what a change of settings recounts.
@Suite struct ChargeStoreTests {
    /// 2026-11-02T03:00:00Z, a Monday morning in Jakarta.
    private static let monday = Instant(seconds: 1_793_588_400)
    private static let line = Line(account: "waba-1", phoneNumber: "pn-1")

    /// Two messages of the month cost 0.03, those after them 0.02. A webhook that comes last but was delivered first
    /// pushes one message over the bound: 0.03 + 0.03 + 0.02 = 0.08 becomes 0.03 + 0.03 + 0.02 + 0.02 = 0.10.
    @Test func aLateMessageMovesOnePrice() async throws {
        try await withStore { store in
            try await store.take([Self.card])
            try await store.take((1...3).map { Self.delivered("m\($0)", hour: Int64($0)) })
            #expect(try await store.sum(.cost) == ["USD": 80_000])
            try await store.take([Self.delivered("late", hour: 0)])
            #expect(try await store.sum(.cost) == ["USD": 100_000])
            #expect(try await store.charge("m2") == Money(micros: 20_000, currency: "USD"))
            #expect(try await store.charge("late") == Money(micros: 30_000, currency: "USD"))
            #expect(try await store.inner.auditCells() == [])
        }
    }

    /// A card that comes after the messages prices them all anew, from the month of its first day on.
    @Test func aCardRecountsThePast() async throws {
        try await withStore { store in
            try await store.take([Self.delivered("m1", hour: 1), Self.delivered("m2", hour: 2, country: "66")])
            // Indonesia by the shipped card of 1 October 2026: 0.0250; Thailand, Rest of Asia Pacific: 0.0113.
            #expect(try await store.sum(.cost) == ["USD": 36_300])
            try await store.take([Self.card])
            #expect(try await store.sum(.cost) == ["USD": 30_000 + 11_300])
            #expect(try await store.inner.auditCells() == [])
        }
    }

    /// 1 000 service messages of a number and month are free, the next costs what utility costs: 0.0250.
    @Test func theFreeQuotaIsUsedUp() async throws {
        try await withStore { store in
            let messages = (0..<1_002).map { number in
                Self.delivered("s\(number)", hour: 0, second: Int64(number), category: "service")
            }
            try await store.take(messages)
            #expect(try await store.sum(.cost) == ["USD": 2 * 25_000])
            #expect(try await store.sum(.free) == ["USD": 1_000])
            let quota = try #require(try await store.inner.quotas(at: Self.monday).first)
            #expect(quota.kind == .freeService)
            #expect(quota.used == 1_002)
            #expect(quota.next == nil)
            // The first message turns out to have been delivered in another month: its place is free for the next.
            try await store.take([
                .status(Self.status("s0", at: Self.monday.adding(seconds: -20 * 86_400), category: "service"))
            ])
            #expect(try await store.sum(.cost) == ["USD": 25_000])
            #expect(try await store.inner.auditCells() == [])
        }
    }

    /// Without a rate amounts stay as they are billed; with one of the second day those from then on are converted:
    /// 0.0250 × 16 250.5 = 406.2625.
    @Test func onlyWhatTheBusinessSaysConverts() async throws {
        try await withStore { store in
            try await store.take([Self.delivered("m1", hour: 1), Self.delivered("m2", hour: 30)])
            #expect(try await store.sum(.cost) == ["USD": 50_000])
            let day = LocalDate(day: Self.monday.seconds / 86_400 + 1)
            try await store.take([
                .cost(.exchange([ExchangeRate(effectiveFrom: day, from: "USD", to: "IDR", rateMicros: 16_250_500_000)]))
            ])
            #expect(try await store.sum(.cost) == ["USD": 25_000, "IDR": 406_262_500])
            #expect(try await store.inner.auditCells() == [])
        }
    }

    /// No country, no price: unknown, never 0.
    @Test func anUnknownPriceIsNotFree() async throws {
        try await withStore { store in
            try await store.take([Self.delivered("m1", hour: 1, country: "999")])
            #expect(try await store.sum(.unknown).values.reduce(0, +) == 1)
            #expect(try await store.sum(.free).values.reduce(0, +) == 0)
            #expect(try await store.charge("m1") == nil)
        }
    }

    /// Three people without effect, one who read. Judged after seven days, each with one reason; an answer that comes
    /// to light later takes the waste back.
    @Test func wasteIsJudgedAfterSevenDays() async throws {
        try await withStore { store in
            var events = [
                Self.delivered("first-a", hour: 0, to: "6281000001"),
                Self.delivered("again-a", hour: 20, to: "6281000001"),
                Self.delivered("first-b", hour: 1, to: "6281000002"),
                Self.delivered("first-c", hour: 2, to: "6281000003"),
            ]
            var read = Self.status("first-c", at: Self.monday.adding(seconds: 3 * 3_600), to: "6281000003")
            read.status = .read
            events.append(.status(read))
            try await store.take(events, asOf: Self.monday.adding(seconds: 6 * 86_400))
            #expect(try await store.reasons() == [:])
            try await store.take([], asOf: Self.monday.adding(seconds: 9 * 86_400))
            // The second to the first person: reached before, never active. The others: nothing but no effect.
            #expect(try await store.reasons() == ["no_effect": 2, "never_active": 1])
            #expect(try await store.sum(.judged) == ["USD": 4])
            #expect(try await store.sum(.wastedCost) == ["USD": 3 * 25_000])
            let answer = InboundMessage(
                message: "wamid.in", line: Self.line, sender: Party(phone: "6281000002"),
                at: Self.monday.adding(seconds: 5 * 3_600), kind: .content, type: "text")
            try await store.take([.inbound(answer)], asOf: Self.monday.adding(seconds: 9 * 86_400))
            #expect(try await store.reasons() == ["no_effect": 1, "never_active": 1])
            #expect(try await store.inner.auditCells() == [])
        }
    }

    /// Meta moves a template from utility (0.0250) to marketing (0.0411): each message after it costs 0.0161 more.
    @Test func aRaisedCategoryIsPricedBeforeAndAfter() async throws {
        try await withStore { store in
            let raise = AccountEvent(
                field: "template_category_update", account: "waba-1",
                subject: .template(id: nil, name: "t", language: nil), event: "MARKETING", previous: "UTILITY",
                at: Self.monday.adding(seconds: 5 * 3_600))
            try await store.take([
                Self.delivered("m1", hour: 1), Self.delivered("m2", hour: 6, category: "marketing"), .account(raise),
            ])
            #expect(try await store.sum(.cost) == ["USD": 25_000 + 41_100])
            #expect(try await store.sum(.raisedCost) == ["USD": 16_100])
            #expect(try await store.sum(.raised) == ["USD": 1])
        }
    }

    // MARK: Parts

    private static let card = Event.cost(
        .rates([
            RateEntry(
                effectiveFrom: LocalDate(day: 20_740), currency: "USD", market: "Indonesia", category: "utility",
                tierFrom: 0, tierTo: 2, rateMicros: 30_000),
            RateEntry(
                effectiveFrom: LocalDate(day: 20_740), currency: "USD", market: "Indonesia", category: "utility",
                tierFrom: 2, rateMicros: 20_000),
        ]))

    private static func status(
        _ id: String, at: Instant, category: String = "utility", to phone: String = "6281234567"
    ) -> MessageStatus {
        MessageStatus(
            message: MessageID(id), line: line, recipient: Party(phone: phone), status: .delivered, at: at,
            pricing: Pricing(model: "PMP", type: "regular", category: category),
            tags: category == "service" ? nil : SendTags(template: "t"))
    }

    private static func delivered(
        _ id: String, hour: Int64, second: Int64 = 0, category: String = "utility", country: String = "62",
        to phone: String? = nil
    ) -> Event {
        .status(
            status(
                id, at: monday.adding(seconds: hour * 3_600 + second), category: category,
                to: phone ?? country + "81234567"))
    }

    private func withStore(_ body: (Filled) async throws -> Void) async throws {
        try await withDirectory { directory in
            let store = try SQLiteStore(path: directory.appending(path: "pantau.sqlite").path, zone: "Asia/Jakarta")
            try await store.migrate()
            try await body(Filled(inner: store))
        }
    }

    private struct Filled {
        let inner: SQLiteStore

        func take(_ events: [Event], asOf: Instant = monday.adding(seconds: 3 * 86_400)) async throws {
            let items = events.map {
                ProjectionBatch.Item(event: $0, receivedAt: monday, source: .metaWebhook)
            }
            let cursor = try await inner.cursor() + (items.isEmpty ? 0 : 1)
            try await inner.apply(.init(items: items, cursor: cursor, receivedAt: monday, asOf: asOf))
            while try await inner.recountStale() {}
        }

        /// By currency, from cells and from facts: both must say the same.
        func sum(_ measure: ChargeMeasure) async throws -> [String: Int64] {
            let answers = try await [Plan.Source.cells(.spend, .quarterHour), .cells(.spendPlace, .day), .facts]
                .asyncMap { source in
                    try await table(source, measure, by: .currency)
                }
            #expect(Set(answers).count == 1)
            return answers[0]
        }

        func reasons() async throws -> [String: Int64] {
            try await table(.cells(.spend, .quarterHour), .wasted, by: .wasteReason)
        }

        private func table(
            _ source: Plan.Source, _ measure: ChargeMeasure, by dimension: Dimension
        ) async throws -> [String: Int64] {
            let day: Int64 = 86_400
            let midnight = Instant(seconds: (monday.seconds / day) * day - 7 * 3_600)
            let rows = try await inner.run(
                Plan(
                    fact: .charge, source: source,
                    boundaries: [midnight.adding(seconds: -30 * day), midnight.adding(seconds: 30 * day)],
                    measures: [.charge(measure)], dimensions: [dimension])
            ).rows
            let sums = rows.filter { $0.sums[0] != 0 }.map { ($0.key[0] ?? "-", $0.sums[0]) }
            return Dictionary(sums, uniquingKeysWith: +)
        }

        func charge(_ id: String) async throws -> Money? { try await inner.message(MessageID(id))?.charge?.amount }
    }
}

extension Array {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
