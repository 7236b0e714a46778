import Catalogue
import Domain
import Foundation
import Storage
import StoreSQLite
import TestSupport
import Testing

/// What was received, told apart from what is known: duplicates, order, lateness, by source.
@Suite struct ReceiptTests {
    private static let start = Instant(seconds: 1_780_272_000)

    /// Everything a source can tell twice; each thing once, and each tells something of its own.
    private static func distinct(_ count: Int) -> [(event: Event, source: DeliverySource)] {
        let line = Line(account: "waba-1", phoneNumber: "pn-1")
        return (0..<count).flatMap { index -> [(Event, DeliverySource)] in
            let at = start.adding(seconds: Int64(index) * 600)
            let person = Party(phone: "62812000\(1_000 + index % 40)")
            let id = MessageID("wamid.\(index)")
            let status = { (word: String, seconds: Int64) -> (Event, DeliverySource) in
                (
                    .status(
                        MessageStatus(
                            message: id, line: line, recipient: person, status: DeliveryStatus(word),
                            at: at.adding(seconds: seconds))), .metaWebhook
                )
            }
            let desk = DeskConversation(id: "c\(index)", contact: person)
            return [
                (.send(SendRecord(message: id, line: line, recipient: person, sentAt: at)), .sendLog),
                status("sent", 1), status("delivered", 3), status("read", 60),
                (
                    .inbound(
                        InboundMessage(
                            message: MessageID("wamid.in.\(index)"), line: line, sender: person,
                            at: at.adding(seconds: 90), kind: .content, type: "text", repliesTo: id)), .metaWebhook
                ),
                (
                    .desk(
                        DeskEvent(
                            desk: index % 2 == 0 ? "qiscus" : "own", id: "e\(index)", conversation: desk,
                            at: at.adding(seconds: 95), kind: .assigned(agent: "7", team: nil))), .deskEvents
                ),
                (
                    .desk(
                        DeskEvent(
                            desk: "chatwoot", id: "m\(index)", conversation: desk, at: at.adding(seconds: 100),
                            kind: .message(DeskMessage(id: "\(index)", isInbound: false, author: .human)))), .chatwoot
                ),
                (
                    .account(
                        AccountEvent(
                            field: "message_template_status_update", account: "waba-1",
                            subject: .template(id: "1", name: "promo", language: "id"), event: "E\(index)", at: at)),
                    .metaWebhook
                ),
                (
                    .outcome(
                        OutcomeEvent(
                            source: "shop", id: "order-\(index)", kind: "payment_confirmed", change: .confirmed, at: at,
                            value: Money(micros: 1_000_000, currency: "IDR"),
                            identity: OutcomeIdentity(party: person))), .outcomes
                ),
                (.link(TrackedLink(code: "k\(index)", recipient: person, createdAt: at)), .links),
                (.click(TrackedClick(id: "o\(index)", code: "k\(index)", at: at.adding(seconds: 70))), .clicks),
                (.linkClick(LinkClick(line: line, at: at, clickID: "m\(index)")), .metaWebhook),
            ]
        }
    }

    @Test(arguments: 0..<6) func duplicatesAreThoseThatWereMade(seed: Int) async throws {
        try await withDirectory { directory in
            var dice = Dice(seed: UInt64(seed))
            let distinct = Self.distinct(30)
            var made: [ReceiptSource: Int64] = [:]
            var told = distinct
            for item in distinct {
                for _ in 0..<[0, 0, 0, 1, 1, 2][Int.random(in: 0..<6, using: &dice)] {
                    told.append(item)
                    made[item.event.receiptSource(item.source), default: 0] += 1
                }
            }
            told.shuffle(using: &dice)
            let store = try await Self.store(directory)
            try await Self.fill(store, told, dice: &dice)
            let sources = try await store.receipts(since: Self.start).sources
            for source in sources {
                let all = told.filter { $0.event.receiptSource($0.source) == source.source }
                #expect(source.total.duplicates == made[source.source] ?? 0, "\(source.source)")
                #expect(source.total.events == Int64(all.count))
                let kept = source.quarters.reduce(into: Receipts.Counts()) { $0 += $1.counts }
                #expect(kept == source.total)
                #expect(source.lateness.total == Self.timed(source, all.count))
            }
            let meta = try #require(sources.first { $0.source == ReceiptSource(.metaWebhook) })
            #expect(meta.total.outOfOrder == Self.belated(told))
            #expect(sources.filter { $0.source.source != .metaWebhook }.allSatisfy { $0.total.outOfOrder == 0 })
            #expect(Set(sources.map(\.source.name)) == ["", "qiscus", "own", "shop"])
        }
    }

    /// What is new counts once; a link that is made does not happen elsewhere first.
    private static func timed(_ source: Receipts.Source, _ count: Int) -> Int64 {
        source.source.source == .links ? 0 : source.total.events - source.total.duplicates
    }

    /// Statuses that come first when one with a later time has come before.
    private static func belated(_ told: [(event: Event, source: DeliverySource)]) -> Int64 {
        var latest: [MessageID: Instant] = [:]
        var seen: Set<MessageStatus> = []
        var belated: Int64 = 0
        for case .status(let status) in told.map(\.event) {
            if seen.insert(status).inserted, let known = latest[status.message], status.at < known { belated += 1 }
            latest[status.message] = max(latest[status.message] ?? status.at, status.at)
        }
        return belated
    }

    /// Nine in ten after two seconds, the rest after an hour: the histogram says so to 1 %.
    @Test func latenessIsReceiptMinusEvent() async throws {
        try await withDirectory { directory in
            let store = try await Self.store(directory)
            let items = (0..<100).map { index in
                ProjectionBatch.Item(
                    event: .click(TrackedClick(id: "\(index)", code: "k", at: Self.start)),
                    receivedAt: Self.start.adding(seconds: index < 90 ? 2 : 3_600), source: .clicks)
            }
            try await store.apply(
                ProjectionBatch(items: items, cursor: 1, receivedAt: Self.start, asOf: Self.start))
            let source = try #require(try await store.receipts(since: Self.start).sources.first)
            #expect(source.lateness.total == 100)
            #expect(source.lateness.quantile(0.5) == 2)
            #expect(abs((source.lateness.quantile(0.99) ?? 0) - 3_600) <= 36)
        }
    }

    /// Quarter hours are forgotten after a hundred days; what was received in all is not.
    @Test func totalsOutliveQuarterHours() async throws {
        try await withDirectory { directory in
            let store = try await Self.store(directory)
            for (cursor, day) in [Int64(0), 99, 101].enumerated() {
                let at = Self.start.adding(seconds: day * 86_400)
                var tally = ReceiptTally()
                tally.add(ReceiptSource(.metaWebhook), at: at)
                tally.add(field: "messages", changes: 2, at: at)
                try await store.apply(
                    ProjectionBatch(items: [], receipts: tally, cursor: Int64(cursor) + 1, receivedAt: at, asOf: at))
            }
            let receipts = try await store.receipts(since: .distantPast)
            let source = try #require(receipts.sources.first)
            #expect(source.total.deliveries == 3)
            #expect(source.quarters.map(\.counts.deliveries) == [1, 1])
            #expect(source.firstAt == Self.start)
            #expect(source.lastAt == Self.start.adding(seconds: 101 * 86_400))
            #expect(receipts.fields == [.init(field: "messages", changes: 6, lastAt: source.lastAt)])
        }
    }

    @Test func aResetForgetsThem() async throws {
        try await withDirectory { directory in
            let store = try await Self.store(directory)
            var dice = Dice(seed: 1)
            try await Self.fill(store, Self.distinct(2), dice: &dice)
            #expect(try await !store.receipts(since: Self.start).sources.isEmpty)
            try await store.reset()
            #expect(try await store.receipts(since: Self.start) == Receipts())
        }
    }

    // MARK: Parts

    private static func store(_ directory: URL) async throws -> SQLiteStore {
        let store = try SQLiteStore(path: directory.appending(path: "p.sqlite").path, zone: "Asia/Jakarta")
        try await store.migrate()
        return store
    }

    /// In pieces of random length, received over some hours.
    private static func fill(
        _ store: SQLiteStore, _ told: [(event: Event, source: DeliverySource)], dice: inout Dice
    ) async throws {
        var cursor: Int64 = 0
        var rest = told[...]
        while !rest.isEmpty {
            let at = start.adding(seconds: 86_400 + cursor * 400)
            let count = Int.random(in: 1...min(rest.count, 12), using: &dice)
            let items = rest.prefix(count).map {
                ProjectionBatch.Item(event: $0.event, receivedAt: at, source: $0.source)
            }
            rest = rest.dropFirst(count)
            cursor += 1
            try await store.apply(ProjectionBatch(items: items, cursor: cursor, receivedAt: at, asOf: at))
        }
    }
}
