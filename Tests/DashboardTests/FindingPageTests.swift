import Catalogue
import Domain
import HTTPTypes
import Insights
import Storage
import StoreSQLite
import SurfaceSupport
import Testing
import Web

@testable import Dashboard

extension FindingDesk {
    /// Acts on what is kept, as the watch does.
    static func keeping(_ store: SQLiteFindings, now: @escaping @Sendable () -> Instant) -> FindingDesk {
        @Sendable func act(
            _ work: @Sendable (inout FindingBook, Instant) throws(Failure) -> Finding
        ) async throws -> Finding {
            let kept = try await store.findings(state: nil, limit: 100).compactMap { Finding(json: $0.json) }
            var book = FindingBook(kept)
            let finding = try work(&book, now())
            try await store.save([KeptFinding(finding)])
            return finding
        }
        return FindingDesk(
            acknowledge: { id, who in
                try await act { (book, at) throws(Failure) in try book.acknowledge(id, by: who, at: at) }
            },
            unacknowledge: { id, who in
                try await act { (book, at) throws(Failure) in try book.unacknowledge(id, by: who, at: at) }
            },
            mute: { id, until, who in
                try await act { (book, at) throws(Failure) in try book.mute(id, until: until, by: who, at: at) }
            },
            unmute: { id, who in
                try await act { (book, at) throws(Failure) in try book.unmute(id, by: who, at: at) }
            },
            comment: { id, text, who in
                try await act { (book, at) throws(Failure) in try book.comment(id, text, by: who, at: at) }
            })
    }
}

extension KeptFinding {
    fileprivate init(_ finding: Finding) {
        self.init(
            id: finding.id, kind: finding.kind.rawValue, state: finding.state.rawValue, openedAt: finding.openedAt,
            updatedAt: finding.updatedAt, json: finding.json)
    }
}

@Suite struct FindingPageTests {
    private static let start = SignInSite.start

    private static func hours(_ count: Int64) -> Instant { start.adding(seconds: count * 3_600) }

    /// 40 of 100 fail where 5 of 100 are usual, for three hours.
    private static func delivery(_ id: String = "f0000000000000001", state: FindingState = .open) -> Finding {
        let segment = Segment([.init(.template, "<b>promo</b>"), .init(.country, "MY")])
        return Finding(
            id: id, kind: .deliveryDown, metric: "delivery_rate", segment: segment, severity: .critical,
            since: hours(-3), until: state == .resolved ? hours(-1) : nil, state: state,
            title: Text(id: "Pengiriman turun di <b>promo</b>", en: "Delivery is down for <b>promo</b>"),
            causes: [
                Cause(
                    kind: .error, text: Text(id: "Kodenya 131026.", en: "The code is 131026."),
                    segment: segment.adding(.errorCode, "131026"), share: 0.82, errorCode: 131_026,
                    query:
                        #"{"metrics":["messages_failed"],"dimensions":["error_code"],"range":{"preset":"last_7_days"}}"#
                ),
                Cause(
                    kind: .mark, text: Text(id: "Templat dijeda Meta.", en: "Meta paused the template."),
                    at: hours(-3)),
            ],
            impact: Impact(messages: 240, people: 210, money: 150_000, currency: "IDR"),
            action: Text(id: "Bersihkan daftar penerima.", en: "Clean the list."),
            evidence: Evidence(
                points: (-6..<0).map { hour in
                    .init(
                        at: hours(Int64(hour)), value: hour < -3 ? 0.95 : 0.6, expected: 0.95, lower: 0.9, upper: 0.98,
                        sample: 100)
                }, value: 0.6, expected: 0.95, sample: 300, surprise: 12),
            openedAt: hours(-2), updatedAt: hours(-1), seenAt: hours(-1),
            notes: [FindingNote(at: hours(-2), act: .opened)])
    }

    private func site(_ findings: [Finding] = [], days: Int64 = 40, watched: Bool = true) async throws -> SignInSite {
        var store = ListStore()
        store.facts = [
            .init(
                at: Self.hours(-1), dimensions: [.template: "promo", .phoneNumber: "106"],
                sums: [.attempted: 100, .accepted: 100, .delivered: 60, .failed: 40]),
            .init(
                at: Self.hours(-29 * 24), dimensions: [.template: "promo", .phoneNumber: "106"],
                sums: [.attempted: 100, .accepted: 100, .delivered: 95, .failed: 5]),
        ]
        store.status.firstMessageAt = Self.start.adding(seconds: -days * 86_400)
        store.status.freshTo = Self.start
        let site = try SignInSite(store)
        try await site.findings.save(findings.map { KeptFinding($0) })
        if watched { try await site.findings.setWatchedTo(Self.start) }
        return site
    }

    // MARK: The first page

    @Test func theFirstPageSaysWhatIsWrongWhyAndWhatToDo() async throws {
        let site = try await site([Self.delivery()])
        let viewer = try await site.signedIn(as: .viewer)
        let english = try await site.get("/cards/attention?lang=en", as: viewer).text
        #expect(english.contains("Delivery is down for &lt;b&gt;promo&lt;/b&gt;"))
        #expect(!english.contains("<b>"))
        for words in ["urgent", "The code is 131026.", "82%", "240 messages", "210 people", "Rp\u{A0}150,000", "Clean"]
        {
            #expect(english.contains(words), "\(words)")
        }
        #expect(english.contains("/findings/f0000000000000001"))
        // The plain fact that 40 % fail says the same once more.
        #expect(!english.contains("messages failed"))
        let indonesian = try await site.get("/cards/attention?lang=id", as: viewer).text
        #expect(indonesian.contains("Pengiriman turun di"))
        #expect(indonesian.contains("Paling mungkin"))
        #expect(indonesian.contains("Rp\u{A0}150.000"))
    }

    @Test func nothingWrongIsSaidWithWhatIsWatched() async throws {
        let site = try await site()
        let viewer = try await site.signedIn(as: .viewer)
        let page = try await site.get("/findings?lang=en", as: viewer).text
        #expect(page.contains("Nothing is out of the ordinary."))
        #expect(page.contains("every 15 minutes"))
        #expect(page.contains("Last look 23 Nov 10:33"))
        // Without a finding the plain fact is told.
        let first = try await site.get("/cards/attention?lang=en", as: viewer).text
        #expect(first.contains("messages failed"))
        let quiet = try await site.get("/findings?lang=id&state=resolved", as: viewer).text
        #expect(quiet.contains("Tidak ada temuan yang cocok."))
    }

    @Test func notEnoughDataIsSaid() async throws {
        let young = try await site(days: 3)
        let viewer = try await young.signedIn(as: .viewer)
        let page = try await young.get("/findings?lang=en", as: viewer).text
        #expect(page.contains("Not enough data yet: 3 days are here, and 7 are needed"))
        #expect(page.contains("Still learning"))
        #expect(!page.contains("All well"))
        let fresh = try await site(watched: false)
        let other = try await fresh.signedIn(as: .viewer)
        #expect(try await fresh.get("/findings?lang=en", as: other).text.contains("gone through for the first time"))
    }

    // MARK: Lists and files

    @Test func theListIsNarrowedAndTakenAway() async throws {
        let site = try await site([Self.delivery(), Self.delivery("f0000000000000002", state: .resolved)])
        let viewer = try await site.signedIn(as: .viewer)
        let lasting = try await site.get("/findings?lang=en", as: viewer).text
        #expect(lasting.contains("f0000000000000001"))
        #expect(!lasting.contains("f0000000000000002"))
        let over = try await site.get("/findings?lang=en&state=resolved", as: viewer).text
        #expect(over.contains("f0000000000000002"))
        #expect(!over.contains("f0000000000000001"))
        #expect(over.contains("<option value=\"resolved\" selected>"))
        let other = try await site.get("/findings?lang=en&about=cost_up", as: viewer).text
        #expect(other.contains("No finding matches."))
        let file = try await site.get("/cards/findings/csv?page=/findings&state=all", as: viewer)
        #expect(file.text.split(separator: "\r\n").count == 3 || file.text.split(separator: "\n").count == 3)
        #expect(file.text.contains("template=%3Cb%3Epromo%3C/b%3E") || file.text.contains("delivery_down"))
        let series = try await site.get("/findings/f0000000000000001/csv", as: viewer)
        #expect(series.text.contains("0.95,0.9,0.98,100"))
        let whole = try await site.get("/findings/f0000000000000001/json", as: viewer)
        #expect(Finding(json: whole.text) == Self.delivery())
    }

    @Test func onePageTellsEverything() async throws {
        let site = try await site([Self.delivery()])
        let analyst = try await site.signedIn(as: .analyst)
        let page = try await site.get("/findings/f0000000000000001?lang=en", as: analyst).text
        let error = ErrorCatalogue[131_026]
        for words in [
            error.title.en, error.cause.en, "To be expected", "data-chart=", "pantau query --metrics messages_failed",
            "POST /api/v1/query", "It began", "Meta paused the template.", "name=\"until\"", "I deal with it",
            "/why?", "<h2 id=\"title-life\">",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        // Its numbers are on the page of its metric, narrowed.
        #expect(page.contains("/delivery?from=2026-11-23&amp;to=2026-11-23"))
        #expect(!page.contains("<b>promo"))
        let missing = try await site.get("/findings/f9?lang=en", as: analyst)
        #expect(missing.status == 404)
        #expect(missing.text.contains("There is no such finding"))
    }

    @Test func whatIsOverCanOnlyBeCommentedOn() async throws {
        let site = try await site([Self.delivery(state: .resolved)])
        let analyst = try await site.signedIn(as: .analyst)
        let page = try await site.get("/findings/f0000000000000001?lang=en", as: analyst).text
        #expect(page.contains("It is over."))
        #expect(!page.contains("name=\"until\""))
        #expect(page.contains("id=\"comment\""))
        let refused = try await site.post("/findings/f0000000000000001/acknowledge", [], as: analyst)
        #expect(refused.status == 422)
    }

    // MARK: What people do

    @Test func actsAreDoneUndoneAndNoted() async throws {
        let site = try await site([Self.delivery()])
        let service = try await site.signedIn(as: .service)
        let path = "/findings/f0000000000000001"
        let before = try await site.findings.version()

        site.pass(seconds: 1)
        let done = try await site.post("\(path)/acknowledge", [], as: service)
        #expect(done.status == 303)
        #expect(done.headers[.location] == "\(path)?done=acknowledge")
        #expect(try await site.findings.version() != before)
        let told = try await site.get("\(path)?done=acknowledge&lang=en", as: service).text
        #expect(told.contains("action=\"\(path)/unacknowledge\""))
        #expect(told.contains("Service deals with it."))
        #expect(try await site.get("/cards/attention?lang=en", as: service).text.contains("acknowledged"))

        _ = try await site.post("\(path)/unacknowledge", [], as: service)
        #expect(try await site.findings.finding(id: "f0000000000000001")?.state == "open")

        site.pass(seconds: 1)
        // 10:33 on Monday: the next morning is Tuesday, 8 o'clock.
        _ = try await site.post("\(path)/mute", [("until", "morning")], as: service)
        let muted = try await site.get("\(path)?done=mute&lang=en", as: service).text
        #expect(muted.contains("24 Nov 08:00"))
        #expect(muted.contains("action=\"\(path)/unmute\""))
        #expect(!(try await site.get("/cards/attention?lang=en", as: service).text.contains("Delivery is down")))
        #expect(try await site.get("/findings?lang=en", as: service).text.contains("Delivery is down"))
        let open = try await site.post("\(path)/unmute", [], as: service)
        #expect(open.headers[.location]?.contains("done=unmute&until=2026-11-24T01") == true)

        _ = try await site.post("\(path)/comments", [("text", "Kami <hubungi> penyedia.")], as: service)
        let page = try await site.get(path, as: service).text
        #expect(page.contains("Kami &lt;hubungi&gt; penyedia."))
        let nothing = try await site.post("\(path)/comments", [("text", "  ")], as: service)
        #expect(nothing.status == 422)
        let never = try await site.post("\(path)/mute", [("until", "sometime")], as: service)
        #expect(never.status == 422)
        #expect(try await site.actions().filter { $0 == .findingChanged }.count == 5)
    }

    @Test func viewersLookAndDoNotAct() async throws {
        let site = try await site([Self.delivery()])
        let viewer = try await site.signedIn(as: .viewer)
        let page = try await site.get("/findings/f0000000000000001?lang=en", as: viewer).text
        #expect(page.contains("Viewers see findings"))
        #expect(!page.contains("action=\"/findings/"))
        let refused = try await site.post("/findings/f0000000000000001/acknowledge", [], as: viewer)
        #expect(refused.status == 403)
        #expect(try await site.findings.finding(id: "f0000000000000001")?.state == "open")
    }

    @Test func aFormOfAnotherSiteChangesNothing() async throws {
        let site = try await site([Self.delivery()])
        let analyst = try await site.signedIn(as: .analyst)
        var headers = analyst.cookie
        headers[.contentType] = "application/x-www-form-urlencoded"
        let reply = try await site.send(
            .post, "/findings/f0000000000000001/acknowledge", headers: headers, body: "form_token=wrong")
        #expect(reply.status == 403)
        #expect(try await site.findings.finding(id: "f0000000000000001")?.state == "open")
    }

    // MARK: Why

    @Test func aChartLeadsToWhy() async throws {
        let site = try await site()
        let viewer = try await site.signedIn(as: .viewer)
        let card = try await site.get("/cards/delivery?page=/delivery&template=promo&lang=en", as: viewer).text
        #expect(card.contains("data-why"))
        #expect(card.contains("/why?template=promo&amp;metric=delivery_rate&amp;card=delivery&amp;page="))
    }

    @Test func whyIsAPageAndAPanel() async throws {
        let site = try await site()
        let viewer = try await site.signedIn(as: .viewer)
        let url = "/why?metric=delivery_rate&card=delivery&page=/delivery&lang=en"
        let page = try await site.get(url, as: viewer)
        #expect(page.status == 200)
        #expect(page.text.contains("<h1 id=\"why-title\">"))
        // 60 of 100 now, 95 of 100 in the four weeks before.
        for words in ["60.0%", "95.0%", "35.0 pts", "POST /api/v1/why", "pantau why delivery_rate"] {
            #expect(page.text.contains(words), "\(words)")
        }
        let panel = try await site.get(url + "&panel=1", as: viewer).text
        #expect(panel.contains("<h2 id=\"why-title\" tabindex=\"-1\">"))
        #expect(!panel.contains("<html"))
        #expect(panel.contains("aria-current=\"true\">Delivery rate</a>"))
        let indonesian = try await site.get(url.replacing("lang=en", with: "lang=id"), as: viewer).text
        #expect(indonesian.contains("Mengapa"))
        #expect(!indonesian.contains("accounts for"))
    }

    @Test func whyOfWhatCannotBeSplitIsSaid() async throws {
        let site = try await site()
        let viewer = try await site.signedIn(as: .viewer)
        for metric in ["contacts_active", "nonsense", ""] {
            #expect(try await site.get("/why?metric=\(metric)", as: viewer).status == 404, "\(metric)")
        }
    }
}
