import Catalogue
import Domain
import HTTPTypes
import Ledgers
import Storage
import SurfaceSupport
import Testing
import Web

@testable import Dashboard

@Suite struct ServicePageTests: Asking {
    /// Ten days of 40 answers by bots after 4 seconds and 40 by people after 10 minutes; one answer after 5 hours
    /// today; two open waits; conversations; a target.
    private func busy() -> ListStore {
        var store = ListStore()
        for day in 0..<10 {
            for index in 0..<40 {
                let at = Self.instant.adding(seconds: -Int64(day) * 86_400 - Int64(index) * 60 - 3600)
                store.waits.append(.answered(at: at, after: 4, by: .bot, traits("cs-1")))
                var person = ListStore.Wait.answered(at: at, after: 600, by: .human, traits("cs-<1>", agent: "agent-7"))
                person.sums[index == 0 ? .targetMissed : .targetMet] = 1
                store.waits.append(person)
            }
            store.conversations.append(
                .init(
                    at: Self.instant.adding(seconds: -Int64(day) * 86_400 - 3600),
                    dimensions: [.phoneNumber: "106", .handledBy: "human", .team: "cs-1"],
                    sums: [
                        .conversations: 100, .withCustomer: 100, .resolved: 80, .reopened: 4, .closed: 90,
                        .contained: 45, .withBot: 60, .handedOff: 15, .ratingAsked: 50, .rated: 40, .rating: 180,
                        .resolutionTime: 80 * 1_800_000_000, .contactsActive: 95, .contactsNew: 20,
                    ], resolutionSeconds: Array(repeating: 1800, count: 80)))
        }
        let slow = Self.instant.adding(seconds: -6 * 3600)
        store.waits.append(.answered(at: slow, after: 18_000, by: .human, traits("cs-1", agent: "agent-9")))
        store.answered = [
            AnsweredWait(
                conversation: "slow/1", startedAt: slow, responseMicroseconds: 18_000_000_000, messages: 3,
                dimensions: [.responder: "human", .agent: "agent-9", .phoneNumber: "106"])
        ]
        for minutes in [12, 45] as [Int64] {
            store.waits.append(.open(at: Self.instant.adding(seconds: -60 * minutes), traits("cs-1")))
        }
        store.live.waits = [open(12, dueIn: 100), open(45, dueIn: -60)]
        store.settings = ServiceSettings(targets: [ServiceTarget(responder: .human, seconds: 900)])
        store.status.projected = 1
        store.status.freshTo = Self.instant
        return store
    }

    private func traits(_ team: String, agent: String? = nil) -> [Dimension: String] {
        var traits: [Dimension: String] = [.phoneNumber: "106", .team: team]
        traits[.agent] = agent
        return traits
    }

    private func open(_ minutes: Int64, dueIn: Int64) -> OpenWait {
        let start = Self.instant.adding(seconds: -60 * minutes)
        return OpenWait(
            conversation: "open-\(minutes)", startedAt: start, lastMessageAt: start, messages: 2, waitingFor: .agent,
            dueAt: Self.instant.adding(seconds: dueIn),
            dimensions: [.team: "cs-1", .agent: "agent-7", .phoneNumber: "106"])
    }

    // MARK: What it shows

    private static let cards = Board.service.cards.map(\.name)

    @Test func thePageSpeaksIndonesian() async throws {
        let page = try await ask(busy(), "/service?lang=id")
        #expect(page.status == 200)
        #expect(page.text.contains("<html lang=\"id\">"))
        #expect(page.text.contains("<h1>Layanan</h1>"))
        #expect(page.text.contains("2 menunggu"))
        #expect(page.text.contains("10 mnt"))
        // Of 40 promises a day one was missed.
        #expect(page.text.contains("97,5\u{A0}%"))
        for word in ["Waiting", "Answered", "People", "Nobody"] { #expect(!page.text.contains(word), "\(word)") }
        #expect(page.text.contains("<a href=\"/service\" data-go=\"s\" aria-current=\"page\""))
        #expect(!page.text.contains("Bagian ini tidak dapat dimuat"))
    }

    @Test func thePageSpeaksEnglish() async throws {
        let page = try await ask(busy(), "/service?lang=en")
        #expect(page.text.contains("<h1>Service</h1>"))
        #expect(page.text.contains("2 waiting"))
        #expect(page.text.contains("10 min"))
        #expect(page.text.contains("97.5%"))
        for word in ["Menunggu", "Orang", "Penantian", "Percakapan"] { #expect(!page.text.contains(word), "\(word)") }
        #expect(page.text.utf8.count < 150_000)
        for address in ["src=\"http", "href=\"http", " style=\"", " onclick="] {
            #expect(!page.text.contains(address), "\(address)")
        }
    }

    @Test func botsAndPeopleStandSideBySide() async throws {
        let bots = try await ask(busy(), "/cards/response-bot?page=/service&lang=en")
        #expect(bots.text.contains("<data value=\"4.0\" data-metric=\"response_time_p50\">4 s</data>"))
        #expect(bots.text.contains("<data value=\"400\" data-metric=\"waits_answered\">400</data>"))
        // The 99th percentile wants 500 answers.
        #expect(bots.text.contains("too small for P99"))
        let people = try await ask(busy(), "/cards/response-human?page=/service&lang=en")
        #expect(people.text.contains(">401</data>"))
        #expect(people.text.contains("10 min"))
        let none = try await ask(busy(), "/cards/response-bot?page=/service&team=nobody&lang=en")
        #expect(none.text.contains("No bot answered in this range"))
    }

    @Test func howAnswersAreSpread() async throws {
        let card = try await ask(busy(), "/cards/distribution?page=/service&lang=en")
        let rows = card.text.split(separator: "<tr>").map(String.init)
        let quick = try #require(rows.first { $0.contains(">2 s – 5 s<") })
        #expect(quick.contains("(400)"))
        #expect(quick.contains("Bots: median"))
        // The target of 15 minutes stands where it lies, without any answer there.
        #expect(rows.contains { $0.contains(">10 min – 30 min<") && $0.contains("People: target 15 min") })
        #expect(rows.contains { $0.contains(">4 h – 8 h<") && $0.contains("(1)") })
        let bands = try await ask(busy(), "/cards/distribution/csv?page=/service&part=1")
        #expect(bands.text.hasPrefix("from_seconds,to_seconds,bot,human,unknown\r\n0.0,2.0,0,0,0"))
    }

    @Test func teamsAndAgentsAreLinked() async throws {
        let card = try await ask(busy(), "/cards/agents?page=/service&lang=en")
        #expect(card.text.contains("href=\"/service?agent=agent-7\""))
        #expect(card.text.contains("href=\"/service?team=cs-%3C1%3E\">cs-&lt;1&gt;</a>"))
        // One answer is too little to compare by.
        let rows = card.text.split(separator: "<tr>").map(String.init)
        let single = try #require(rows.first { $0.contains(">agent-9<") })
        #expect(single.contains("class=\"number faint\" data-label=\"Median\""))
        #expect(single.contains("n = 1"))
    }

    @Test func whoWaitsIsListedWithTheLongestFirst() async throws {
        let card = try await ask(busy(), "/cards/waiting?page=/service&lang=en")
        #expect(card.text.contains("1 past the target"))
        #expect(card.text.contains("1 nearly past"))
        let first = try #require(card.text.firstRange(of: "/conversations/open-45"))
        let second = try #require(card.text.firstRange(of: "/conversations/open-12"))
        #expect(first.lowerBound < second.lowerBound)
        let other = try await ask(busy(), "/cards/waiting?page=/service&team=cs-2&lang=en")
        #expect(other.text.contains("Nobody waits"))
    }

    @Test func outliersLeadToTheirConversations() async throws {
        let card = try await ask(busy(), "/cards/outliers?page=/service&lang=en")
        #expect(card.text.contains("<data value=\"1\" data-metric=\"response_outliers\">1</data> answer"))
        #expect(card.text.contains("href=\"/conversations/slow%2F1?back=%2Fservice\""))
        #expect(card.text.contains("<strong>5 h</strong>"))
        let list = try await ask(busy(), "/cards/outliers/csv?page=/service&part=1")
        #expect(list.text.contains("slow/1,"))
    }

    @Test func conversationsSayHowTheyEnd() async throws {
        let card = try await ask(busy(), "/cards/conversations?page=/service&lang=en")
        #expect(card.text.contains(">1,000</data>"))
        // 80 of 100 resolved, 4 of 80 taken up again, 45 of 90 contained, 15 of 60 handed off, 180 / 40 stars.
        for figure in ["80.0%", "5.0%", "50.0%", "25.0%", "4.50"] {
            #expect(card.text.contains(figure), "\(figure)")
        }
        let team = try await ask(busy(), "/cards/conversations?page=/service&team=cs-1&lang=en")
        #expect(!team.text.contains("could not be loaded"))
    }

    @Test func cardsNarrowAndEscape() async throws {
        let card = try await ask(busy(), "/cards/sla?page=/service&lang=en")
        #expect(card.text.contains("cs-&lt;1&gt;"))
        #expect(!card.text.contains("cs-<1>"))
        let none = try await ask(busy(), "/cards/response?page=/service&team=nobody&lang=en")
        #expect(none.text.contains("No customer waited for an answer with these filters"))
        #expect(none.text.contains("href=\"/service\""))
    }

    // MARK: Volume

    @Test(arguments: [("id", "Percakapan"), ("en", "Volume")])
    func volumeIsTold(language: String, title: String) async throws {
        let page = try await ask(busy(), "/volume?lang=\(language)")
        #expect(page.status == 200)
        #expect(page.text.contains("<h1>\(title)</h1>"))
        #expect(page.text.contains("data-metric=\"contacts_active\""))
        #expect(page.text.contains("data-metric=\"conversations_per_contact\""))
        for words in ["could not be loaded", "tidak dapat dimuat", "NaN", " style=\""] {
            #expect(!page.text.contains(words), "\(words)")
        }
    }

    /// People cannot be narrowed as conversations can, and the card says so.
    @Test func peopleAreNotFilteredByTeam() async throws {
        let card = try await ask(busy(), "/cards/volume?page=/volume&team=cs-1&lang=en")
        #expect(card.text.contains("they cannot be filtered by team"))
        let empty = try await ask(ListStore(), "/volume?lang=en")
        #expect(empty.text.contains("No conversations in this range"))
        let narrowed = try await ask(busy(), "/cards/volume?page=/volume&team=nobody&lang=en")
        #expect(narrowed.text.contains("No conversation matches these filters"))
    }

    // MARK: Nothing, and trouble

    @Test(arguments: [("id", "aplikasi layanan"), ("en", "agent desk")])
    func anEmptyServerTeachesHowToConnectADesk(language: String, word: String) async throws {
        let page = try await ask(ListStore(), "/service?lang=\(language)")
        #expect(page.status == 200)
        #expect(page.text.contains(word))
        #expect(page.text.contains("/webhooks/chatwoot</code>"))
        #expect(page.text.contains("PANTAU_CHATWOOT_SECRET"))
        #expect(page.text.contains("/api/v1/desk-events"))
        #expect(page.text.contains("/docs#putApiV1ServiceTargets"))
        #expect(!page.text.contains("NaN"))
    }

    @Test func aFailingStoreLeavesThePageStanding() async throws {
        var store = ListStore()
        store.isBroken = true
        let page = try await ask(store, "/service?lang=en")
        #expect(page.status == 200)
        #expect(page.text.split(separator: "This part could not be loaded").count == Self.cards.count + 1)
        #expect(!page.text.contains("Broken"))
    }

    @Test func aRecountIsTold() async throws {
        var store = busy()
        store.settings.recounted = 0.43
        #expect(try await ask(store, "/cards/sla?page=/service&lang=en").text.contains("Recounting: 43%"))
    }

    @Test func strangersSeeADoor() async throws {
        for path in ["/service", "/volume", "/conversations/c1", "/cards/waiting"] {
            #expect(try await ask(busy(), path, isLocal: false).status == 401, "\(path)")
        }
    }
}

@Suite struct ConversationPageTests: Asking {
    /// A bot answers after 5 seconds and hands over after a minute; a person answers 20 minutes later; it is resolved.
    private func told() throws -> ListStore {
        let start = Self.instant.adding(seconds: -7200)
        let entries = [
            ThreadEntry(at: start, key: 1, kind: .inbound(.init())),
            ThreadEntry(at: start, key: 2, kind: .status(.pending, by: nil)),
            ThreadEntry(at: start.adding(seconds: 5), key: 3, kind: .outbound(.init(author: .bot, agent: "bot-<1>"))),
            ThreadEntry(at: start.adding(seconds: 60), key: 4, kind: .inbound(.init())),
            ThreadEntry(at: start.adding(seconds: 61), key: 5, kind: .handoff),
            ThreadEntry(
                at: start.adding(seconds: 1261), key: 6,
                kind: .outbound(.init(author: .human, agent: "agent-7", team: "cs-1"))),
            ThreadEntry(at: start.adding(seconds: 1300), key: 7, kind: .status(.resolved, by: .human)),
        ]
        let context = ServiceContext(phoneNumber: "106", asOf: Self.instant)
        var ledger = ServiceLedger(context: context)
        for entry in entries { _ = ledger.take(entry) }
        let last = ledger.finish()
        let session = try #require(last)
        var store = ListStore()
        store.conversationStory = ConversationStory(
            id: "c/1", phoneNumber: "106", story: ServiceStory(session: session, entries: entries, context: context),
            conversation: session.conversation, waits: session.waits,
            messages: [
                3: ConversationMessage(id: "wamid.a/b"),
                6: ConversationMessage(
                    id: "wamid.c",
                    charge: ChargeStory(
                        amount: Money(micros: 367_000_000, currency: "IDR"), raised: nil, dimensions: [:])),
            ],
            outcomes: [
                OutcomeRow(
                    source: "shop", id: "order-<1>", kind: "payment_confirmed", standing: .confirmed,
                    at: Self.instant, value: Money(micros: 250_000_000_000, currency: "IDR"), isMatched: true)
            ])
        return store
    }

    @Test(arguments: [
        ("id", "Siapa yang ditunggu", "Menunggu dalam antrean", "20 mnt", "Dialihkan ke orang"),
        ("en", "Whom it was waiting for", "Waiting in the queue", "20 min", "Handed to people"),
    ])
    func theStoryIsTold(language: String, title: String, interval: String, length: String, step: String) async throws {
        let page = try await ask(told(), "/conversations/c%2F1?lang=\(language)")
        #expect(page.status == 200)
        for words in [title, interval, length, step] { #expect(page.text.contains(words), "\(words)") }
        #expect(page.text.contains("class=\"for-queue\""))
        #expect(page.text.contains("class=\"for-bot\""))
        #expect(page.text.contains("bot-&lt;1&gt;"))
        #expect(page.text.contains("<a href=\"/service\" data-go=\"s\" aria-current=\"page\">"))
        #expect(page.text.contains("/conversations/c%2F1?lang="))
        for address in [" style=\"", "src=\"http", "href=\"http", "NaN"] { #expect(!page.text.contains(address)) }
    }

    @Test func messagesCostAndOutcomesAreTold() async throws {
        let page = try await ask(told(), "/conversations/c%2F1?lang=id&back=/volume&team=cs-1")
        #expect(page.text.contains("href=\"/messages/wamid.a%2Fb\""))
        #expect(page.text.contains("Rp\u{A0}367"))
        #expect(page.text.contains("Rp\u{A0}250.000"))
        #expect(page.text.contains("order-&lt;1&gt;"))
        // Back to where one came from, with its filters; nowhere else.
        #expect(page.text.contains("<a href=\"/volume?team=cs-1\">← Percakapan</a>"))
        let astray = try await ask(told(), "/conversations/c%2F1?lang=id&back=https://example.com")
        #expect(astray.text.contains("<a href=\"/service\">← Layanan</a>"))
    }

    @Test func anUnknownConversationIsSaidToBeUnknown() async throws {
        let page = try await ask(told(), "/conversations/c2?lang=en", headers: [.accept: "text/html"])
        #expect(page.status == 404)
        #expect(page.text.contains("This conversation is not known"))
        #expect(try await ask(told(), "/conversations/").status == 404)
    }
}
