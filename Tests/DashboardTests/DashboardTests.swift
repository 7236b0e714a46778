import Catalogue
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing
import Web

@testable import Dashboard

@Suite struct PageTests: Asking {
    private func busy() -> ListStore {
        var store = ListStore()
        for day in 0..<20 {
            let at = Self.instant.adding(seconds: -Int64(day) * 86_400 - 60)
            store.facts.append(
                .init(
                    at: at, dimensions: [.template: "<script>alert(1)</script>", .phoneNumber: "106"],
                    sums: [.attempted: 1000, .accepted: 1000, .delivered: 900, .read: 450]))
            store.facts.append(
                .init(
                    at: at,
                    dimensions: [.template: "<script>alert(1)</script>", .phoneNumber: "106", .errorCode: "131026"],
                    sums: [.failed: 100]))
        }
        store.facts.append(
            .init(
                at: Self.instant.adding(seconds: -60), dimensions: [.template: "kecil", .phoneNumber: "107"],
                sums: [.attempted: 3, .accepted: 3, .delivered: 3]))
        store.status.projected = 1
        store.status.freshTo = Self.instant
        return store
    }

    private func filled() async throws -> CountingInbox {
        let inbox = CountingInbox()
        try await inbox.append([], source: .metaWebhook, receivedAt: Self.instant)
        return inbox
    }

    // MARK: What it shows

    @Test func thePageSpeaksIndonesianWithItsNumbers() async throws {
        let page = try await ask(busy(), inbox: filled(), "/?lang=id")
        #expect(page.status == 200)
        #expect(page.text.contains("<html lang=\"id\">"))
        #expect(page.text.contains("Perlu perhatian sekarang"))
        // 20 days of 1,000 and 3 small ones: 20.003 messages, 18.003 delivered.
        #expect(page.text.contains("20.003"))
        #expect(page.text.contains("90,0\u{A0}%"))
        #expect(page.text.contains("Asia/Jakarta (UTC+7)"))
        #expect(page.headers[.contentLanguage] == "id")
    }

    @Test func thePageSpeaksEnglishWithItsNumbers() async throws {
        let page = try await ask(busy(), inbox: filled(), "/", headers: [.acceptLanguage: "en-GB"])
        #expect(page.text.contains("<html lang=\"en\">"))
        #expect(page.text.contains("Needs attention now"))
        #expect(page.text.contains("20,003"))
        #expect(page.text.contains("90.0%"))
        #expect(!page.text.contains("Ringkasan"))
    }

    @Test func namesFromOutsideAreEscapedAndNothingIsLoadedFromElsewhere() async throws {
        let page = try await ask(busy(), inbox: filled(), "/")
        #expect(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!page.text.contains("<script>alert"))
        for address in ["src=\"http", "href=\"http", "src=\"//", "href=\"//", "url(", "@import"] {
            #expect(!page.text.contains(address), "\(address)")
        }
        #expect(!page.text.contains(" style=\""))
        #expect(!page.text.contains(" onclick="))
        #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
        #expect(page.headers[.contentSecurityPolicy]?.contains("unsafe") == false)
        #expect(page.text.utf8.count < 150_000)
    }

    @Test func failuresSayWhoMendsThemAndHow() async throws {
        let card = try await ask(busy(), "/cards/failures?lang=en")
        let error = ErrorCatalogue[131_026]
        #expect(card.text.contains("131026"))
        #expect(card.text.contains(error.title.en))
        #expect(card.text.contains(error.owner.name.en))
        #expect(card.text.contains("2,000"))
        #expect(card.text.contains("100.0%"))
    }

    @Test func smallSamplesArePale() async throws {
        let card = try await ask(busy(), "/cards/templates?lang=en")
        #expect(card.text.contains("<a href=\"/template?template=kecil\">kecil</a>"))
        #expect(card.text.contains("<td class=\"number faint\" data-label=\"Delivered\">"))
        #expect(card.text.contains("from only 3"))
    }

    @Test func filtersNarrowEveryCard() async throws {
        let delivery = try await ask(busy(), "/cards/delivery?range=last_7_days&phone_number=107&lang=en")
        #expect(delivery.text.contains("<data value=\"3\" data-metric=\"messages\">3</data>"))
        let failures = try await ask(busy(), "/cards/failures?phone_number=107&lang=en")
        #expect(failures.text.contains("No message failed"))
        let none = try await ask(busy(), "/cards/templates?template=unknown&lang=en")
        #expect(none.text.contains("No message matches these filters"))
    }

    @Test func todayIsDrawnAsNotComplete() async throws {
        let card = try await ask(busy(), "/cards/delivery?range=last_7_days&lang=en")
        #expect(card.text.contains("not complete yet"))
        #expect(card.text.contains("data-chart="))
    }

    // MARK: Nothing, and trouble

    @Test func anEmptyServerTeaches() async throws {
        let page = try await ask(ListStore(), secrets: nil, "/?lang=en")
        #expect(page.text.contains("Webhooks are being refused"))
        #expect(page.text.contains("There are no outcomes in this range"))
    }

    @Test func aFailingStoreLeavesThePageStanding() async throws {
        var store = ListStore()
        store.isBroken = true
        let page = try await ask(store, "/?lang=en")
        #expect(page.status == 200)
        #expect(page.text.split(separator: "This part could not be loaded").count == 7)
        #expect(page.text.contains("Needs attention now"))
        #expect(!page.text.contains("Broken"))
    }

    // MARK: Who may look

    @Test func strangersAreLedToTheDoor() async throws {
        let html: HTTPFields = [.accept: "text/html"]
        let far = try await ask(busy(), "/delivery?range=7", headers: html, isLocal: false)
        #expect(far.status == 303)
        #expect(far.headers[.location] == "/sign-in?next=%2Fdelivery%3Frange%3D7")
        for header in ["X-Forwarded-For", "Forwarded", "X-Real-IP"] {
            let name = try #require(HTTPField.Name(header))
            let headers: HTTPFields = [name: "203.0.113.9"]
            #expect(try await ask(busy(), "/", headers: headers).status == 401, "\(header)")
            #expect(try await ask(busy(), "/cards/arrival", headers: headers).status == 401, "\(header)")
        }
        #expect(try await ask(busy(), "/", isLocal: false).headers[.contentType]?.contains("problem+json") == true)
    }

    @Test func anAdminKeyOpensPagesAndOthersDoNot() async throws {
        let keys = ListKeys()
        for role in APIKey.Role.allCases {
            let key = APIKeySecret.generate(role: role.rawValue)
            _ = try await keys.insertKey(
                name: role.rawValue, role: role, digest: APIKeySecret.digest(of: key), createdAt: Self.instant)
            let reply = try await ask(
                busy(), keys: keys, "/", headers: [.authorization: "Bearer \(key)"], isLocal: false)
            #expect(reply.status == (role == .admin ? 200 : 403))
            // A key in a cookie is nothing: browsers hold sessions.
            let byCookie = try await ask(
                busy(), keys: keys, "/", headers: [.cookie: "pantau_key=\(key); pantau_session=\(key)"], isLocal: false)
            #expect(byCookie.status == 401)
        }
    }

    @Test func changesAreShownOnlyWhereThereIsSomethingToCompareWith() async throws {
        // 20 days of messages: the 28 days have none before them, the 7 days do.
        let new = try await ask(busy(), "/cards/delivery?range=last_28_days&lang=en")
        #expect(new.text.contains("There were no messages in the previous period"))
        #expect(!new.text.contains(">new<"))
        let old = try await ask(busy(), "/cards/delivery?range=last_7_days&lang=en")
        #expect(old.text.contains("Changes are against 10 Nov – 16 Nov 2026"))
    }
}
