import Catalogue
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing
import Web

@testable import Dashboard

/// Pages about messages: delivery, templates, engagement, and from a number to one message.
@Suite struct CampaignPageTests: Asking {
    private static let hostile = "<script>alert(1)</script>"

    private func at(daysAgo days: Int64) -> Instant { Self.instant.adding(seconds: -days * 86_400 - 3_600) }

    private func busy() -> ListStore {
        var store = ListStore()
        for day in Int64(1)...20 {
            let sums: [MessageMeasure: Int64] = [
                .attempted: 100, .accepted: 100, .delivered: 90, .read: 40, .proven: 30, .provenRead: 25, .replied: 9,
                .clicked: 5, .optedOut: 2,
            ]
            store.facts.append(
                .init(
                    at: at(daysAgo: day),
                    dimensions: [.template: "promo_gajian", .country: "ID", .useCase: "broadcast"], sums: sums))
            store.facts.append(
                .init(
                    at: at(daysAgo: day), dimensions: [.template: Self.hostile, .country: "MY"],
                    sums: [.attempted: 50, .accepted: 50, .delivered: 45, .expired: 2]))
            store.facts.append(
                .init(
                    at: at(daysAgo: day), dimensions: [.template: "promo_gajian", .errorCode: "131026"],
                    sums: [.failed: 7]))
            store.facts.append(
                .init(
                    at: at(daysAgo: day), dimensions: [.template: "promo_gajian", .errorCode: "131056"],
                    sums: [.failed: 3]))
        }
        for number in Int64(1)...60 {
            store.rows.append(
                MessageRow(
                    id: MessageID("wamid.\(number)/+="),
                    place: .init(sentAt: at(daysAgo: 1 + number % 20), row: number),
                    recipient: "+62•••\(100 + number)", measures: [.attempted, .accepted, .failed],
                    dimensions: [.template: Self.hostile, .errorCode: "131026"], cost: nil))
        }
        store.marks = [
            TimelineMark(
                at: at(daysAgo: 10),
                event: AccountEvent(
                    field: "message_template_status_update", account: nil,
                    subject: .template(id: nil, name: "promo_gajian", language: "id"), event: "PAUSED")),
            TimelineMark(
                at: at(daysAgo: 400),
                event: AccountEvent(
                    field: "message_template_quality_update", account: nil,
                    subject: .template(id: nil, name: "promo_gajian", language: "id"), event: "YELLOW",
                    previous: "GREEN")),
        ]
        store.status.projected = 1
        return store
    }

    private static let pages = [
        "/delivery", "/templates", "/template?template=promo_gajian", "/engagement", "/messages",
    ]

    // MARK: Every page

    @Test(arguments: pages, ["id", "en"])
    func everyPageIsWholeInEachLanguage(page: String, language: String) async throws {
        let sign = page.contains("?") ? "&" : "?"
        let reply = try await ask(busy(), "\(page)\(sign)lang=\(language)")
        #expect(reply.status == 200)
        #expect(reply.text.contains("<html lang=\"\(language)\">"))
        #expect(!reply.text.contains("class=\"failed\""))
        #expect(!reply.text.contains("<script>alert"))
        #expect(!reply.text.contains(" style=\""))
        // Every number is exact beside the words.
        #expect(page == "/messages" || reply.text.contains("<data value=\""))
    }

    @Test(arguments: pages)
    func nothingYetTeaches(page: String) async throws {
        let sign = page.contains("?") ? "&" : "?"
        let reply = try await ask(ListStore(), "\(page)\(sign)lang=en")
        #expect(reply.status == 200)
        #expect(reply.text.contains("class=\"empty\""))
        #expect(!reply.text.contains("class=\"failed\""))
    }

    @Test(arguments: pages)
    func aFailingStoreLeavesThePageStanding(page: String) async throws {
        var store = busy()
        store.isBroken = true
        let sign = page.contains("?") ? "&" : "?"
        let reply = try await ask(store, "\(page)\(sign)lang=en")
        #expect(reply.status == 200)
        #expect(reply.text.contains("This part could not be loaded"))
        #expect(!reply.text.contains("Broken"))
    }

    // MARK: Delivery

    @Test func theBreakdownIsSwitchedByTheAddress() async throws {
        let byTemplate = try await ask(busy(), "/cards/delivery_by?page=/delivery&lang=en")
        #expect(byTemplate.text.contains("/template?template=promo_gajian\""))
        let byCountry = try await ask(busy(), "/cards/delivery_by?page=/delivery&by=country&lang=en")
        #expect(byCountry.text.contains("country=MY"))
        #expect(byCountry.text.contains("aria-current=\"true\">Country"))
        let unknown = try await ask(busy(), "/cards/delivery_by?page=/delivery&by=agent&lang=en")
        #expect(unknown.text.contains("aria-current=\"true\">Template"))
        // How one page is split is no matter of another.
        let page = try await ask(busy(), "/delivery?by=country&campaign=x&lang=en")
        #expect(page.text.contains("href=\"/templates?campaign=x\""))
    }

    @Test func failuresSayWhichCanBeSentAgain() async throws {
        let card = try await ask(busy(), "/cards/failures?page=/delivery&lang=en")
        // 131026 never, 131056 as it is: 7 and 3 on each of 20 days.
        #expect(card.text.contains("<dt>will not arrive</dt><dd>140</dd>"))
        #expect(card.text.contains("<dt>can be sent again as they are</dt><dd>60</dd>"))
        #expect(card.text.contains("/messages?error_code=131026&amp;measure=failed"))
    }

    @Test func silenceAndRefusalAreExplained() async throws {
        let silence = try await ask(busy(), "/cards/silence?page=/delivery&lang=en")
        #expect(silence.text.contains("Meta does not tell when a message expires"))
        #expect(silence.text.contains("&lt;script&gt;"))
        let acceptance = try await ask(busy(), "/cards/acceptance?page=/delivery&lang=id")
        #expect(acceptance.text.contains("POST /api/v1/sends"))
    }

    // MARK: Messages

    @Test func aListNamesNobodyAndTurnsPages() async throws {
        let first = try await ask(busy(), "/messages?measure=failed&lang=en")
        #expect(first.text.split(separator: "<th scope=\"row\">").count == 51)
        #expect(first.text.contains("•••"))
        #expect(first.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        let marker = try #require(first.text.firstRange(of: "after="))
        let word = first.text[marker.upperBound...].prefix { $0.isNumber || $0 == "-" }
        let second = try await ask(busy(), "/messages?measure=failed&after=\(word)&lang=en")
        #expect(second.text.split(separator: "<th scope=\"row\">").count == 11)
        #expect(second.text.contains("To the newest"))
        let csv = try await ask(busy(), "/cards/messages/csv?page=/messages&measure=failed")
        #expect(csv.status == 200)
        #expect(csv.text.hasPrefix("message,sent_at,recipient,state,"))
    }

    @Test func wholeNumbersGoOutOnlyThroughTheirForm() async throws {
        var store = busy()
        store.people = [
            Recipient(
                message: "wamid.1", phone: "6281234567890", userID: nil, sentAt: at(daysAgo: 1),
                measures: [.attempted, .accepted, .failed], dimensions: [.template: "promo_gajian"])
        ]
        let site = try SignInSite(store)
        let sari = try await site.signedIn(as: .service, login: "sari")
        let page = try await site.send(
            .get, "/cards/messages?page=/messages&measure=failed&lang=en", headers: sari.cookie)
        #expect(page.text.contains("Download recipients with whole numbers"))
        #expect(!page.text.contains("6281234567890"))
        let file = try await site.post(
            RecipientExport.path, [("query", "measure=failed&template=promo_gajian")], as: sari)
        #expect(file.status == 200)
        #expect(file.text.contains("6281234567890"))
        #expect(file.headers[.cacheControl] == "no-store")
        let entry = try #require(try await site.people.audit(AuditSelection(limit: 1)).first)
        #expect(entry.person == sari.person.id)
        let analyst = try await site.signedIn(as: .analyst)
        let list = try await site.send(.get, "/cards/messages?page=/messages&measure=failed", headers: analyst.cookie)
        #expect(list.status == 200 && !list.text.contains(RecipientExport.path))
        #expect(try await site.post(RecipientExport.path, [("query", "measure=failed")], as: analyst).status == 403)
        // Who may only see numbers gets no link to the messages behind them, and no list.
        let viewer = try await site.signedIn(as: .viewer)
        let failures = try await site.send(.get, "/cards/failures?page=/delivery", headers: viewer.cookie)
        #expect(failures.status == 200 && !failures.text.contains(MessagesPage.path))
        #expect(try await site.send(.get, "/messages", headers: viewer.cookie).status == 403)
    }

    @Test func whatIsNoMeasureIsSaid() async throws {
        let reply = try await ask(busy(), "/cards/messages?page=/messages&measure=delivred&lang=en")
        #expect(reply.text.contains("Unknown measure"))
        #expect(reply.text.contains("delivered"))
        let none = try await ask(busy(), "/cards/messages?page=/messages&measure=replied&template=x&lang=en")
        #expect(none.text.contains("There is no such message"))
    }

    @Test func oneMessageTellsItsStory() async throws {
        var store = busy()
        let id = MessageID("wamid.HBg/+=")
        let start = at(daysAgo: 2)
        store.story = MessageStory(
            id: id, cohortAt: start, measures: [.attempted, .accepted, .failed],
            dimensions: [.template: Self.hostile, .country: "ID", .errorCode: "131026"],
            steps: [
                .init(name: "sent", at: start),
                .init(name: "failed", at: start.adding(seconds: 61), errorCode: 131_026),
            ], pricing: nil, tags: ["list": "<b>old</b>"])
        store.outcomeRows = [
            OutcomeRow(
                source: "shop", id: "ORD-1", kind: "payment_confirmed", standing: .confirmed,
                at: start.adding(seconds: 7_200), value: Money(micros: 250_000_000_000, currency: "IDR"),
                isMatched: true,
                credits: [
                    CreditRow(touch: .message, at: start, message: id, shares: [.lastTouch: 1_000_000])
                ])
        ]
        let page = try await ask(store, "\(MessagesPage.url(id))?lang=en")
        #expect(page.status == 200)
        let error = ErrorCatalogue[131_026]
        #expect(page.text.contains(error.remedy.en))
        #expect(page.text.contains("1 min 1 s after sent"))
        #expect(page.text.contains("Rp\u{A0}250,000"))
        #expect(page.text.contains("100.0%"))
        #expect(page.text.contains("Not delivered, and so not charged"))
        #expect(!page.text.contains("<b>old</b>") && !page.text.contains("<script>alert"))
        let indonesian = try await ask(store, "\(MessagesPage.url(id))?lang=id")
        #expect(indonesian.text.contains("Mengapa gagal"))
        let unknown = try await ask(store, "/messages/wamid.none", headers: [.accept: "text/html"])
        #expect(unknown.status == 404)
    }

    // MARK: Templates

    @Test func templatesAreFoundAndSorted() async throws {
        let all = try await ask(busy(), "/cards/templates?page=/templates&lang=en")
        #expect(all.text.contains("2 templates"))
        #expect(all.text.contains("aria-sort=\"descending\""))
        #expect(all.text.contains("sort=-messages"))
        let found = try await ask(busy(), "/cards/templates?page=/templates&q=GAJI&sort=delivery_rate&lang=en")
        #expect(found.text.contains("1 of 2 templates"))
        #expect(!found.text.contains("alert(1)"))
        let none = try await ask(busy(), "/cards/templates?page=/templates&q=zzz&lang=en")
        #expect(none.text.contains("No template of this range has such a name"))
    }

    @Test func aTemplateNeedsAName() async throws {
        let reply = try await ask(busy(), "/template")
        #expect(reply.status == 303 || reply.status == 302)
        #expect(reply.headers[.location] == "/templates")
        let card = try await ask(busy(), "/cards/template_life?page=/template&lang=en")
        #expect(card.text.contains("Name one template"))
    }

    @Test func aTemplateTellsItsLife() async throws {
        let card = try await ask(busy(), "/cards/template_life?page=/template&template=promo_gajian&lang=en")
        #expect(card.text.contains("Paused by Meta"))
        // Also what was long before the range.
        #expect(card.text.contains("Quality green → yellow"))
        #expect(card.text.contains("Nothing moved clearly"))
        let state = try await ask(busy(), "/cards/template_state?page=/template&template=promo_gajian&lang=en")
        #expect(state.text.contains("<strong>paused</strong>"))
        #expect(state.text.contains("<strong>yellow</strong>"))
        let other = try await ask(busy(), "/cards/template_life?page=/template&template=quiet&lang=en")
        #expect(other.text.contains("message_template_status_update"))
        let csv = try await ask(busy(), "/cards/template_life/csv?page=/template&template=promo_gajian")
        #expect(csv.text.contains("PAUSED,delivery_rate,0.9,"))
    }

    // MARK: Engagement

    @Test func readingIsToldInThreeWays() async throws {
        let card = try await ask(busy(), "/cards/read_rates?page=/engagement&lang=en")
        // 800 read, 600 proven of which 500 with a receipt: 900 certain of 2,700 delivered.
        #expect(card.text.contains("Blue ticks alone"))
        #expect(card.text.contains("33.3%"))
        #expect(card.text.contains("Those who reacted show"))
        let few = try await ask(busy(), "/cards/read_rates?page=/engagement&country=MY&lang=en")
        #expect(few.text.contains("Cannot be judged yet"))
    }

    @Test func peopleWhoLeaveAreWatched() async throws {
        let card = try await ask(busy(), "/cards/opt_outs?page=/engagement&lang=en")
        // 40 of 1,800 against 40 of 2,700 in all: 2.2 % with an interval above 1.5 %.
        #expect(card.text.contains("above usual"))
        #expect(card.text.contains("Watch promo_gajian"))
    }

    @Test func hoursOfSendingSayWhoseHoursTheyAre() async throws {
        let card = try await ask(busy(), "/cards/sending_hours?page=/engagement&lang=en")
        #expect(card.text.contains("class=\"heat\""))
        #expect(card.text.contains("By the hour at which messages were sent"))
    }
}
