import Catalogue
import Domain
import Foundation
import Ledgers
import Storage
import StoreSQLite
import TestSupport
import Testing

import enum Catalogue.Dimension
import struct Catalogue.Table

/// Waits and conversations in the store: settings that change afterwards, desks, late events, distinct people.
@Suite struct ServiceStoreTests {
    /// Thursday 2026-06-04, 00:00 UTC: 07:00 in Jakarta.
    private static let start = Instant(seconds: 1_780_531_200)
    private static let line = Line(account: "waba-1", phoneNumber: "pn-1")
    private static let asOf = start.adding(seconds: 60 * 86_400)

    private static func at(_ minutes: Double) -> Instant {
        Instant(microseconds: start.microseconds + Int64(minutes * 60_000_000))
    }

    private static func inbound(_ id: String, _ minutes: Double, from person: Party = customer) -> Event {
        .inbound(
            InboundMessage(
                message: MessageID(id), line: line, sender: person, at: at(minutes), kind: .content, type: "text"))
    }

    private static func reply(
        _ id: String, _ minutes: Double, to person: Party = customer, by kind: SenderKind? = .human,
        agent: String? = "7",
        template: String? = nil
    ) -> Event {
        .send(
            SendRecord(
                message: MessageID(id), line: line, recipient: person, sentAt: at(minutes),
                messageType: template == nil ? "text" : "template",
                tags: SendTags(template: template, senderKind: kind, agent: agent)))
    }

    private static let customer = Party(phone: "6281200000001")

    // MARK: Settings

    private static let officeHours = WorkCalendar(
        scope: .workspace, timeZone: "Asia/Jakarta",
        weekly: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, [.init(from: 540, to: 1_020)]) }))

    /// Friday 16:30, hours Monday to Friday 9–17, one hour of them as the target: due on Monday at 09:30 (case 11).
    @Test func fridayAfternoon() async throws {
        // A business that may answer after the weekend: WhatsApp's own window is over after a day.
        try await withStore(ServiceRules(abandonSeconds: 96 * 3_600)) { store in
            // Friday 2026-06-05 16:30 WIB is 09:30 UTC: 33.5 hours after the start.
            let friday = 33.5 * 60
            let mondayNine = Self.at(friday).adding(seconds: (64 * 3_600) + 1_800)
            try await store.add(
                .calendar(CalendarChange(scope: .workspace, calendar: Self.officeHours)), asOf: Self.at(0))
            try await store.add(
                .serviceTargets([ServiceTarget(seconds: 3_600, clock: .business)]), asOf: Self.at(0))
            try await store.add(Self.inbound("in", friday), asOf: Self.at(friday + 1))
            let open = try await store.openWaits(matching: [], limit: 10)
            #expect(open.count == 1)
            #expect(open.first?.dueAt == mondayNine.adding(seconds: 1_800))
            // Answered on Monday at 09:29: 59 minutes of open time, the promise is kept.
            let reply = Double(mondayNine.microseconds(since: Self.start)) / 60_000_000 + 29
            try await store.add(Self.reply("out", reply), asOf: Self.at(reply + 1))
            let sums = try await store.sums(.wait(.targetMet), .wait(.businessAnswered), .wait(.businessResponseTime))
            #expect(sums == [1, 1, 59 * 60_000_000])
            // The Friday turns out to have been a holiday: nothing was open before Monday.
            var calendar = Self.officeHours
            calendar.holidays = [.init(date: try #require(LocalDate("2026-06-05")), name: "Libur")]
            try await store.add(.calendar(CalendarChange(scope: .workspace, calendar: calendar)))
            #expect(try await store.serviceSettings().recounted < 1)
            while try await store.recountStale() {}
            #expect(try await store.serviceSettings().recounted == 1)
            #expect(try await store.sums(.wait(.businessResponseTime)) == [29 * 60_000_000])
            // Without a calendar there is no business time: nothing, not zero seconds (case 12).
            try await store.add(.calendar(CalendarChange(scope: .workspace, calendar: nil)))
            while try await store.recountStale() {}
            #expect(try await store.sums(.wait(.businessAnswered), .wait(.answered)) == [0, 1])
            // By the clock on the wall 64 hours are more than one.
            #expect(try await store.sums(.wait(.targetMet), .wait(.targetMissed)) == [0, 1])
            #expect(try await store.auditCells() == [])
            // Every edit stands on the timeline.
            let marks = try await store.timeline(.distantPast..<(.distantFuture), limit: 100)
            #expect(marks.map(\.event.field).filter { $0 == "calendar" }.count == 3)
            #expect(marks.contains { $0.event.field == "service_targets" })
        }
    }

    /// Whether hours and targets were set before the traffic, in the middle of it or after: the same numbers.
    @Test(arguments: 0..<12) func whenSettingsAreMadeDoesNotMatter(seed: Int) async throws {
        let settings: [Event] = [
            .calendar(CalendarChange(scope: .workspace, calendar: Self.officeHours)),
            .serviceTargets([
                ServiceTarget(team: "cs", seconds: 600), ServiceTarget(seconds: 7_200, clock: .business),
            ]),
        ]
        var happenings = Happenings(seed: UInt64(1_000 + seed))
        let events = happenings.events(count: 120)
        try await withStore { first in
            for event in settings { try await first.add(event) }
            for event in events { try await first.add(event) }
            while try await first.recountStale() {}
            try await withStore { second in
                var dice = Dice(seed: UInt64(seed))
                var left = settings[...]
                for event in happenings.disturbed(events) {
                    if dice.one(in: 60), let setting = left.popFirst() { try await second.add(setting) }
                    try await second.add(event)
                    if dice.one(in: 20) { _ = try await second.recountStale() }
                }
                for setting in left { try await second.add(setting) }
                while try await second.recountStale() {}
                #expect(try await second.auditCells() == [])
                #expect(try await first.auditFacts(against: second).map(\.description) == [])
            }
        }
    }

    /// A store that is opened with other rules counts everything again by them.
    @Test func otherRules() async throws {
        let rules = ServiceRules(
            abandonSeconds: 3 * 3_600, silenceSeconds: 6 * 3_600, templatesAnswer: true, botReplySeconds: 3_700)
        var happenings = Happenings(seed: 5)
        let events = happenings.events(count: 200)
        try await withDirectory { directory in
            let path = directory.appending(path: "a.sqlite").path
            let old = try SQLiteStore(path: path, zone: "Asia/Jakarta")
            try await old.migrate()
            for event in events { try await old.add(event) }
            let before = try await old.factDigests(.conversation)
            let same = try SQLiteStore(path: path, zone: "Asia/Jakarta", rules: rules)
            while try await same.recountStale() {}
            let fresh = try SQLiteStore(
                path: directory.appending(path: "b.sqlite").path, zone: "Asia/Jakarta", rules: rules)
            try await fresh.migrate()
            for event in events { try await fresh.add(event) }
            #expect(try await same.factDigests(.conversation) != before)
            #expect(try await same.auditCells() == [])
            #expect(try await same.auditFacts(against: fresh).map(\.description) == [])
        }
    }

    // MARK: Desks

    private static func desk(_ id: String, _ minutes: Double, _ kind: DeskEvent.Kind) -> Event {
        .desk(
            DeskEvent(
                desk: "chatwoot", id: id, conversation: DeskConversation(id: "1/5", contact: customer), at: at(minutes),
                kind: kind))
    }

    /// A desk tells of messages that Meta tells of too, by Meta's id; whichever comes first, each counts once, with
    /// Meta's time and the desk's author.
    @Test func messagesThatMetaKnowsToo() async throws {
        let customerWrites = Self.inbound("wamid.in", 0)
        let sent = Event.status(
            MessageStatus(
                message: "wamid.out", line: Self.line, recipient: Self.customer, status: .delivered, at: Self.at(10)))
        let deskIn = Self.desk(
            "message/1", 0.05, .message(DeskMessage(id: "1", message: "wamid.in", isInbound: true)))
        // First without Meta's id, then with it.
        let deskOut = Self.desk(
            "message/2", 9.9, .message(DeskMessage(id: "2", isInbound: false, author: .human, agent: "7", team: "cs")))
        let deskOutLater = Self.desk(
            "message/2", 9.9,
            .message(DeskMessage(id: "2", message: "wamid.out", isInbound: false, author: .human, agent: "7")))
        let resolved = Self.desk("resolved", 12, .status(.resolved, by: .human))
        try await withStore { store in
            for order in permutations([customerWrites, sent, deskIn, deskOut, deskOutLater]) {
                try await store.reset()
                for event in order + [resolved] { try await store.add(event) }
                let sums = try await store.sums(
                    .wait(.waits), .wait(.answered), .wait(.responseTime), .conversation(.conversations),
                    .conversation(.inbound), .conversation(.outbound), .conversation(.resolved))
                // From Meta's 00:00 to the desk's 09:54, which dates the message before Meta's receipt does.
                #expect(sums[0...1] == [1, 1])
                #expect(sums[3...] == [1, 1, 1, 1])
                let rows = try await store.rows([.wait(.waits)], by: [.responder, .agent, .team, .phoneNumber])
                #expect(rows.map(\.key) == [["human", "7", "cs", "pn-1"]])
                #expect(try await store.auditCells() == [])
            }
        }
    }

    /// A desk that is connected without Meta tells of everything itself.
    @Test func aDeskAlone() async throws {
        try await withStore { store in
            try await store.add(
                Self.desk("message/1", 0, .message(DeskMessage(id: "1", isInbound: true))), asOf: Self.at(1))
            try await store.add(Self.desk("pending", 0, .status(.pending, by: nil)), asOf: Self.at(2))
            #expect(try await store.openWaits(matching: [], limit: 5).map(\.waitingFor) == [.bot])
            try await store.add(Self.desk("open", 4, .status(.open, by: nil)), asOf: Self.at(5))
            try await store.add(Self.desk("assigned", 6, .assigned(agent: "7", team: "cs")), asOf: Self.at(7))
            #expect(try await store.openWaits(matching: [], limit: 5).map(\.waitingFor) == [.agent])
            try await store.add(
                Self.desk("message/2", 9, .message(DeskMessage(id: "2", isInbound: false, author: .human, agent: "8"))))
            // Four minutes with the bot, two in the queue, three with agent 7; agent 8 gets the credit (case 8).
            let minute: Int64 = 60_000_000
            #expect(
                try await store.sums(
                    .wait(.botTime), .wait(.queueTime), .wait(.agentTime), .wait(.responseTime),
                    .wait(.handoffAnswered),
                    .wait(.handoffResponseTime)) == [4 * minute, 2 * minute, 3 * minute, 9 * minute, 1, 5 * minute])
            #expect(try await store.rows([.wait(.answered)], by: [.agent]).map(\.key) == [["8"]])
            let story = try #require(try await store.conversation(try await store.conversationOfFirstWait()))
            #expect(story.story.intervals.first?.from == Self.at(0))
            #expect(try await store.auditCells() == [])
        }
    }

    // MARK: Distinct

    /// People and conversations count once in a bucket and once in the whole, however often they appear.
    @Test func distinctPeople() async throws {
        let other = Party(phone: "6281200000002")
        try await withStore { store in
            // Day 1: both; the first twice. Day 2: the first again, the same conversation. Day 5: a campaign to the
            // other.
            for (id, minutes, person) in [
                ("a", 0.0, Self.customer), ("b", 60, Self.customer), ("c", 120, other), ("d", 60 * 20, Self.customer),
            ] { try await store.add(Self.inbound(id, minutes, from: person)) }
            try await store.add(Self.reply("t", 60 * 24 * 4, to: other, by: .system, agent: nil, template: "promo"))
            let days = (0...6).map { Self.start.adding(seconds: Int64($0) * 86_400 - 7 * 3_600) }
            let measures: [Measure] = [
                .conversation(.active), .conversation(.contactsActive), .conversation(.contactsNew),
            ]
            func told(_ boundaries: [Instant]) async throws -> [[Int64]] {
                let rows = try await store.run(
                    Plan(fact: .conversation, source: .facts, boundaries: boundaries, measures: measures)
                ).rows.sorted { $0.bucket < $1.bucket }
                return rows.filter { $0.sums.contains { $0 != 0 } }.map(\.sums)
            }
            // Local days from 4 June: day 1 (two people, both new), day 2 (the first goes on), day 5 (the other).
            #expect(try await told(days) == [[2, 2, 2], [1, 1, 0], [1, 1, 0]])
            #expect(try await told([days[0], days[6]]) == [[3, 2, 2]])
            #expect(try await store.auditCells() == [])
        }
    }

    // MARK: Exactness

    /// Percentiles from cells lie within 1 % of those counted from the waits themselves, at every grain.
    @Test func percentilesFromCells() async throws {
        var dice = Dice(seed: 77)
        var exact: [Int64: [Double]] = [:]
        try await withStore { store in
            for number in 0..<600 {
                let minutes = Double(number) * 37
                let person = Party(phone: "62812\(10_000_000 + number)")
                // From a second to most of a day, evenly in logarithms.
                let seconds = Int64(exp(Double.random(in: 0...11, using: &dice)))
                try await store.add(Self.inbound("in\(number)", minutes, from: person))
                try await store.add(Self.reply("out\(number)", minutes + Double(seconds) / 60, to: person))
                let day = Self.at(minutes).adding(seconds: 7 * 3_600).seconds / 86_400
                exact[day, default: []].append(Double(seconds))
                exact[0, default: []].append(Double(seconds))
            }
            let first = Self.start.adding(seconds: -7 * 3_600)
            let days = (0...16).map { first.adding(seconds: Int64($0) * 86_400) }
            for source in [Plan.Source.cells(.response, .day), .cells(.response, .quarterHour), .facts] {
                for boundaries in [days, [days[0], days[16]]] {
                    let rows = try await store.run(
                        Plan(
                            fact: .wait, source: source, boundaries: boundaries, measures: [.wait(.answered)],
                            durations: [.wait(.response)])
                    ).rows
                    #expect(rows.reduce(0) { $0 + $1.sums[0] } == 600)
                    for row in rows {
                        let day =
                            boundaries.count == 2
                            ? 0 : boundaries[row.bucket].adding(seconds: 7 * 3_600).seconds / 86_400
                        let sorted = try #require(exact[day]).sorted()
                        for q in [0.5, 0.9, 0.95, 0.99] {
                            let expected = sorted[Int(q * Double(sorted.count - 1))]
                            let told = try #require(row.histograms[0].quantile(q))
                            #expect(abs(told - expected) <= max(0.0101 * expected, 0.5))
                        }
                    }
                }
            }
        }
    }

    /// An event that comes two years late lands where it belongs, in a thread of ten thousand messages.
    @Test func aLateEventInALongThread() async throws {
        var events: [Event] = []
        for number in 0..<2_500 {
            events.append(Self.inbound("in\(number)", Double(number) * 400))
            events.append(Self.reply("out\(number)", Double(number) * 400 + 4, by: number % 3 == 0 ? .bot : .human))
        }
        let late = [Self.inbound("late", 400 * 20 + 2), Self.inbound("later", 400 * 1_200 + 300)]
        try await withStore { first in
            try await first.add(events)
            for event in late { try await first.add(event) }
            try await withStore { second in
                try await second.add(late + events)
                #expect(try await first.auditFacts(against: second).map(\.description) == [])
            }
            // The first belongs to the wait around it; the second opens one, which the next message then belongs to.
            #expect(try await first.sums(.wait(.extraMessages), .wait(.waits)) == [2, 2_500])
            #expect(try await first.auditCells() == [])
        }
    }
}

extension SQLiteStore {
    fileprivate func add(_ event: Event, asOf: Instant? = nil) async throws { try await add([event], asOf: asOf) }

    fileprivate func add(_ events: [Event], asOf: Instant? = nil) async throws {
        let start = Instant(seconds: 1_780_531_200)
        let cursor = try await cursor() + 1
        let receivedAt = start.adding(seconds: cursor)
        let items = events.map { ProjectionBatch.Item(event: $0, receivedAt: receivedAt, source: .metaWebhook) }
        try await apply(
            ProjectionBatch(
                items: items, cursor: cursor, receivedAt: receivedAt,
                asOf: asOf ?? start.adding(seconds: 60 * 86_400)))
    }

    fileprivate func rows(_ measures: [Measure], by dimensions: [Dimension]) async throws -> [Table.Row] {
        let start = Instant(seconds: 1_780_531_200)
        return try await run(
            Plan(
                fact: measures[0].fact, source: .facts,
                boundaries: [start.adding(seconds: -100 * 86_400), start.adding(seconds: 4_000 * 86_400)],
                measures: measures, dimensions: dimensions)
        ).rows.filter { $0.sums.contains { $0 != 0 } }
    }

    /// Sums over everything, from day cells where there are any.
    fileprivate func sums(_ measures: Measure...) async throws -> [Int64] {
        var sums: [Int64] = []
        for measure in measures {
            sums.append(try await rows([measure], by: []).reduce(0) { $0 + $1.sums[0] })
        }
        return sums
    }

    fileprivate func conversationOfFirstWait() async throws -> String {
        let waits = try await answeredWaits(
            in: .distantPast..<(.distantFuture), aboveBin: [.human: 0], matching: [], limit: 1)
        return try #require(waits.first).conversation
    }
}

private func permutations<T>(_ all: [T]) -> [[T]] {
    guard all.count > 1 else { return [all] }
    return all.indices.flatMap { index -> [[T]] in
        var rest = all
        let first = rest.remove(at: index)
        return permutations(rest).map { [first] + $0 }
    }
}

private func withStore(
    _ rules: ServiceRules = ServiceRules(), _ body: (SQLiteStore) async throws -> Void
) async throws {
    try await withDirectory { directory in
        let store = try SQLiteStore(
            path: directory.appending(path: "store.sqlite").path, zone: "Asia/Jakarta", rules: rules)
        try await store.migrate()
        try await body(store)
    }
}
